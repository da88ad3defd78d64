import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { writeFileAtomically } from './atomic-file.ts';

/** Bytes that one write takes, and all writes together; a disk that has less room takes a part and says nothing. */
const disk = vi.hoisted(() => ({ atOnce: Number.POSITIVE_INFINITY, room: Number.POSITIVE_INFINITY }));

vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>();
  const take = (file: number, bytes: Buffer): number => {
    const taken = Math.min(bytes.length, disk.atOnce, disk.room);
    if (taken === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    disk.room -= taken;
    return fs.writeSync(file, bytes.subarray(0, taken));
  };
  return {
    ...fs,
    writeSync: (file: number, text: string) => take(file, Buffer.from(text)),
    // As Node writes a file: on and on until all is there, or the disk says no.
    writeFileSync: (file: string | number, text: string) => {
      if (typeof file === 'string') return fs.writeFileSync(file, text);
      const bytes = Buffer.from(text);
      for (let done = 0; done < bytes.length; ) done += take(file, bytes.subarray(done));
    },
  };
});

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-atomic-'));
  file = join(folder, 'settings.json');
  disk.atOnce = disk.room = Number.POSITIVE_INFINITY;
  return () => rmSync(folder, { recursive: true, force: true });
});

it('puts the new text in the place of the old, also in a folder that is not there yet', () => {
  const deeper = join(folder, 'playlists', 'window', 'playlist.json');
  writeFileAtomically(deeper, 'one');
  writeFileAtomically(deeper, 'zwei Äpfel');
  expect(readFileSync(deeper, 'utf8')).toBe('zwei Äpfel');
  expect(readdirSync(join(deeper, '..'))).toEqual(['playlist.json']);
});

it('writes all of it where the disk takes it in parts', () => {
  disk.atOnce = 7;
  writeFileAtomically(file, 'a text that is longer than one write');
  expect(readFileSync(file, 'utf8')).toBe('a text that is longer than one write');
});

it('keeps the old file, and nothing else, where the disk has room for a part of the new one', () => {
  writeFileSync(file, 'the good old settings');
  disk.room = 10;
  expect(() => writeFileAtomically(file, 'settings that do not fit')).toThrow('ENOSPC');
  expect(readFileSync(file, 'utf8')).toBe('the good old settings');
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

it('leaves nothing behind where the new file cannot take its place', () => {
  mkdirSync(file);
  expect(() => writeFileAtomically(file, 'text')).toThrow();
  expect(readdirSync(folder)).toEqual(['settings.json']);
});
