import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldPlay } from '../../main/signage/proof-of-play.ts';
import { seedStatistics } from '../support/seeded-statistics.ts';

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
const cli = join(import.meta.dirname, '../../main/insights/cli.ts');
const range = ['--from', day(28), '--to', day(1)];

describe('the report on the command line', () => {
  let folder: string;
  const report = (...args: string[]) =>
    execFileSync(process.execPath, [cli, ...range, '--data-dir', folder, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-report-test-'));
    seedStatistics({
      folder,
      days: 35,
      visitsPerDay: 150,
      nowMs: Date.now(),
      more: (startMs) =>
        [false, true].flatMap((hasRules) =>
          foldPlay({
            screen: 'main',
            playlist: 'window',
            item: hasRules ? 'offer' : 'spring',
            reason: 'schedule',
            startedAtMs: startMs + 12 * 3_600_000 + 321,
            shownMs: 9_876,
            completed: true,
            hasRules,
            audience: { passersBy: 2, watchers: 1, people: 1, attentionMs: 700 },
          }),
        ),
    });
    const playlist = {
      name: 'Window',
      items: [{ id: 'spring', kind: 'image', name: '=Spring, "new"', file: 'a.png' }],
    };
    mkdirSync(join(folder, 'playlists/window'), { recursive: true });
    writeFileSync(join(folder, 'playlists/window/playlist.json'), JSON.stringify(playlist));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('gives the same figures as CSV and as JSON, and hides what stands for too few', () => {
    const lines = report().trim().split('\n').slice(1);
    const { metadata, figures } = JSON.parse(report('--format', 'json'));
    expect(metadata).toMatchObject({ product: 'Vitrine', smallestCell: 11, range: { from: day(28), to: day(1) } });
    expect(metadata).toMatchObject({
      detector: expect.stringMatching(/^Vitrine face detector \d/),
      attributes: expect.stringMatching(/ \d/),
      timeZone: expect.any(String),
      watcherMs: 500,
    });
    expect(Object.keys(metadata.dictionary.columns)).toEqual(Object.keys(figures[0]));
    expect(lines).toHaveLength(figures.length);
    const counts = figures.filter(
      ({ measure, table }: { measure: string; table: string }) =>
        (measure === 'watchers' || measure === 'people') && table !== 'items',
    ) as { value: number | null; hidden_in: number }[];
    expect(counts.some(({ hidden_in }) => hidden_in > 0)).toBe(true);
    // Sums of publications of which each has at least 11 in every cell it shows.
    for (const { value } of counts) expect(value === null || value === 0 || value >= 11).toBe(true);
  });

  it('writes Parquet that its reader opens', async () => {
    const file = join(folder, 'figures.parquet');
    report('--format', 'parquet', '--out', file);
    const { parquetMetadata, parquetReadObjects } = await import('hyparquet');
    const bytes = readFileSync(file);
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const rows = await parquetReadObjects({ file: buffer });
    const { figures } = JSON.parse(report('--format', 'json'));
    expect(rows).toEqual(figures);
    const own = parquetMetadata(buffer).key_value_metadata?.find(({ key }) => key === 'vitrine');
    expect(JSON.parse(own?.value ?? '{}')).toMatchObject({ product: 'Vitrine', smallestCell: 11 });
  });

  it('gives what was played, the same in each format, with the names of the items', async () => {
    const { metadata, plays } = JSON.parse(report('--plays', '--format', 'json'));
    expect(metadata).toMatchObject({ product: 'Vitrine', smallestCell: 11, range: { from: day(28), to: day(1) } });
    expect(Object.keys(metadata.dictionary.columns)).toEqual(Object.keys(plays[0]));
    const exact = plays.filter(({ kind }: { kind: string }) => kind === 'play');
    expect(exact).toHaveLength(28);
    expect(exact[0]).toMatchObject({ item: 'spring', name: '=Spring, "new"', shown_ms: 9876, watchers: null });
    expect(exact[0].start).toBe(`${day(28)}T12:00:00.321Z`);
    const kinds = new Set(plays.map(({ kind, item }: { kind: string; item: string }) => `${kind} ${item}`));
    expect([...kinds].sort()).toEqual(['audience offer', 'audience spring', 'play spring', 'plays offer']);
    const [header, ...lines] = report('--plays').trim().split('\n');
    expect(header).toBe(Object.keys(plays[0]).join(','));
    expect(lines).toHaveLength(plays.length);
    const file = join(folder, 'plays.parquet');
    report('--plays', '--format', 'parquet', '--out', file);
    const { parquetReadObjects } = await import('hyparquet');
    const bytes = readFileSync(file);
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    expect(await parquetReadObjects({ file: buffer })).toEqual(plays);
  });

  it.each([
    [['--from', 'yesterday', '--to', day(1)], 2, /Give the first and the last day/],
    [[...range, '--format', 'xls'], 2, /--format is one of csv, json, parquet/],
    [['--from', day(1), '--to', day(2), '--data-dir', '.'], 1, /no figures in/],
  ])('says what is wrong with %j', (args, status, message) => {
    const run = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
    expect(run.status).toBe(status);
    expect(run.stderr).toMatch(message);
  });
});
