import type { DayRange, InsightsReport, TodayFigures } from '../../contract/insights.ts';
import type { Outcome } from '../../contract/ipc.ts';
import { ask } from '../bridge.ts';
import { errorText } from '../error-text.ts';

/** The figures on the page. `onLocked` is called when the lock has closed meanwhile. */
export class InsightsData {
  report = $state.raw<InsightsReport | null>(null);
  today = $state.raw<TodayFigures | null>(null);
  loading = $state(false);
  problem = $state('');
  #asked = 0;
  readonly #onLocked: () => void;

  constructor(onLocked: () => void) {
    this.#onLocked = onLocked;
  }

  /** The answer to an older question never replaces that to a newer one. */
  async load(range: DayRange): Promise<void> {
    this.#asked += 1;
    const turn = this.#asked;
    this.loading = true;
    const answer = await ask('insights:report', range);
    if (turn !== this.#asked) return;
    this.loading = false;
    this.problem = this.#problemOf(answer);
    if (answer.ok) this.report = answer.value;
  }

  async loadToday(): Promise<void> {
    const answer = await ask('insights:today');
    if (answer.ok) this.today = answer.value;
    else this.#problemOf(answer);
  }

  #problemOf(answer: Outcome<unknown>): string {
    if (answer.ok) return '';
    if (answer.error.code === 'locked') this.#onLocked();
    return errorText(answer.error);
  }
}
