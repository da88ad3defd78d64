/** Decides which faces are read in a frame, so that every track gets its share and the frame rate stays flat. */

/** A face that could be read in this frame. */
export interface Candidate {
  readonly trackId: number;
  /** Crops of this track that have been read so far. */
  readonly readings: number;
  /** Source time of its last attempt in ms, or null when there was none. */
  readonly lastAttemptMs: number | null;
  /** Expected quality, 0..1: of two that wait equally long, the better one first. */
  readonly quality: number;
}

/** A young track is read more often, until there are enough readings to lean on. */
const youngReadings = 6;
const youngIntervalMs = 120;
/** Twice a second is owed to each face; a little less than half a second leaves room for waiting a frame. */
const intervalMs = 420;

/** Weight of the newest measurement in the cost model. */
const costWeight = 0.1;

/** What a frame leaves of its budget is kept for the next ones, up to so many budgets. */
const mostBudgetsKept = 2;

export class AttributeScheduler {
  readonly #maxBatch: number;
  #msPerFace: number;
  /** Left over from frames before, ms: a face that costs two thirds of the budget is then read in every frame and a half. */
  #keptMs = 0;

  /**
   * @param maxBatch most faces in one frame
   * @param msPerFace first guess of the cost of one face (crop and network), replaced by what is measured
   */
  constructor(maxBatch: number, msPerFace = 6) {
    this.#maxBatch = maxBatch;
    this.#msPerFace = msPerFace;
  }

  /** What one face is expected to cost now, in ms. */
  get msPerFace(): number {
    return this.#msPerFace;
  }

  /**
   * The faces to be read in this frame, most urgent first: never read ones before all others, then those that are the
   * longest overdue. At least one where any is due, however small the budget, so that nobody waits for ever.
   *
   * @param nowMs source time of the frame
   * @param budgetMs for all of them together
   */
  choose(candidates: readonly Candidate[], nowMs: number, budgetMs: number): readonly Candidate[] {
    const availableMs = budgetMs + this.#keptMs;
    const room = Math.min(this.#maxBatch, Math.max(1, Math.floor(availableMs / this.#msPerFace)));
    const chosen = candidates
      .filter((candidate) => urgency(candidate, nowMs) >= 1)
      .sort((a, b) => moreUrgent(a, b, nowMs))
      .slice(0, room);
    const leftMs = availableMs - chosen.length * this.#msPerFace;
    this.#keptMs = Math.min(Math.max(leftMs, 0), mostBudgetsKept * budgetMs);
    return chosen;
  }

  /** Tells what reading `faces` faces has really cost. */
  measured(faces: number, ms: number): void {
    if (faces < 1 || !(ms >= 0)) return;
    this.#msPerFace += costWeight * (Math.max(ms / faces, 0.05) - this.#msPerFace);
  }
}

function moreUrgent(a: Candidate, b: Candidate, nowMs: number): number {
  const [urgencyA, urgencyB] = [urgency(a, nowMs), urgency(b, nowMs)];
  return urgencyA === urgencyB ? b.quality - a.quality : urgencyB - urgencyA;
}

/** Time since the last attempt in intervals: 1 = due. Never read faces come before everything. */
function urgency(candidate: Candidate, nowMs: number): number {
  if (candidate.lastAttemptMs === null) return Number.POSITIVE_INFINITY;
  const interval = candidate.readings < youngReadings ? youngIntervalMs : intervalMs;
  return (nowMs - candidate.lastAttemptMs) / interval;
}
