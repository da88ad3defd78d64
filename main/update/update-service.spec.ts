import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../vision/manual-clock.ts';
import { msUntilNight } from './night.ts';
import { checkEveryMs, UpdateService } from './update-service.ts';
import type { Updater, UpdaterEvents } from './updater.ts';

const hourMs = 60 * 60_000;
const address = 'https://updates.example.org/vitrine/';
const evening = () => new Date(2026, 10, 26, 21, 0, 0);

let clock: ManualClock;
let happened: string[];
let events: UpdaterEvents | null;
let failing: boolean;

class FakeUpdater implements Updater {
  async check(at: string): Promise<void> {
    happened.push(`check ${at}`);
    if (failing) throw new Error('no answer');
  }
  forget(): void {
    happened.push('forget');
  }
  installAndRestart(): void {
    happened.push('install');
  }
}

const service = (own = true) =>
  new UpdateService({
    createUpdater: own
      ? (given) => {
          events = given;
          return new FakeUpdater();
        }
      : null,
    clock,
    now: evening,
    log: (level, message) => happened.push(`${level}: ${message}`),
  });

beforeEach(() => {
  clock = new ManualClock();
  happened = [];
  events = null;
  failing = false;
});

describe('UpdateService', () => {
  it('does nothing at all without an address', () => {
    service().apply(null);
    clock.pass(3 * checkEveryMs);
    expect(happened).toEqual([]);
    expect(events).toBeNull();
  });

  it('looks at the start and once a day', () => {
    service().apply(address);
    expect(happened).toEqual([`check ${address}`]);
    clock.pass(2 * checkEveryMs);
    expect(happened).toEqual(Array(3).fill(`check ${address}`));
  });

  it('is not moved by settings that leave the address as it is', () => {
    const updates = service();
    updates.apply(address);
    updates.apply(address);
    expect(happened).toHaveLength(1);
  });

  it('stops as soon as the address is taken away, and installs nothing that was fetched from it', () => {
    const updates = service();
    updates.apply(address);
    events?.onFetched('0.2.0');
    updates.apply(null);
    clock.pass(3 * checkEveryMs);
    expect(happened.filter((each) => each.startsWith('check'))).toHaveLength(1);
    expect(happened).toContain('forget');
    expect(happened).not.toContain('install');
  });

  it('installs nothing that was still on its way when the address was taken away', () => {
    const updates = service();
    updates.apply(address);
    updates.apply(null);
    events?.onFetched('0.2.0');
    clock.pass(checkEveryMs);
    expect(happened).toEqual([`check ${address}`, 'forget']);
  });

  it('installs at night what was fetched by day', () => {
    service().apply(address);
    events?.onFetched('0.2.0');
    clock.pass(6 * hourMs - 1);
    expect(happened).not.toContain('install');
    clock.pass(1);
    expect(happened).toContain('install');
  });

  it('installs once, the newest, when two were fetched before the night', () => {
    service().apply(address);
    events?.onFetched('0.2.0');
    events?.onFetched('0.2.1');
    clock.pass(6 * hourMs);
    expect(happened.filter((each) => each === 'install')).toHaveLength(1);
    expect(happened).toContain('info: Version 0.2.1 is being installed.');
  });

  it('goes on looking after an address that did not answer', async () => {
    failing = true;
    service().apply(address);
    await Promise.resolve();
    await Promise.resolve();
    expect(happened).toContain('warn: No update could be looked for.');
    clock.pass(checkEveryMs);
    expect(happened.filter((each) => each.startsWith('check'))).toHaveLength(2);
  });

  it('says so where the system updates the application', () => {
    service(false).apply(address);
    clock.pass(2 * checkEveryMs);
    expect(happened).toEqual([expect.stringContaining('warn: This installation is updated by the system')]);
  });
});

describe('msUntilNight', () => {
  it('is the time until the next three o’clock', () => {
    expect(msUntilNight(new Date(2026, 10, 26, 2, 59, 0))).toBe(60_000);
    expect(msUntilNight(new Date(2026, 10, 26, 3, 0, 0))).toBe(24 * hourMs);
    expect(msUntilNight(new Date(2026, 10, 26, 4, 0, 0))).toBe(23 * hourMs);
  });
});
