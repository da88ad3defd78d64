import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveSignage } from './signage-scheme.ts';

type Handler = (request: Request) => Promise<Response>;

let home: string;
let folder: string;
const handlers = new Map<string, Handler>();

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'vitrine-scheme-'));
  folder = join(home, 'playlists');
  mkdirSync(join(folder, 'window/media/page/pictures'), { recursive: true });
  mkdirSync(join(home, 'outside'));
  for (const path of [
    'playlists/window/media/a.png',
    'playlists/window/media/page/index.html',
    'playlists/window/media/page/pictures/b.png',
    'outside/index.html',
    'outside/secret.png',
  ]) {
    writeFileSync(join(home, path), 'content');
  }
  const protocol = { handle: (scheme: string, handler: Handler) => handlers.set(scheme, handler) };
  const mediaFolderOf = (id: string) => join(folder, id, 'media');
  serveSignage({ protocol } as unknown as Session, { folder, mediaFolderOf });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function statusOf(url: string): Promise<number> {
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  const response = await handler?.(new Request(url));
  await response?.body?.cancel();
  return response?.status ?? 0;
}

describe('the media of a playlist', () => {
  it('are served from its own folder', async () => {
    expect(await statusOf('signage://window/a.png')).toBe(200);
    expect(await statusOf('signage-html://page.window/')).toBe(200);
    expect(await statusOf('signage://window/a.png?c0ffee')).toBe(200);
    expect(await statusOf('signage-html://page.window/index.html?c0ffee')).toBe(200);
    expect(await statusOf('signage-html://page.window/pictures/b.png')).toBe(200);
    expect(await statusOf('signage-html://page.window/pictures')).toBe(404);
    expect(await statusOf('signage-html://page.window/..%2fa.png')).toBe(404);
    expect(await statusOf('signage-html://page.window/none.png')).toBe(404);
  });

  it.each([
    ['a file', 'playlists/window/media/page/c.png', 'outside/secret.png', 'signage-html://page.window/c.png'],
    ['a folder', 'playlists/window/media/page/more', 'outside', 'signage-html://page.window/more/secret.png'],
    [
      'a folder inside',
      'playlists/window/media/page/own',
      'playlists/window/media/page/pictures',
      'signage-html://page.window/own/b.png',
    ],
    ['the HTML folder', 'playlists/window/media/shop', 'outside', 'signage-html://shop.window/'],
    ['a picture', 'playlists/window/media/c.png', 'outside/secret.png', 'signage://window/c.png'],
    ['the playlist', 'playlists/other', 'playlists/window', 'signage://other/a.png'],
  ])('are not served through a link: %s', async (_, link, target, url) => {
    symlinkSync(join(home, target), join(home, link));
    expect(await statusOf(url)).toBe(404);
  });

  it('are not served through a link in the place of the media folder', async () => {
    renameSync(join(folder, 'window/media'), join(home, 'moved'));
    symlinkSync(join(home, 'moved'), join(folder, 'window/media'));
    expect(await statusOf('signage://window/a.png')).toBe(404);
    expect(await statusOf('signage-html://page.window/')).toBe(404);
  });

  it('are served where the data folder as a whole was linked to another disk', async () => {
    renameSync(folder, join(home, 'disk'));
    symlinkSync(join(home, 'disk'), folder);
    expect(await statusOf('signage://window/a.png')).toBe(200);
    expect(await statusOf('signage-html://page.window/pictures/b.png')).toBe(200);
  });
});
