import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { childrenOf } from './processes.ts';

const everyMs = 250;
/** O_WRONLY or O_RDWR, in the flags of /proc/PID/fdinfo. */
const writing = 0o3;

/** A state of a file that was seen on disk. */
export interface WrittenFile {
  readonly path: string;
  readonly content: Buffer;
}

/**
 * Watches everything that an application and its children write: every state of every file under their folders is
 * copied as soon as the system tells of a change (files that are deleted again included), and every file that they hold
 * open for writing is noted, wherever it is.
 */
export class WriteWatch {
  readonly #folder: string;
  readonly #copies = mkdtempSync(join(tmpdir(), 'vitrine-watch-'));
  readonly #seen = new Map<string, string[]>();
  readonly #open = new Set<string>();
  readonly #stop: () => void;
  #number = 0;

  /** @param folder all folders the application is given lie in it */
  constructor(folder: string, pid: () => number) {
    this.#folder = folder;
    const watcher = watch(folder, { recursive: true }, (_, name) => name && this.#copy(join(folder, name)));
    const timer = setInterval(() => this.#lookAtOpenFiles(pid()), everyMs);
    this.#stop = () => {
      watcher.close();
      clearInterval(timer);
    };
  }

  /** Files opened for writing, other than pipes, sockets and devices. */
  get openedForWriting(): readonly string[] {
    return [...this.#open].sort();
  }

  /** Ends the watch. @returns every state that was seen, and the last one of every file that is there now */
  end(): WrittenFile[] {
    this.#stop();
    this.#copyAll(this.#folder);
    return [...this.#seen].flatMap(([path, copies]) => copies.map((copy) => ({ path, content: readFileSync(copy) })));
  }

  remove(): void {
    this.#stop();
    rmSync(this.#copies, { recursive: true, force: true });
  }

  #copyAll(folder: string): void {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) this.#copyAll(path);
      else if (entry.isFile()) this.#copy(path);
    }
  }

  #copy(path: string): void {
    try {
      if (!statSync(path).isFile()) return;
      const copy = join(this.#copies, `${this.#number++}-${basename(path)}`);
      // Not copyFile: of a file that is cut short meanwhile it waits for the rest for ever.
      writeFileSync(copy, readFileSync(path));
      this.#seen.set(path, [...(this.#seen.get(path) ?? []), copy]);
    } catch {
      // Gone before it could be copied; a file that lives for less than that is seen by the open files, if at all.
    }
  }

  #lookAtOpenFiles(pid: number): void {
    for (const each of [pid, ...childrenOf(pid).map((child) => child.pid)]) {
      let numbers: string[] = [];
      try {
        numbers = readdirSync(`/proc/${each}/fd`);
      } catch {
        continue;
      }
      for (const number of numbers) {
        try {
          const path = readlinkSync(`/proc/${each}/fd/${number}`);
          if (!path.startsWith('/') || /^\/(dev|proc|sys|memfd:)/.test(path)) continue;
          const flags = /flags:\s*([0-7]+)/.exec(readFileSync(`/proc/${each}/fdinfo/${number}`, 'utf8'))?.[1] ?? '0';
          if ((Number.parseInt(flags, 8) & writing) !== 0) this.#open.add(path);
        } catch {
          // Closed in the meantime.
        }
      }
    }
  }
}
