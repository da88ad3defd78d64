import { describe, expect, it } from 'vitest';
import type { SourceState } from '../../../contract/source.ts';
import { StateTeller } from './source-state.ts';

describe('StateTeller', () => {
  it('tells each change once', () => {
    const told: SourceState[] = [];
    const teller = new StateTeller({ kind: 'demo' });
    teller.listen((state) => told.push(state));
    teller.to('opening');
    teller.to('running', { width: 1280, height: 720 });
    teller.to('running', { width: 1280, height: 720 });
    teller.to('running');
    expect(told.map(({ status, width }) => [status, width])).toEqual([
      ['opening', 0],
      ['running', 1280],
    ]);
  });

  it('forgets the reason and the next attempt with the next state', () => {
    const teller = new StateTeller({ kind: 'stream', url: 'http://host/live' });
    teller.to('waiting', { detail: 'refused', nextAttemptAtMs: 5, attempt: 1 });
    expect(teller.current).toMatchObject({ detail: 'refused', nextAttemptAtMs: 5, attempt: 1 });
    teller.to('opening');
    expect(teller.current).toMatchObject({ detail: null, nextAttemptAtMs: null, attempt: 1 });
  });

  it('keeps credentials out of the reason', () => {
    const teller = new StateTeller({ kind: 'stream', url: 'rtsp://me:secret@host/live' });
    teller.to('waiting', { detail: 'rtsp://me:secret@host/live refused' });
    expect(JSON.stringify(teller.current)).not.toContain('secret');
  });
});
