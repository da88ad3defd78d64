import type { FrameResult } from '../../contract/frame-result.ts';
import type { Settings } from '../../contract/settings.ts';
import type { FailureReason, PlaylistItem, StageReport, StageState } from '../../contract/signage.ts';
import { mainScreen } from '../../contract/signage.ts';
import type { ItemProblem, RuleTest } from '../../contract/signage-ipc.ts';
import type { AudienceRule, ConditionGroup } from '../../contract/signage-rules.ts';
import { usableAttributes } from '../../contract/signage-rules.ts';
import type { CounterIncrement } from '../audience/counters.ts';
import type { Clock } from '../vision/clock.ts';
import type { RuleLimits } from './condition-evaluator.ts';
import { Director } from './director.ts';
import { isReadAsMinor, People } from './people.ts';
import { PlayAudienceMeter } from './play-audience.ts';
import { isMediaThere, mediaNameOf } from './playlist-file.ts';
import type { PlaylistStore, StoredPlaylist } from './playlist-store.ts';
import { foldPlay } from './proof-of-play.ts';
import { RuleTester } from './rule-tester.ts';
import { RuleTrigger } from './rule-trigger.ts';
import { DueCache } from './schedule.ts';
import type { Play } from './stage-play.ts';
import { ZoneClock } from './zone-time.ts';

export interface SignageOptions {
  readonly playlists: PlaylistStore;
  readonly settings: () => Settings;
  readonly clock: Clock;
  /** Wall clock, ms since the epoch. */
  readonly wallNow: () => number;
  readonly onState: (state: StageState) => void;
  /** An item that was to be shown cannot be. */
  readonly onItemFailed: (playlist: StoredPlaylist, item: PlaylistItem, reason: FailureReason) => void;
  /** Plays to be counted. */
  readonly onPlayed: (increments: readonly CounterIncrement[]) => void;
}

interface KnownTrigger {
  readonly rule: AudienceRule;
  readonly limits: RuleLimits;
  readonly trigger: RuleTrigger;
}

const tickMs = 200;
/** After so long without a result, nobody is known to be there. */
const staleAfterMs = 2_000;
/** An item that failed is tried again after this long: its file may have been put right. */
const failedForMs = 60_000;
/** Whether a file is there is asked of the disk at most so often, ms. */
const lookAtDiskMs = 3_000;

/** Everything that plays: what is due, who is there to react to, what the page is told, and what is kept of it. */
export class Signage {
  readonly #options: SignageOptions;
  readonly #people: People;
  readonly #audience: PlayAudienceMeter;
  readonly #director: Director;
  readonly #triggers = new Map<string, KnownTrigger>();
  readonly #failures = new Map<string, { readonly untilMs: number; readonly reason: FailureReason }>();
  readonly #onDisk = new Map<string, { readonly atMs: number; readonly isThere: boolean }>();
  readonly #tester: RuleTester;
  #zone = new ZoneClock(null);
  #due = new DueCache(this.#zone);
  #plays = 0;
  #lastResultMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SignageOptions) {
    this.#options = options;
    this.#audience = new PlayAudienceMeter(() => options.settings().statistics.watcherMs);
    this.#people = new People(options.settings().statistics.watcherMs, (person) => this.#audience.add(person));
    this.#tester = new RuleTester(options.clock);
    this.#director = new Director({
      screen: mainScreen,
      clock: options.clock,
      wallNow: options.wallNow,
      nextNumber: () => ++this.#plays,
      playlist: () => this.#assigned(),
      isDue: (schedule) => this.#due.isDue(schedule, options.wallNow()),
      isPlayable: (playlist, item) => this.#isPlayable(playlist, item),
      triggerOf: (playlist, item) => this.#triggers.get(keyOf(playlist, item.id))?.trigger ?? null,
      onState: options.onState,
      onFailed: (playlist, item, reason) => this.#itemFailed(playlist, item, reason),
      onBegan: () => this.#began(),
      onEnded: (play, shownMs) => this.#ended(play, shownMs),
    });
  }

  start(): void {
    this.apply();
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  /** What is on screen is counted as over. */
  close(): void {
    clearInterval(this.#timer);
    this.#director.stop();
  }

  /** Settings, a playlist or its media are others now. */
  apply(): void {
    const { signage, statistics } = this.#options.settings();
    this.#people.watcherMs = statistics.watcherMs;
    this.#zone = new ZoneClock(signage.timeZone);
    this.#due = new DueCache(this.#zone);
    this.#onDisk.clear();
    this.#failures.clear();
    this.#renewTriggers();
    if (signage.mode === 'stage' && signage.liveView.place !== 'cover') {
      this.#director.start();
      this.#director.refresh();
    } else this.#director.stop();
  }

  onResult(result: FrameResult): void {
    this.#lastResultMs = this.#options.clock.now();
    this.#people.update(result);
    this.#updateRules();
  }

  /** Another source, or another engine: whoever was there is not known any more. */
  onFreshStart(): void {
    this.#people.clear();
  }

  /** For a page that has just loaded. */
  state(): StageState {
    return this.#director.state();
  }

  pageLost(): void {
    this.#director.pageLost();
  }

  report(report: StageReport): void {
    this.#director.report(report);
  }

  /** Items of a playlist that cannot be shown now. */
  problemsOf({ id, playlist }: StoredPlaylist): readonly ItemProblem[] {
    return playlist.items.flatMap((item): ItemProblem[] => {
      if (!this.#isThere(id, item)) return [{ item: item.id, reason: 'missing' }];
      const failure = this.#failures.get(keyOf(id, item.id));
      return failure ? [{ item: item.id, reason: failure.reason }] : [];
    });
  }

  /** Whether a condition holds now; fills its windows while it is asked again and again. */
  test(when: ConditionGroup): RuleTest {
    const present = this.#people.present;
    const { minorsTrigger } = this.#options.settings().signage;
    return {
      ...this.#tester.test(when, this.#limits(), present),
      passersBy: present.length,
      watchers: present.filter(({ watching }) => watching).length,
      minors: minorsTrigger ? 0 : present.filter(isReadAsMinor).length,
      stale: this.#isStale(),
    };
  }

  /** The items of all playlists by `<playlist>/<item>`, for reports. */
  itemNames(): ReadonlyMap<string, string> {
    return new Map(
      this.#options.playlists
        .list()
        .flatMap(({ id, playlist }) => playlist.items.map((item) => [keyOf(id, item.id), item.name] as const)),
    );
  }

  #assigned(): StoredPlaylist | null {
    const id = this.#options.settings().signage.screens[mainScreen];
    return id === undefined ? null : this.#options.playlists.get(id);
  }

  #tick(): void {
    if (this.#isStale() && this.#people.present.length > 0) this.#people.clear();
    this.#updateRules();
    this.#director.tick();
  }

  #isStale(): boolean {
    return this.#options.clock.now() - this.#lastResultMs > staleAfterMs;
  }

  #updateRules(): void {
    const now = this.#options.clock.now();
    for (const { trigger } of this.#triggers.values()) trigger.update(this.#people.present, now);
    this.#tester.update(this.#people.present);
  }

  /** Rules that are the same as before go on where they are. */
  #renewTriggers(): void {
    const before = new Map(this.#triggers);
    this.#triggers.clear();
    const stored = this.#assigned();
    for (const item of stored?.playlist.items ?? []) {
      if (!stored || !item.audience) continue;
      const key = keyOf(stored.id, item.id);
      const known = before.get(key);
      const limits = this.#limits();
      if (known && isSame(known.rule, item.audience) && isSame(known.limits, limits)) {
        this.#triggers.set(key, known);
        continue;
      }
      const trigger = new RuleTrigger(item.audience, limits);
      if (known) trigger.inherit(known.trigger);
      this.#triggers.set(key, { rule: item.audience, limits, trigger });
    }
  }

  #limits(): RuleLimits {
    const { live, statistics, signage } = this.#options.settings();
    return { usable: usableAttributes(live.shown, statistics.counted), minorsCount: signage.minorsTrigger };
  }

  #isPlayable(playlist: string, item: PlaylistItem): boolean {
    const key = keyOf(playlist, item.id);
    const failure = this.#failures.get(key);
    if (failure && failure.untilMs > this.#options.clock.now()) return false;
    if (failure) this.#failures.delete(key);
    return this.#isThere(playlist, item);
  }

  #isThere(playlist: string, item: PlaylistItem): boolean {
    const key = `${playlist}/${mediaNameOf(item)}`;
    const now = this.#options.clock.now();
    const known = this.#onDisk.get(key);
    if (known && now - known.atMs < lookAtDiskMs) return known.isThere;
    const isThere = isMediaThere(this.#options.playlists.folderOf(playlist), item);
    this.#onDisk.set(key, { atMs: now, isThere });
    if (!isThere && known?.isThere !== false) this.#tellFailed(playlist, item, 'missing');
    return isThere;
  }

  #itemFailed(playlist: string, item: PlaylistItem, reason: FailureReason): void {
    this.#failures.set(keyOf(playlist, item.id), { untilMs: this.#options.clock.now() + failedForMs, reason });
    this.#tellFailed(playlist, item, reason);
  }

  #tellFailed(playlist: string, item: PlaylistItem, reason: FailureReason): void {
    const stored = this.#options.playlists.get(playlist);
    if (stored) this.#options.onItemFailed(stored, item, reason);
  }

  #began(): void {
    this.#audience.begin();
    this.#people.beginPlay();
  }

  #ended(play: Play, shownMs: number): void {
    const settings = this.#options.settings();
    const audience = this.#audience.end(this.#people.present);
    this.#audience.begin();
    if (play.item === null) return;
    const stored = this.#options.playlists.get(play.playlist);
    this.#options.onPlayed(
      foldPlay({
        screen: mainScreen,
        playlist: play.playlist,
        item: play.item.id,
        reason: play.reason,
        startedAtMs: play.startedAtMs,
        shownMs,
        completed: play.completed,
        hasRules: stored?.playlist.items.some((item) => item.audience !== null) ?? true,
        audience: settings.statistics.enabled ? audience : null,
      }),
    );
  }
}

function keyOf(playlist: string, item: string): string {
  return `${playlist}/${item}`;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
