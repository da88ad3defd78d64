/** What a step did, for the words on the undo button. */
export const editKinds = ['add', 'remove', 'move', 'duplicate', 'change', 'schedule', 'rule'] as const;
export type EditKind = (typeof editKinds)[number];

/** Steps that can be taken back; older ones are forgotten. */
export const mostSteps = 200;
/** Changes of one field that follow each other within this time are one step: a word, not its letters. */
export const mergeWithinMs = 1_500;

interface Step<Value> {
  /** The value before the edit (in `past`) or after it (in `future`). */
  readonly value: Value;
  readonly kind: EditKind;
}

/** A value with everything that was done to it. Immutable: each operation gives a new history. */
export interface History<Value> {
  readonly present: Value;
  readonly past: readonly Step<Value>[];
  readonly future: readonly Step<Value>[];
  /** What the last edit was about, while more of the same may still join it. */
  readonly open: { readonly key: string; readonly atMs: number } | null;
}

export interface Edit {
  readonly kind: EditKind;
  /** Names the field that is typed in; edits without a key are steps of their own. */
  readonly key?: string;
}

export const startHistory = <Value>(present: Value): History<Value> => ({ present, past: [], future: [], open: null });

/** @param nowMs of a monotonic clock */
export function record<Value>(history: History<Value>, value: Value, edit: Edit, nowMs: number): History<Value> {
  if (value === history.present) return history;
  const open = edit.key === undefined ? null : { key: edit.key, atMs: nowMs };
  const joins = open !== null && history.open?.key === open.key && nowMs - history.open.atMs <= mergeWithinMs;
  if (joins) return { ...history, present: value, future: [], open };
  const past = [...history.past, { value: history.present, kind: edit.kind }].slice(-mostSteps);
  return { present: value, past, future: [], open };
}

export function undo<Value>(history: History<Value>): History<Value> {
  const step = history.past.at(-1);
  if (!step) return history;
  const future = [{ value: history.present, kind: step.kind }, ...history.future];
  return { present: step.value, past: history.past.slice(0, -1), future, open: null };
}

export function redo<Value>(history: History<Value>): History<Value> {
  const [step, ...future] = history.future;
  if (!step) return history;
  const past = [...history.past, { value: history.present, kind: step.kind }];
  return { present: step.value, past, future, open: null };
}
