import type { FailureReason, PlaylistItem, StageReport, StageState } from '../../contract/signage.ts';
import type { AudienceRule } from '../../contract/signage-rules.ts';
import type { Schedule } from '../../contract/signage-schedule.ts';
import type { Clock } from '../vision/clock.ts';
import type { RuleLimits } from './condition-evaluator.ts';
import { Director } from './director.ts';
import type { Person } from './people.ts';
import type { StoredPlaylist } from './playlist-store.ts';
import { RuleTrigger } from './rule-trigger.ts';
import type { Play } from './stage-play.ts';

export interface ScreenProgramOptions {
  readonly screen: string;
  readonly clock: Clock;
  /** Wall clock, ms since the epoch. */
  readonly wallNow: () => number;
  /** A number that no other play of this run has. */
  readonly nextNumber: () => number;
  /** The playlist that this screen is to play now; null = none. */
  readonly assigned: () => StoredPlaylist | null;
  readonly isDue: (schedule: Schedule) => boolean;
  readonly isPlayable: (playlist: string, item: PlaylistItem) => boolean;
  /** Another one when its media are. */
  readonly versionOf: (playlist: string, item: PlaylistItem) => string;
  readonly limits: () => RuleLimits;
  readonly onState: (state: StageState) => void;
  readonly onFailed: (playlist: string, item: PlaylistItem, reason: FailureReason) => void;
  readonly onBegan: (play: Play) => void;
  /** Its medium can be shown. */
  readonly onWorks: (play: Play) => void;
  readonly onEnded: (play: Play, shownMs: number) => void;
}

interface KnownTrigger {
  readonly rule: AudienceRule;
  readonly limits: RuleLimits;
  readonly trigger: RuleTrigger;
}

/** What one screen plays, with rules of its own: a cool-down on one screen does not hold up the other. */
export class ScreenProgram {
  readonly #options: ScreenProgramOptions;
  readonly #director: Director;
  readonly #triggers = new Map<string, KnownTrigger>();
  /** As the disk had it at the last tick: the director asks for it several times in each. */
  #applied: StoredPlaylist | null = null;

  constructor(options: ScreenProgramOptions) {
    this.#options = options;
    this.#director = new Director({
      ...options,
      playlist: () => this.#applied,
      triggerOf: (_, item) => this.#triggers.get(item.id)?.trigger ?? null,
    });
  }

  /** The playlist, its media or the settings are others now, or the screen is to begin. */
  apply(): void {
    this.#use(this.#options.assigned());
    this.#director.start();
    this.#director.refresh();
  }

  /** What is on screen is counted as over. */
  stop(): void {
    this.#director.stop();
  }

  updateRules(people: readonly Person[], nowMs: number): void {
    for (const { trigger } of this.#triggers.values()) trigger.update(people, nowMs);
  }

  tick(): void {
    // Its file may have been changed by another program.
    const assigned = this.#options.assigned();
    if (assigned !== this.#applied) {
      this.#use(assigned);
      this.#director.refresh();
    }
    this.#director.tick();
  }

  /** For a page that has just loaded. */
  state(): StageState {
    return this.#director.state();
  }

  report(report: StageReport): void {
    this.#director.report(report);
  }

  pageLost(): void {
    this.#director.pageLost();
  }

  /** Rules that are the same as before go on where they are. */
  #use(assigned: StoredPlaylist | null): void {
    const before = new Map(this.#triggers);
    this.#triggers.clear();
    this.#applied = assigned;
    const limits = this.#options.limits();
    for (const { id, audience } of assigned?.playlist.items ?? []) {
      if (!audience) continue;
      const known = before.get(id);
      if (known && isSame(known.rule, audience) && isSame(known.limits, limits)) {
        this.#triggers.set(id, known);
        continue;
      }
      const trigger = new RuleTrigger(audience, limits);
      if (known) trigger.inherit(known.trigger);
      this.#triggers.set(id, { rule: audience, limits, trigger });
    }
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
