import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, lstat, mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RefusalReason } from '../../contract/signage-ipc.ts';
import { mediaTypeOfFile } from './media-kind.ts';
import { digestLength, digestOf, storedName } from './media-names.ts';

const mebibyte = 1024 * 1024;
const largestFile = 4 * 1024 * mebibyte;
const largestHtmlFolder = 500 * mebibyte;
const mostHtmlFiles = 2_000;
const deepestHtmlFolder = 10;
/** Left free for everything else on the disk: settings, statistics, the log. */
export const reserveBytes = 200 * mebibyte;
export const partialPrefix = '.import-';

/** Why a file was not taken over. */
export class ImportRefusal extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super(reason);
    this.reason = reason;
  }
}

export interface ImportOptions {
  /** The playlist's `media` folder. */
  readonly folder: string;
  /** Bytes free on the disk that holds a folder. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

export interface ImportedMedia {
  /** Its name in the media folder: new, or that of the same content which was there already. */
  readonly name: string;
  readonly title: string;
}

/**
 * Copies a picture, a film or an HTML folder into a media folder, under a name made of its content.
 *
 * @param path absolute
 * @throws ImportRefusal
 */
export async function importMedia(path: string, options: ImportOptions): Promise<ImportedMedia> {
  await mkdir(options.folder, { recursive: true });
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) return await importHtml(path, options);
    if (!facts.isFile()) throw new ImportRefusal('not-media');
    return await importFile(path, facts.size, options);
  } catch (error) {
    if (error instanceof ImportRefusal) throw error;
    throw new ImportRefusal(isFull(error) ? 'disk-full' : 'unreadable');
  }
}

async function importFile(path: string, size: number, options: ImportOptions): Promise<ImportedMedia> {
  const type = await mediaTypeOfFile(path);
  if (type === null) throw new ImportRefusal('not-media');
  if (size > largestFile) throw new ImportRefusal('too-large');
  await needRoom(size, options);
  const hash = createHash('sha256');
  const partial = partialPath(options.folder);
  try {
    const hashing = new Transform({
      transform(chunk: Buffer, _, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(createReadStream(path), hashing, createWriteStream(partial, { flush: true, mode: 0o600 }));
    const digest = hash.digest('hex');
    const name = (await sameContent(options.folder, digest)) ?? storedName(basename(path), digest, type.ending);
    await settle(partial, join(options.folder, name));
    return { name, title: titleOfPath(path) };
  } finally {
    await rm(partial, { force: true });
  }
}

async function importHtml(path: string, options: ImportOptions): Promise<ImportedMedia> {
  const files = await filesOf(path, '', 0);
  if (!files.some(({ name }) => name === 'index.html')) throw new ImportRefusal('no-index-html');
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (files.length > mostHtmlFiles || size > largestHtmlFolder) throw new ImportRefusal('too-large');
  await needRoom(size, options);
  const hash = createHash('sha256');
  const partial = partialPath(options.folder);
  try {
    for (const { name } of files) {
      hash.update(`${name}\0`);
      for await (const chunk of createReadStream(join(path, name))) hash.update(chunk as Buffer);
      await mkdir(join(partial, name, '..'), { recursive: true });
      await copyFile(join(path, name), join(partial, name));
    }
    const digest = hash.digest('hex');
    const name = (await sameContent(options.folder, digest)) ?? storedName(basename(path), digest, null);
    await settle(partial, join(options.folder, name));
    return { name, title: titleOfPath(path) };
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Regular files below a folder, by their paths with `/`, in one order. Links are not followed: they may lead anywhere. */
async function filesOf(root: string, below: string, depth: number): Promise<{ name: string; size: number }[]> {
  if (depth > deepestHtmlFolder) throw new ImportRefusal('too-large');
  const found: { name: string; size: number }[] = [];
  const entries = await readdir(join(root, below), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await filesOf(root, name, depth + 1)));
    else if (entry.isFile()) found.push({ name, size: (await lstat(join(root, name))).size });
    if (found.length > mostHtmlFiles) throw new ImportRefusal('too-large');
  }
  return found;
}

/** Same content, same name: what is there already stays. */
async function sameContent(folder: string, digest: string): Promise<string | null> {
  const wanted = digest.slice(0, digestLength);
  return (await readdir(folder)).find((name) => digestOf(name) === wanted) ?? null;
}

async function settle(partial: string, final: string): Promise<void> {
  const isThere = await lstat(final).then(
    () => true,
    () => false,
  );
  if (!isThere) await rename(partial, final);
}

async function needRoom(bytes: number, { folder, freeBytes = freeBytesOf }: ImportOptions): Promise<void> {
  if ((await freeBytes(folder)) < bytes + reserveBytes) throw new ImportRefusal('disk-full');
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

let partials = 0;
function partialPath(folder: string): string {
  partials += 1;
  return join(folder, `${partialPrefix}${process.pid}-${partials}`);
}

function titleOfPath(path: string): string {
  return basename(path).replace(/\.[A-Za-z0-9]{1,5}$/, '');
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
