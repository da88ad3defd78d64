import type { SourceSpec, SourceState, SourceStatus } from '../../../contract/source.ts';
import { sourceLabel, withoutCredentials } from './source-label.ts';

type Change = Partial<Omit<SourceState, 'status' | 'kind' | 'label'>>;

/** Keeps the state of one source and tells every change once. */
export class StateTeller {
  private state: SourceState;
  private tell: (state: SourceState) => void = () => {};

  constructor(spec: SourceSpec) {
    this.state = {
      status: 'closed',
      kind: spec.kind,
      label: sourceLabel(spec),
      width: 0,
      height: 0,
      framesPerSecond: 0,
      attempt: 0,
      nextAttemptAtMs: null,
      detail: null,
    };
  }

  get current(): SourceState {
    return this.state;
  }

  listen(tell: (state: SourceState) => void): void {
    this.tell = tell;
  }

  /** `nextAttemptAtMs` and `detail` are null unless given; the other fields stay as they were. */
  to(status: SourceStatus, change: Change = {}): void {
    const detail = change.detail ? withoutCredentials(change.detail) : null;
    const next: SourceState = { ...this.state, nextAttemptAtMs: null, ...change, status, detail };
    const keys = Object.keys(next) as (keyof SourceState)[];
    if (keys.every((key) => next[key] === this.state[key])) return;
    this.state = next;
    this.tell(next);
  }
}
