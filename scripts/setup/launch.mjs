import { root } from './paths.mjs';

/**
 * Chromium refuses to run its sandbox as root, so only root starts without it: on a kiosk the application runs as an
 * ordinary user, and sandboxed.
 */
export function sandboxArguments() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/**
 * Without a session bus or a graphics card Chromium fills the terminal with errors that mean nothing here: only fatal
 * ones are let through. The application's own messages do not go that way.
 */
const quietChromium = ['--log-level=3'];

/** @param {readonly string[]} args for the application */
export function electronArguments(args) {
  return [...sandboxArguments(), ...quietChromium, root, ...args];
}

/** Relative paths on the command line are meant from where npm was called. */
export const callerFolder = process.env.INIT_CWD ?? process.cwd();
