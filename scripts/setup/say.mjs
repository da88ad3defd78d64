/** Everything set-up tells goes to stderr: stdout belongs to the task (`analyze` prints its results there). */
export function say(line) {
  process.stderr.write(`vitrine: ${line}\n`);
}

/** What went wrong in one sentence that says what to do. Ends the process without a stack trace. */
export class SetupError extends Error {}

/** @param {unknown} error */
export function tell(error) {
  if (error instanceof SetupError) say(error.message);
  else process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
}

/** @param {unknown} error */
export function fail(error) {
  tell(error);
  process.exit(1);
}
