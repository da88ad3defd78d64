import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { settingsSchema } from '../../contract/settings.ts';
import type { StageReport, StageState } from '../../contract/signage.ts';
import { ProblemRegistry } from '../problems/problem-registry.ts';
import { SignageLink } from './signage-link.ts';

let folder: string;
let problems: ProblemRegistry;
let link: SignageLink;
/** Films that the page cannot play, by their id. */
let broken: Set<string>;
let begun: number;

const media = (name: string) => join(folder, 'playlists/window/media', name);
const picture = (id: string) => ({ id, kind: 'image', name: id, file: `${id}.png`, durationMs: 5_000 });
const film = (id: string) => ({ id, kind: 'video', name: id, file: `${id}.mp4` });
/** What is said on screen about media, by the names of the items. */
const said = () => problems.current.map(({ code, params }) => `${code} ${params.item} in ${params.playlist}`);

function write(...items: object[]): void {
  writeFileSync(join(folder, 'playlists/window/playlist.json'), JSON.stringify({ name: 'Window', items }));
}

/** A page: pictures are shown at once, films play for eight seconds, broken ones break off after two. */
function show({ current }: StageState): void {
  if (!current || current.play === begun) return;
  begun = current.play;
  const isFilm = current.item.kind === 'video';
  report({ kind: 'started', play: current.play, mediaMs: isFilm ? 8_000 : null });
  if (!isFilm) return;
  if (broken.has(current.item.id)) {
    setTimeout(() => report({ kind: 'failed', play: current.play, reason: 'unplayable' }), 2_000);
  } else setTimeout(() => report({ kind: 'ended', play: current.play }), 8_000);
}

const report = (what: StageReport) => queueMicrotask(() => link.signage.report('main', what));

beforeEach(async () => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), 'vitrine-link-'));
  mkdirSync(media(''), { recursive: true });
  for (const name of ['a.png', 'b.png', 'f.mp4']) writeFileSync(media(name), '');
  broken = new Set();
  begun = -1;
  problems = new ProblemRegistry({ now: () => 0, onChange: () => {} });
  const settings = settingsSchema.parse({ signage: { mode: 'stage', screens: { main: 'window' } } });
  link = new SignageLink({
    folder,
    settings: () => settings,
    problems,
    log: () => {},
    isResting: () => false,
    onState: show,
    onPlayed: () => {},
    onChanged: () => {},
  });
  return () => {
    link.signage.close();
    vi.useRealTimers();
    rmSync(folder, { recursive: true, force: true });
  };
});

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000);

describe('the warning that an item cannot be shown', () => {
  it('goes away when its file is back', async () => {
    write(picture('a'), picture('x'));
    link.signage.start();
    await pass(10);
    expect(said()).toEqual(['signage-media x in Window']);
    writeFileSync(media('x.png'), '');
    await pass(7);
    expect(said()).toEqual([]);
  });

  it('goes away when a film has played through, and not because it has begun', async () => {
    broken.add('f');
    write(picture('a'), film('f'));
    link.signage.start();
    await pass(8);
    expect(said()).toEqual(['signage-media f in Window']);
    // Tried again after a minute, and broken again.
    await pass(70);
    expect(said()).toEqual(['signage-media f in Window']);
    broken.clear();
    await pass(59);
    expect(said()).toEqual(['signage-media f in Window']);
    await pass(21);
    expect(said()).toEqual([]);
  });

  it('goes away with its item, or with another file in it', async () => {
    write(picture('a'), picture('x'), { ...picture('y'), file: 'none.png' });
    link.signage.start();
    await pass(10);
    expect(said()).toHaveLength(1);
    write(picture('a'), { ...picture('y'), file: 'b.png' });
    await pass(7);
    expect(said()).toEqual([]);
  });

  it('stays for the items that still cannot be shown, and names one of them', async () => {
    write(picture('a'), picture('x'), picture('y'));
    link.signage.start();
    await pass(10);
    expect(said()).toEqual(['signage-media y in Window']);
    writeFileSync(media('y.png'), '');
    await pass(7);
    expect(said()).toEqual(['signage-media x in Window']);
  });
});
