import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../vision/manual-clock.ts';
import { exitStatus } from './watch-protocol.ts';
import { Watchdog, watchdogTiming } from './watchdog.ts';

let clock: ManualClock;
let starts: number;
let kills: number;
let told: string[];
let canStart: boolean;
let watchdog: Watchdog;

beforeEach(() => {
  clock = new ManualClock();
  starts = kills = 0;
  told = [];
  canStart = true;
  watchdog = new Watchdog({
    clock,
    start: () => {
      if (!canStart) throw new Error('no such file');
      starts += 1;
      return {
        kill: () => {
          kills += 1;
          watchdog.ended(null, 'SIGKILL');
        },
      };
    },
    onRestart: (reason) => told.push(`again: ${reason}`),
    onGivenUp: (reason) => told.push(`given up: ${reason}`),
    onReady: () => told.push('ready'),
    onEnd: (status) => told.push(`end ${status}`),
  });
});

/** The application works for so long, with a heartbeat every two seconds. */
function work(ms: number): void {
  for (let passed = 0; passed < ms; passed += 2_000) {
    watchdog.heard();
    clock.pass(2_000);
  }
}

describe('Watchdog', () => {
  it('starts a dead application again', () => {
    watchdog.start();
    watchdog.ready();
    watchdog.ended(null, 'SIGKILL');
    clock.pass(watchdogTiming.budget.firstWaitMs);
    expect(starts).toBe(2);
    watchdog.ended(139, null);
    clock.pass(watchdogTiming.budget.longestWaitMs);
    expect(starts).toBe(3);
  });

  it.each([exitStatus.left, exitStatus.badCommandLine])('ends with an application that ended with %i', (status) => {
    watchdog.start();
    watchdog.ready();
    watchdog.ended(status, null);
    clock.pass(3_600_000);
    expect(starts).toBe(1);
    expect(told.at(-1)).toBe(`end ${status}`);
  });

  it('starts one again that asks for it', () => {
    watchdog.start();
    watchdog.ended(exitStatus.again, null);
    clock.pass(watchdogTiming.budget.firstWaitMs);
    expect(starts).toBe(2);
  });

  it('ends one that falls silent, and starts it again', () => {
    watchdog.start();
    watchdog.ready();
    work(60_000);
    expect(kills).toBe(0);
    clock.pass(watchdogTiming.hangMs + 2_000);
    expect(kills).toBe(1);
    expect(starts).toBe(2);
  });

  it('gives one that starts more time', () => {
    watchdog.start();
    clock.pass(watchdogTiming.startMs - 2_000);
    expect(kills).toBe(0);
    clock.pass(4_000);
    expect(kills).toBe(1);
  });

  it('ends one that has a heartbeat and never becomes ready', () => {
    watchdog.start();
    work(watchdogTiming.startMs);
    expect(kills).toBe(0);
    work(2_000);
    expect(kills).toBe(1);
    expect(starts).toBe(2);
    expect(told.at(-1)).toMatch(/^again: /);
  });

  it('does not end one for a slow start: busy before its first heartbeat, then again on the way to being ready', () => {
    watchdog.start();
    clock.pass(watchdogTiming.startMs - 10_000);
    work(60_000);
    clock.pass(watchdogTiming.startMs - 10_000);
    watchdog.ready();
    work(60_000);
    expect(kills).toBe(0);
  });

  it('does not count the sleep of the machine as a start that takes too long', () => {
    watchdog.start();
    work(10_000);
    clock.sleep(8 * 3_600_000);
    work(60_000);
    watchdog.ready();
    work(60_000);
    expect(kills).toBe(0);
  });

  it('does not take the sleep of the machine for silence of the application', () => {
    watchdog.start();
    watchdog.ready();
    clock.sleep(8 * 3_600_000);
    clock.pass(4_000);
    watchdog.heard();
    clock.pass(4_000);
    expect(kills).toBe(0);
  });

  it('gives up loudly once, tries slowly from then on, and forgives after a steady time', () => {
    watchdog.start();
    for (let death = 0; death < 5; death += 1) {
      watchdog.ended(1, null);
      clock.pass(watchdogTiming.budget.longestWaitMs);
    }
    expect(starts).toBe(6);
    expect(told.filter((line) => line.startsWith('given up'))).toHaveLength(0);
    watchdog.ended(1, null);
    expect(told.at(-1)).toBe('given up: ended with status 1');
    clock.pass(watchdogTiming.slowRetryMs - 1);
    expect(starts).toBe(6);
    clock.pass(1);
    expect(starts).toBe(7);
    watchdog.ready();
    work(watchdogTiming.steadyMs + 2_000);
    watchdog.ended(1, null);
    expect(told.at(-1)).toBe('again: ended with status 1');
  });

  it('counts what cannot even be started', () => {
    canStart = false;
    watchdog.start();
    clock.pass(60_000);
    expect(told.at(-1)).toMatch(/^given up: could not be started/);
  });

  it('starts nothing again once it was told to leave', () => {
    watchdog.start();
    watchdog.ready();
    watchdog.leave();
    watchdog.ended(null, 'SIGTERM');
    clock.pass(3_600_000);
    expect(starts).toBe(1);
    expect(told.at(-1)).toBe('end 0');
  });

  it('can leave while it waits to start again', () => {
    watchdog.start();
    watchdog.ended(1, null);
    watchdog.leave();
    clock.pass(3_600_000);
    expect(starts).toBe(1);
    expect(told.at(-1)).toBe('end 0');
  });
});
