import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrackedFace } from '../../contract/frame-result.ts';
import { collectResults, watchUntil } from '../e2e/support/page-results.ts';
import { overlap, ReelTruth } from '../support/reel-truth.ts';
import { repository } from '../support/shared.ts';
import { InstalledKiosk } from './support/installed-kiosk.ts';
import { aptInstall, debFile, isInstalled, whyNotInstallable } from './support/made-package.ts';

/** By then two of the first three people of the reel have left (resources/demo/reel.json). */
const someHaveLeftMs = 24_000;
const longestWatchMs = 200_000;
const isThere = 0.4;
const desktopFile = '/usr/share/applications/vitrine.desktop';

const reason = whyNotInstallable();
if (reason) console.warn(`The package is not installed here: ${reason}.`);

/** What the package alone has brought; folders that it shares with others stay. */
function ownFiles(): string[] {
  const listed = execFileSync('dpkg', ['-L', 'vitrine']).toString().trim().split('\n');
  return listed.filter((path) => existsSync(path) && !(lstatSync(path).isDirectory() && !path.includes('itrine')));
}

describe.skipIf(reason !== null)('the installed package', () => {
  let kiosk: InstalledKiosk;

  beforeAll(() => {
    aptInstall(debFile());
    kiosk = new InstalledKiosk();
  });
  afterAll(() => {
    kiosk?.remove();
    if (isInstalled()) execFileSync('dpkg', ['--purge', 'vitrine'], { stdio: 'pipe' });
  });

  it('is in place: a command, an entry for the desktop, a sandbox that the kernel will obey', () => {
    expect(existsSync('/usr/bin/vitrine')).toBe(true);
    expect(statSync('/opt/Vitrine/chrome-sandbox').mode & 0o7777).toBe(0o4755);
    expect(statSync('/opt/Vitrine/chrome-sandbox').uid).toBe(0);
    expect(existsSync('/etc/systemd/user/graphical-session.target.wants/vitrine.service')).toBe(false);
  });

  it('starts from its desktop entry as an ordinary user, and is right about who is before it', async () => {
    const command = /^Exec=(.*)$/m.exec(readFileSync(desktopFile, 'utf8'))?.[1] ?? '';
    const page = await kiosk.start(command);
    await collectResults(page);
    const results = await watchUntil(page, someHaveLeftMs, longestWatchMs);
    mkdirSync(join(repository, 'test-results'), { recursive: true });
    await page.screenshot({ path: join(repository, 'test-results/installed.png') });

    const truth = new ReelTruth();
    const sightings = results.flatMap((result) =>
      truth
        .at(result.timeMs)
        .filter(({ box }) => box.height >= 60 && box.x > 0 && box.x + box.width < 1280)
        .map((each) => ({ each, face: result.faces.find((face) => overlap(face.box, each.box) > isThere) })),
    );
    expect(sightings.length).toBeGreaterThan(100);
    expect(sightings.filter(({ face }) => face).length / sightings.length).toBeGreaterThan(0.9);
    const gender = (face: TrackedFace | undefined) => face?.attributes?.gender.value;
    const sure = sightings.filter(({ face }) => gender(face));
    expect(sure.length).toBeGreaterThan(50);
    expect(sure.filter(({ each, face }) => gender(face) === each.gender).length / sure.length).toBeGreaterThan(0.8);

    const filters = kiosk.rendererFilters();
    expect(filters.length).toBeGreaterThan(0);
    expect(filters.filter((filter) => filter !== '2')).toEqual([]);
  });

  it('ends in order, with the people of the reel counted', async () => {
    expect(await kiosk.end()).toBe(0);
    expect(kiosk.log()).toContain('Vitrine has ended');
    expect(kiosk.log()).not.toMatch(/\[error\]/);
    const database = new Database(join(kiosk.data, 'statistics.sqlite'), { readonly: true });
    const passersBy = Number(database.prepare('select sum(passers_by) from visits').pluck().get());
    database.close();
    expect(passersBy).toBeGreaterThanOrEqual(2);
    expect(passersBy).toBeLessThan(12);
  });

  it('is removed without a trace, and leaves what the operator has', () => {
    const files = ownFiles();
    expect(files.length).toBeGreaterThan(40);
    execFileSync('dpkg', ['--purge', 'vitrine'], { stdio: 'pipe' });
    expect(files.filter((path) => existsSync(path))).toEqual([]);
    expect(existsSync('/opt/Vitrine')).toBe(false);
    expect(existsSync(join(kiosk.data, 'statistics.sqlite'))).toBe(true);
  });
});
