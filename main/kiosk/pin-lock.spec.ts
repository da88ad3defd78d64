import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { settingsSchema } from '../../contract/settings.ts';
import { autoLockMs, hashPin, PinLock } from './pin-lock.ts';

let hash: string;
let pinHash: string | null;
let time: number;
let lock: PinLock;

beforeAll(async () => {
  hash = await hashPin('2468');
});
beforeEach(() => {
  pinHash = hash;
  time = 0;
  lock = new PinLock({ pinHash: () => pinHash, now: () => time });
});

describe('hashPin', () => {
  it('gives what the settings accept, salted anew each time', async () => {
    expect(settingsSchema.parse({ access: { pinHash: hash } }).access.pinHash).toBe(hash);
    expect(await hashPin('2468')).not.toBe(hash);
  });
});

describe('PinLock', () => {
  it('is open until a PIN has been chosen', () => {
    pinHash = null;
    expect(lock.isOpen).toBe(true);
    pinHash = hash;
    expect(lock.isOpen).toBe(false);
  });

  it('opens for the right PIN only', async () => {
    expect(await lock.try('1357')).toEqual({ kind: 'wrong' });
    expect(lock.isOpen).toBe(false);
    expect(await lock.try('2468')).toEqual({ kind: 'open' });
    expect(lock.isOpen).toBe(true);
    lock.close();
    expect(lock.isOpen).toBe(false);
  });

  it('locks itself when idle, and not while the operator is at work', async () => {
    await lock.try('2468');
    time += autoLockMs - 1;
    lock.touch();
    time += autoLockMs - 1;
    expect(lock.isOpen).toBe(true);
    time += 1;
    expect(lock.isOpen).toBe(false);
    lock.touch();
    expect(lock.isOpen).toBe(false);
  });

  it('makes guessers wait longer each time, even for the right PIN', async () => {
    for (let guess = 0; guess < 3; guess += 1) expect(await lock.try('0000')).toEqual({ kind: 'wrong' });
    const first = await lock.try('2468');
    expect(first).toMatchObject({ kind: 'wait' });
    time += 5_000;
    expect(await lock.try('0000')).toEqual({ kind: 'wrong' });
    time += 5_000;
    expect(await lock.try('2468')).toEqual({ kind: 'wait', forMs: 5_000 });
    time += 5_000;
    expect(await lock.try('2468')).toEqual({ kind: 'open' });
  });

  it('does not let a burst of guesses past the wait', async () => {
    const outcomes = await Promise.all(['0000', '0001', '0002', '0003', '2468'].map((pin) => lock.try(pin)));
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['wrong', 'wrong', 'wrong', 'wait', 'wait']);
  });

  it('forgets wrong tries after a right one', async () => {
    await lock.try('0000');
    await lock.try('0000');
    await lock.try('2468');
    expect(await lock.try('0000')).toEqual({ kind: 'wrong' });
    expect(await lock.try('2468')).toEqual({ kind: 'open' });
  });
});
