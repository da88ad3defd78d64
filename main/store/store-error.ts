/** `damaged`: the file cannot be trusted any more. `unwritable`: nothing is wrong with it, but it cannot be written now. */
export type StoreFailure = 'damaged' | 'unwritable';

const damageCodes = /^SQLITE_(CORRUPT|NOTADB)/;

/** A disk without room, a file that another program holds: the open file is as good as before, it only has to wait. */
const waitingCodes = /^SQLITE_(FULL|BUSY|LOCKED)/;

/** SQLite's result codes, https://sqlite.org/rescode.html. Whatever is not damage may pass, and is tried again. */
export function failureOf(error: unknown): StoreFailure {
  return error instanceof DamagedFileError || damageCodes.test(codeOf(error)) ? 'damaged' : 'unwritable';
}

/** @returns whether the file can stay open and be tried again, or has to be opened afresh */
export function canStayOpen(error: unknown): boolean {
  return waitingCodes.test(codeOf(error));
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** The file opens but fails its check. */
export class DamagedFileError extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = 'DamagedFileError';
  }
}
