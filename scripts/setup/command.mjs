import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { modules, projectNode, root } from './paths.mjs';

/** The environment of every child: the project's own tools and Node.js come first. */
export function projectEnvironment(extra = {}) {
  const separator = process.platform === 'win32' ? ';' : ':';
  return { ...process.env, PATH: `${join(modules, '.bin')}${separator}${process.env.PATH ?? ''}`, ...extra };
}

/** Runs to its end and keeps what it printed. */
export function capture(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20, ...options });
  return {
    ok: result.status === 0,
    output: `${result.stdout ?? ''}${result.stderr ?? ''}`,
    stdout: result.stdout ?? '',
    missing: result.error?.code === 'ENOENT',
  };
}

/**
 * Runs to its end with the terminal handed through; signals that end this process end the child.
 * @returns {Promise<number>} its exit status (128 + n for a signal)
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: projectEnvironment(), ...options });
    const passOn = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, passOn);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, passOn);
      resolve(
        signal
          ? 128 + ({ SIGHUP: 1, SIGINT: 2, SIGTRAP: 5, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 }[signal] ?? 0)
          : (code ?? 1),
      );
    });
  });
}

/** Runs a script or a tool of the project on its own Node.js. */
export function runNode(args, options = {}) {
  return run(projectNode(), args, options);
}
