import { existsSync } from 'node:fs';
import { root } from './paths.mjs';

/**
 * Chromium refuses to run its sandbox as root, so only root starts without it: on a kiosk the application runs as an
 * ordinary user, and sandboxed.
 */
export function sandboxArguments() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/**
 * Without graphics hardware Chromium keeps up to 512 MB of pictures that were drawn once, and every preview picture is
 * one: the page grows to 700 MB within ten seconds, and stays at 240 MB with this. It is read before any script runs.
 */
export function memoryArguments() {
  return process.platform === 'linux' && !existsSync('/dev/dri') ? ['--enable-low-end-device-mode'] : [];
}

/**
 * Without a session bus or a graphics card Chromium fills the terminal with errors that mean nothing here: only fatal
 * ones are let through. The application's own messages do not go that way.
 */
const quietChromium = ['--log-level=3'];

/** @param {readonly string[]} args for the application */
export function electronArguments(args) {
  return [...sandboxArguments(), ...memoryArguments(), ...quietChromium, root, ...args];
}

/** Relative paths on the command line are meant from where npm was called. */
export const callerFolder = process.env.INIT_CWD ?? process.cwd();
