import type { Problem, ProblemCode } from '../../contract/problems.ts';

/** Only these can be waved away; everything else stays until its cause is gone. */
const severities: Readonly<Record<ProblemCode, Problem['severity']>> = {
  'source-missing': 'warning',
  'pictures-missing': 'warning',
  'source-stalled': 'warning',
  'source-broken': 'error',
  'camera-denied': 'error',
  'stream-refused': 'error',
  'stream-unknown': 'error',
  'detector-unavailable': 'error',
  'attributes-unavailable': 'error',
  'engine-restarting': 'warning',
  'engine-given-up': 'error',
  'settings-damaged': 'notice',
  'settings-unwritable': 'warning',
  'start-at-login-failed': 'notice',
  'statistics-damaged': 'notice',
  'statistics-unwritable': 'warning',
  'statistics-paused': 'notice',
  'renderer-restarted': 'notice',
  'signage-media': 'warning',
  'signage-playlist-damaged': 'notice',
  'signage-unwritable': 'warning',
};

export interface ProblemRegistryOptions {
  /** Ms since the epoch. */
  readonly now: () => number;
  readonly onChange: (problems: readonly Problem[]) => void;
}

/** What is wrong at present, one entry per code, oldest first. */
export class ProblemRegistry {
  readonly #options: ProblemRegistryOptions;
  readonly #problems = new Map<ProblemCode, Problem>();

  constructor(options: ProblemRegistryOptions) {
    this.#options = options;
  }

  get current(): readonly Problem[] {
    return [...this.#problems.values()];
  }

  /** Says it again with other facts keeps the time since when it stands. Listeners hear of changes only. */
  raise(code: ProblemCode, params: Problem['params'] = {}): void {
    const known = this.#problems.get(code);
    if (known && sameParams(known.params, params)) return;
    const sinceMs = known?.sinceMs ?? this.#options.now();
    this.#problems.set(code, { code, severity: severities[code], sinceMs, params });
    this.#options.onChange(this.current);
  }

  clear(...codes: readonly ProblemCode[]): void {
    const removed = codes.filter((code) => this.#problems.delete(code));
    if (removed.length > 0) this.#options.onChange(this.current);
  }

  /** @returns false when the problem is not one to be waved away */
  dismiss(code: ProblemCode): boolean {
    if (severities[code] !== 'notice') return false;
    this.clear(code);
    return true;
  }
}

function sameParams(a: Problem['params'], b: Problem['params']): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
