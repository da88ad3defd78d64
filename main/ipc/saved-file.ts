import { RequestError } from './request-router.ts';

/** How the operator saves something to a file. */
export interface FileServices {
  /** @returns an absolute path that the operator chose, or null */
  readonly chooseSavePath: (proposed: string, extension: string) => Promise<string | null>;
  /** Prints what the page has laid out for paper. @throws a system error with a `code` where the file cannot be written */
  readonly printTo: (path: string, landscape: boolean) => Promise<void>;
}

/** Says in plain words what the operator can do about a file that could not be written. */
export async function saved<Result>(write: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOSPC') throw new RequestError('disk-full', 'There is no room left there. Choose another place.');
    if (/^E(ACCES|PERM|ROFS|BUSY)$/.test(code)) {
      throw new RequestError('not-writable', 'The file cannot be written there. Choose another folder.');
    }
    throw error;
  }
}
