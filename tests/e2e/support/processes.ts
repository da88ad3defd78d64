import { readdirSync, readFileSync } from 'node:fs';

export interface ChildProcess {
  readonly pid: number;
  readonly commandLine: string;
}

/** All processes that a process started, directly or not, from /proc. */
export function childrenOf(pid: number): ChildProcess[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // After the name, which stands in parentheses and may hold anything: state, then the parent.
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended in the meantime.
    }
  }
  const found: ChildProcess[] = [];
  const visit = (parent: number): void => {
    for (const [child, its] of parents) {
      if (its !== parent) continue;
      found.push({ pid: child, commandLine: commandLineOf(child) });
      visit(child);
    }
  };
  visit(pid);
  return found;
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Ends a process and all that it started, at once. */
export function endTree(pid: number): void {
  for (const each of [...childrenOf(pid).map((child) => child.pid), pid]) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // It ended in the meantime.
    }
  }
}
