import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { htmlPlace, mediaPlace } from './media-address.ts';
import { PlaylistStore } from './playlist-store.ts';
import { serveFile } from './served-file.ts';

let folder: string;
let store: PlaylistStore;
let id: string;
let media: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-media-'));
  store = new PlaylistStore({ folder: join(folder, 'playlists'), now: () => new Date(0), onIncident: () => {} });
  const { id: created, revision, playlist } = store.create('Shop');
  id = created;
  media = store.mediaFolderOf(id);
  mkdirSync(media, { recursive: true });
  for (const name of ['spring-000000000001.png', 'summer-000000000002.png', 'autumn-000000000003.png']) {
    writeFileSync(join(media, name), 'x'.repeat(10));
  }
  const items = [{ id: 'a', kind: 'image', name: 'Spring', file: 'spring-000000000001.png' }];
  store.save(id, revision, { ...playlist, items: items as never });
  writeFileSync(join(folder, 'secret.png'), 'secret');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const namesIn = (path: string) => readdirSync(path).sort();

describe('files that no item uses', () => {
  it('are removed by the names that were agreed to, and no others', async () => {
    expect(await store.removeUnused(id, ['summer-000000000002.png', 'winter-000000000004.png'])).toEqual({
      removed: 1,
      freedBytes: 10,
    });
    expect(namesIn(media)).toEqual(['autumn-000000000003.png', 'spring-000000000001.png']);
  });

  it('stay where an item has come to use them meanwhile', async () => {
    expect((await store.removeUnused(id, ['spring-000000000001.png'])).removed).toBe(0);
    expect(namesIn(media)).toContain('spring-000000000001.png');
  });

  it('are no links: these are neither listed nor followed', async () => {
    symlinkSync(join(folder, 'secret.png'), join(media, 'winter-000000000004.png'));
    expect((await store.media(id)).map(({ name }) => name)).not.toContain('winter-000000000004.png');
    expect((await store.removeUnused(id, ['winter-000000000004.png'])).removed).toBe(0);
    expect(namesIn(folder)).toContain('secret.png');
  });

  it.each(['../../../secret.png', '/etc/hostname', '.'])('are not outside the folder: %s', async (name) => {
    expect((await store.removeUnused(id, [name])).removed).toBe(0);
    expect(namesIn(folder)).toContain('secret.png');
    expect(namesIn(media).length).toBe(3);
  });

  it('are not removed through a media folder that is a link itself', async () => {
    const elsewhere = join(folder, 'elsewhere');
    renameSync(media, elsewhere);
    symlinkSync(elsewhere, media);
    await expect(store.removeUnused(id, ['summer-000000000002.png'])).rejects.toThrow(/by hand/);
    expect(namesIn(elsewhere).length).toBe(3);
  });
});

describe('what the page is served', () => {
  const ask = async (address: string) => {
    const url = new URL(address);
    const place = (url.protocol === 'signage:' ? mediaPlace : htmlPlace)(url, (each) => store.mediaFolderOf(each));
    if (!place) return 404;
    const response = await serveFile(place, new Request('http://localhost/'), {});
    await response.body?.cancel();
    return response.status;
  };
  const html = 'menu-00000000000a';

  beforeEach(() => {
    mkdirSync(join(media, html));
    writeFileSync(join(media, html, 'index.html'), '<p>Menu</p>');
  });

  it('is what lies in the folders of the playlist', async () => {
    expect(await ask(`signage://${id}/spring-000000000001.png`)).toBe(200);
    expect(await ask(`signage-html://${html}.${id}/`)).toBe(200);
  });

  it('is nothing that a link leads to, be it a file, a folder within or the HTML folder itself', async () => {
    symlinkSync(join(folder, 'secret.png'), join(media, 'winter-000000000004.png'));
    symlinkSync(join(folder, 'secret.png'), join(media, html, 'secret.png'));
    symlinkSync(folder, join(media, html, 'below'));
    symlinkSync(folder, join(media, 'other-00000000000b'));
    expect(await ask(`signage://${id}/winter-000000000004.png`)).toBe(404);
    expect(await ask(`signage-html://${html}.${id}/secret.png`)).toBe(404);
    expect(await ask(`signage-html://${html}.${id}/below/secret.png`)).toBe(404);
    expect(await ask(`signage-html://other-00000000000b.${id}/secret.png`)).toBe(404);
  });

  it('comes from a media folder that the operator has put elsewhere', async () => {
    renameSync(media, join(folder, 'elsewhere'));
    symlinkSync(join(folder, 'elsewhere'), media);
    expect(await ask(`signage://${id}/spring-000000000001.png`)).toBe(200);
    expect(await ask(`signage-html://${html}.${id}/`)).toBe(200);
  });
});
