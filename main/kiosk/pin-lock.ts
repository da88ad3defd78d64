import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Costs about 100 ms and 32 MiB for each try, on purpose. */
const scryptCost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const hashBytes = 64;
const saltBytes = 16;

/** Wrong tries that cost nothing; typing errors happen. */
const freeTries = 3;
const firstWaitMs = 5_000;
const longestWaitMs = 15 * 60_000;
/** The set-up locks itself after so much time without a touch of keys or pointer. */
export const autoLockMs = 5 * 60_000;

/** @returns `salt:hash` in hex, as the settings keep it */
export async function hashPin(pin: string, salt: Buffer = randomBytes(saltBytes)): Promise<string> {
  return `${salt.toString('hex')}:${(await derive(pin, salt)).toString('hex')}`;
}

function derive(pin: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, hashBytes, scryptCost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

async function matches(pin: string, pinHash: string): Promise<boolean> {
  const [salt = '', hash = ''] = pinHash.split(':');
  const key = await derive(pin, Buffer.from(salt, 'hex'));
  const expected = Buffer.from(hash, 'hex');
  return key.length === expected.length && timingSafeEqual(key, expected);
}

export type TryOutcome = { readonly kind: 'open' | 'wrong' } | { readonly kind: 'wait'; readonly forMs: number };

export interface PinLockOptions {
  /** The stored hash, or null while no PIN has been chosen: the lock is open then. */
  readonly pinHash: () => string | null;
  /** Milliseconds on a clock that does not go back. */
  readonly now: () => number;
}

/** The lock of the set-up: opened by a PIN, closed by hand or by idleness, patient with guessers. */
export class PinLock {
  readonly #options: PinLockOptions;
  #openUntil = Number.NEGATIVE_INFINITY;
  #wrongTries = 0;
  #nextTryAt = Number.NEGATIVE_INFINITY;
  /** Tries are taken one after the other, or many at once would all pass before the first wait. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: PinLockOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#options.pinHash() === null || this.#options.now() < this.#openUntil;
  }

  /** Somebody has given the PIN and not left since. Other than `isOpen` not while none has been chosen. */
  get isOperatorHere(): boolean {
    return this.#options.now() < this.#openUntil;
  }

  try(pin: string): Promise<TryOutcome> {
    const outcome = this.#queue.then(() => this.#try(pin));
    this.#queue = outcome.catch(() => {});
    return outcome;
  }

  /** Opens without a PIN: for the operator who has just chosen it. */
  open(): void {
    this.#openUntil = this.#options.now() + autoLockMs;
  }

  /** A sign of the operator: an open lock stays open for another while. */
  touch(): void {
    if (this.#options.now() < this.#openUntil) this.open();
  }

  close(): void {
    this.#openUntil = Number.NEGATIVE_INFINITY;
  }

  async #try(pin: string): Promise<TryOutcome> {
    const pinHash = this.#options.pinHash();
    const forMs = this.#nextTryAt - this.#options.now();
    if (forMs > 0) return { kind: 'wait', forMs };
    if (pinHash !== null && !(await matches(pin, pinHash))) {
      this.#punish();
      return { kind: 'wrong' };
    }
    this.#wrongTries = 0;
    this.open();
    return { kind: 'open' };
  }

  #punish(): void {
    this.#wrongTries += 1;
    const overdrawn = this.#wrongTries - freeTries;
    if (overdrawn < 0) return;
    this.#nextTryAt = this.#options.now() + Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(overdrawn, 20));
  }
}
