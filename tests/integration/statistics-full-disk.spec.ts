import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type StoreProblem } from '../../main/store/statistics-store.ts';
import { oneWatcher } from '../support/sample-increments.ts';

const noon = Date.UTC(2026, 4, 6, 12, 3);
const disk = mkdtempSync(join(tmpdir(), 'vitrine-disk-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', disk]).status === 0;
afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

// Only root may mount the small disk; elsewhere the unit tests stand for it with other reasons why a write fails.
describe.skipIf(!mounted)('statistics on a disk without room', () => {
  const problems: StoreProblem[] = [];
  const codes = () => problems.map(({ code, active }) => `${active ? '+' : '-'}${code}`);
  const store = openStore({ folder: disk, now: () => noon, onProblem: (problem) => problems.push(problem) });
  const filler = join(disk, 'filler');
  beforeAll(() => {
    store.add(oneWatcher(noon));
    store.flush();
    try {
      for (;;) writeFileSync(filler, Buffer.alloc(1024), { flag: 'a' });
    } catch {
      // Full now.
    }
  });
  afterAll(() => store.close());

  it('are counted in memory, said to be unwritable, and written when there is room again', () => {
    for (let bucket = 1; bucket <= 400; bucket++) store.add(oneWatcher(noon + bucket * 15 * 60_000));
    store.flush();
    store.flush();
    expect(codes()).toEqual(['+statistics-unwritable']);
    expect(problems[0]?.detail).toMatch(/full/i);
    expect(store.totalsSince(0)).toEqual({ passersBy: 401, watchers: 401 });

    rmSync(filler);
    store.flush();
    expect(codes()).toEqual(['+statistics-unwritable', '-statistics-unwritable']);
    expect(store.totalsSince(0)).toEqual({ passersBy: 401, watchers: 401 });
    expect(store.contents().tables[0]?.totalRows).toBe(401);
    expect(readdirSync(disk).filter((name) => name.includes('damaged'))).toEqual([]);
  });
});
