import { statSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import type { SourceSpec } from '../../contract/source.ts';
import { sourceSpecSchema } from '../../contract/source.ts';

export interface CommandLine {
  /** For this run only; null = the source of the settings. */
  readonly source: SourceSpec | null;
  readonly windowed: boolean;
  /** Absolute; null = the usual place of the operating system. */
  readonly dataFolder: string | null;
  /** Whether to be the supervising process of another one; null = as it is usual for this installation. */
  readonly supervise: boolean | null;
}

/** Something on the command line cannot be understood. `message` is one sentence for whoever typed it. */
export class CommandLineError extends Error {}

const own = ['--source', '--windowed', '--data-dir', '--supervise', '--no-supervise'] as const;

/** A single picture is a source too, like a folder with one picture in it. GIFs are not here: they mostly move. */
const pictureTypes = ['.jpg', '.jpeg', '.png', '.bmp', '.webp', '.tif', '.tiff'];

/**
 * @param args what follows the program and the application's folder
 * @param cwd paths are relative to it
 * @throws CommandLineError
 */
export function parseCommandLine(args: readonly string[], cwd: string): CommandLine {
  let source: SourceSpec | null = null;
  let dataFolder: string | null = null;
  let windowed = false;
  let supervise: boolean | null = null;
  for (let index = 0; index < args.length; index += 1) {
    const [name, attached] = split(args[index] as string);
    const value = (): string => {
      if (attached !== null) return attached;
      index += 1;
      return args[index] ?? '';
    };
    if (name === '--source') source = parseSource(value(), cwd);
    else if (name === '--data-dir') dataFolder = parseFolder(value(), cwd);
    else if (name === '--windowed') windowed = true;
    else if (name === '--supervise') supervise = true;
    else if (name === '--no-supervise') supervise = false;
    else refuseStranger(name);
  }
  return { source, windowed, dataFolder, supervise };
}

/** `--name=value` in its two parts; null where there is no `=`. */
function split(argument: string): [string, string | null] {
  const at = argument.startsWith('--') ? argument.indexOf('=') : -1;
  return at < 0 ? [argument, null] : [argument.slice(0, at), argument.slice(at + 1)];
}

/**
 * What a message may repeat of an argument: it ends in terminals and service journals. Before an `@` there may be a
 * password, also where an address is mistyped (`rtsp:/me:secret@host`).
 */
function shownArgument(argument: string): string {
  return argument.replace(/^.*[:/].*@/s, '***@').replace(/[?#].*$/s, '');
}

/** Switches of Chromium and Node.js are theirs to judge. What looks like one of ours, mistyped, is not. */
function refuseStranger(argument: string): void {
  const meant = own.find((name) => argument.toLowerCase() === name || isOneSlipFrom(argument, name));
  if (meant) throw new CommandLineError(`There is no option ${argument}; ${meant} was meant, perhaps.`);
  if (!argument.startsWith('-')) {
    const shown = shownArgument(argument);
    throw new CommandLineError(`"${shown}" stands alone; a source is given as --source ${shown}`);
  }
}

/** Whether one letter more, less or other, or two swapped, makes `b` of `a`. */
function isOneSlipFrom(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let same = 0;
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same += 1;
  const restOfA = a.slice(same);
  const restOfB = b.slice(same);
  const swapped = `${restOfA[1] ?? ''}${restOfA[0] ?? ''}${restOfA.slice(2)}`;
  return [
    restOfA.slice(1) === restOfB.slice(1),
    restOfA === restOfB.slice(1),
    restOfA.slice(1) === restOfB,
    swapped === restOfB,
  ].some(Boolean);
}

function parseSource(value: string, cwd: string): SourceSpec {
  if (value === '' || value.startsWith('--')) {
    throw new CommandLineError('--source needs a value: demo, camera:NAME, a path or an address.');
  }
  if (value === 'demo') return { kind: 'demo' };
  if (value.startsWith('camera:')) return parseCamera(value.slice('camera:'.length));
  // As whoever knows Linux names a camera; it is a file there, and no film.
  if (/^\/dev\/video\d/.test(value)) return parseCamera(value);
  if (value.startsWith('/dev/v4l/')) return parseCamera(basename(value));
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return parseAddress(value);
  return parsePath(value, cwd);
}

function parseCamera(name: string): SourceSpec {
  const parsed = sourceSpecSchema.safeParse({ kind: 'camera', name });
  if (!parsed.success) throw new CommandLineError('--source camera:NAME needs the name of a camera.');
  return parsed.data;
}

function parseAddress(url: string): SourceSpec {
  const parsed = sourceSpecSchema.safeParse({ kind: 'stream', url });
  if (!parsed.success) {
    throw new CommandLineError('--source takes addresses that begin with rtsp://, rtsps://, http:// or https://.');
  }
  return parsed.data;
}

function parsePath(value: string, cwd: string): SourceSpec {
  const path = resolve(cwd, value);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new CommandLineError(`--source: there is no file or folder "${shownArgument(value)}".`);
  if (found.isDirectory() || pictureTypes.includes(extname(path).toLowerCase())) return { kind: 'images', path };
  return { kind: 'video', path, loop: true };
}

function parseFolder(value: string, cwd: string): string {
  if (value === '' || value.startsWith('--')) throw new CommandLineError('--data-dir needs a folder.');
  const path = resolve(cwd, value);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found && !found.isDirectory()) throw new CommandLineError(`--data-dir: "${value}" is not a folder.`);
  return path;
}

/**
 * The arguments that are ours to read. Electron's own list begins with the program and, unless packaged, holds the
 * application's folder or its main file somewhere among the switches.
 */
export function ownArguments(argv: readonly string[], packaged: boolean, appFolder: string, cwd: string): string[] {
  const rest = argv.slice(1);
  if (packaged) return rest;
  const at = rest.findIndex((argument) => !argument.startsWith('-') && isWithin(resolve(cwd, argument), appFolder));
  return at < 0 ? rest : rest.filter((_, index) => index !== at);
}

function isWithin(path: string, appFolder: string): boolean {
  return path === appFolder || path === resolve(appFolder, 'out/main/index.js');
}
