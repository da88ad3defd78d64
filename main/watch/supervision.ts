import { supervisedVariable } from './watch-protocol.ts';

export interface SupervisionFacts {
  /** What the command line says: `--supervise`, `--no-supervise`, or neither. */
  readonly asked: boolean | null;
  readonly packaged: boolean;
  readonly windowed: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Whether this process is to supervise another one. An installed kiosk always is, however it was started: neither a
 * double click nor the Dock passes arguments. A window to try things out is not, and neither is development.
 */
export function isSupervisor({ asked, packaged, windowed, env }: SupervisionFacts): boolean {
  if (env[supervisedVariable] === '1') return false;
  return asked ?? (packaged && !windowed);
}

/** What is handed on to the application. */
export function argumentsForApplication(argv: readonly string[]): string[] {
  return argv.slice(1).filter((argument) => argument !== '--supervise' && argument !== '--no-supervise');
}
