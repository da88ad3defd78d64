import { basename } from 'node:path';

interface LeftOut {
  readonly version: string | null;
  readonly reason: string;
}

/** The files of a folder that cannot be shown, so that each is tried and told once, and again when it has changed. */
export class LeftOutPictures {
  readonly #files = new Map<string, LeftOut>();
  #notice: string | null = null;

  /** One sentence for the log, or null where every picture can be shown; without paths. */
  get notice(): string | null {
    return this.#notice;
  }

  /** @param version as `versionOf` gives it */
  add(file: string, version: string | null, reason: string): void {
    this.#files.set(file, { version, reason });
    this.#tell(file, reason);
  }

  /** Whether the file was left out as it is now. */
  holds(file: string, version: string | null): boolean {
    return this.#files.get(file)?.version === version;
  }

  /** The file can be shown after all. */
  remove(file: string): void {
    if (this.#files.delete(file)) this.#tellAny();
  }

  /** Forgets what is no longer in the folder. */
  keepOnly(files: readonly string[]): void {
    if (this.#files.size === 0) return;
    const there = new Set(files);
    const gone = [...this.#files.keys()].filter((file) => !there.has(file));
    for (const file of gone) this.#files.delete(file);
    if (gone.length > 0) this.#tellAny();
  }

  #tellAny(): void {
    const [first] = this.#files;
    if (first) this.#tell(first[0], first[1].reason);
    else this.#notice = null;
  }

  #tell(file: string, reason: string): void {
    const count = this.#files.size;
    const name = `“${basename(file)}”`;
    this.#notice =
      count === 1 ? `${name} is left out: ${reason}` : `${count} files are left out, as ${name}: ${reason}`;
  }
}
