import { readdirSync, readFileSync } from 'node:fs';
import { childrenOf } from '../../tests/e2e/support/processes.ts';

/** What the processes of an Electron application are for. */
export const roles = ['main', 'engine', 'page', 'frames', 'gpu', 'other'] as const;
export type Role = (typeof roles)[number];

export interface RoleFigures {
  readonly processes: number;
  /** Resident memory, MB; what processes share is counted with each. */
  readonly megabytes: number;
  /** Open file descriptors. */
  readonly handles: number;
}

/**
 * Memory and handles of an application's processes, by what they are for. Linux only.
 *
 * @param pid the main process
 * @param pagePid the renderer of the main window; other renderers belong to frames of the page, and come and go with them
 */
export function processFigures(pid: number, pagePid: number): Readonly<Record<Role, RoleFigures>> {
  const all = [
    { pid, role: 'main' as Role },
    ...childrenOf(pid).map((child) => ({
      pid: child.pid,
      role: child.pid === pagePid ? ('page' as Role) : roleOf(child.commandLine),
    })),
  ];
  const sum = (role: Role): RoleFigures => {
    const figures = all.filter((each) => each.role === role).flatMap((each) => figuresOf(each.pid));
    const total = (amount: (one: (typeof figures)[number]) => number) =>
      figures.reduce((so, each) => so + amount(each), 0);
    return {
      processes: figures.length,
      megabytes: total(({ megabytes }) => megabytes),
      handles: total(({ handles }) => handles),
    };
  };
  return Object.fromEntries(roles.map((role) => [role, sum(role)])) as Record<Role, RoleFigures>;
}

function roleOf(commandLine: string): Role {
  if (commandLine.includes('node.mojom.NodeService')) return 'engine';
  if (commandLine.includes('--type=renderer')) return 'frames';
  if (commandLine.includes('--type=gpu-process')) return 'gpu';
  return 'other';
}

/** Empty for a process that has just ended. */
function figuresOf(pid: number): readonly { readonly megabytes: number; readonly handles: number }[] {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return [{ megabytes: Number(kilobytes ?? 0) / 1024, handles: readdirSync(`/proc/${pid}/fd`).length }];
  } catch {
    return [];
  }
}
