import { describe, expect, it } from 'vitest';
import { mergeWithinMs, mostSteps, record, redo, startHistory, undo } from './history.ts';

const change = { kind: 'change' } as const;

describe('history', () => {
  it('goes back and forth through every step', () => {
    let history = record(record(startHistory('a'), 'b', change, 0), 'c', change, 1);
    history = undo(undo(history));
    expect(history.present).toBe('a');
    expect(undo(history)).toBe(history);
    history = redo(redo(history));
    expect(history.present).toBe('c');
    expect(redo(history)).toBe(history);
  });

  it('forgets what was taken back as soon as something else is done', () => {
    const history = record(undo(record(startHistory('a'), 'b', change, 0)), 'x', change, 1);
    expect(history.future).toEqual([]);
    expect(undo(history).present).toBe('a');
  });

  it('takes the typing in one field as one step', () => {
    const name = { kind: 'change', key: 'name' } as const;
    let history = startHistory('');
    for (const [at, text] of ['S', 'Sa', 'Sal', 'Sale'].entries()) history = record(history, text, name, at * 200);
    expect(history.past).toHaveLength(1);
    expect(undo(history).present).toBe('');
  });

  it('begins a new step after a pause, in another field, and after undo', () => {
    const name = { kind: 'change', key: 'name' } as const;
    const first = record(startHistory('a'), 'b', name, 0);
    expect(record(first, 'c', name, mergeWithinMs + 1).past).toHaveLength(2);
    expect(record(first, 'c', { kind: 'change', key: 'volume' }, 1).past).toHaveLength(2);
    const again = record(redo(undo(first)), 'c', name, 1);
    expect(undo(again).present).toBe('b');
  });

  it('records nothing where nothing changed', () => {
    const history = startHistory({ name: 'a' });
    expect(record(history, history.present, change, 0)).toBe(history);
  });

  it('names what the next undo and redo are about', () => {
    const history = record(startHistory('a'), 'b', { kind: 'move' }, 0);
    expect(history.past.at(-1)?.kind).toBe('move');
    expect(undo(history).future[0]?.kind).toBe('move');
  });

  it('is bounded', () => {
    let history = startHistory(0);
    for (let step = 1; step <= mostSteps + 50; step += 1) history = record(history, step, change, step);
    expect(history.past).toHaveLength(mostSteps);
    expect(history.past[0]?.value).toBe(50);
  });
});
