import type { FrameResult } from '../../contract/frame-result.ts';
import type { Settings } from '../../contract/settings.ts';
import type { FailureReason, PlaylistItem, StageReport, StageState } from '../../contract/signage.ts';
import { mainScreen } from '../../contract/signage.ts';
import type { ItemProblem, RuleTest } from '../../contract/signage-ipc.ts';
import type { ConditionGroup } from '../../contract/signage-rules.ts';
import { usableAttributes } from '../../contract/signage-rules.ts';
import type { CounterIncrement } from '../audience/counters.ts';
import type { Clock } from '../vision/clock.ts';
import type { RuleLimits } from './condition-evaluator.ts';
import type { FailingItem } from './failing-items.ts';
import { FailingItems } from './failing-items.ts';
import { itemKey, MediaHealth } from './media-health.ts';
import { isReadAsMinor, People } from './people.ts';
import { PlayAudienceMeter } from './play-audience.ts';
import { mediaNameOf } from './playlist-file.ts';
import type { PlaylistStore, StoredPlaylist } from './playlist-store.ts';
import type { PlayAudience } from './proof-of-play.ts';
import { foldPlay } from './proof-of-play.ts';
import { RuleTester } from './rule-tester.ts';
import { DueCache } from './schedule.ts';
import { ScreenProgram } from './screen-program.ts';
import type { Play } from './stage-play.ts';
import { ZoneClock } from './zone-time.ts';

export interface SignageOptions {
  readonly playlists: PlaylistStore;
  readonly settings: () => Settings;
  readonly clock: Clock;
  /** Wall clock, ms since the epoch. */
  readonly wallNow: () => number;
  /** The panel is off: nothing plays. */
  readonly isResting: () => boolean;
  readonly onState: (state: StageState) => void;
  /** An item that was to be shown cannot be. */
  readonly onItemFailed: (playlist: StoredPlaylist, item: PlaylistItem, reason: FailureReason) => void;
  /** Of the items that could not be shown and have not been seen to be right again, the latest; null = there are none. */
  readonly onFailing: (latest: FailingItem | null) => void;
  /** Plays to be counted. */
  readonly onPlayed: (increments: readonly CounterIncrement[]) => void;
}

const tickMs = 200;
/** After so long without a result, nobody is known to be there. */
const staleAfterMs = 2_000;
/** What has become of items that could not be shown is looked at so often, ms. */
const lookAgainMs = 3_000;

/** Everything that plays: what is due on each screen, who is there to react to, and what is kept of it. */
export class Signage {
  readonly #options: SignageOptions;
  readonly #people: People;
  readonly #audience: PlayAudienceMeter;
  readonly #failing: FailingItems;
  readonly #media: MediaHealth;
  readonly #tester: RuleTester;
  readonly #programs = new Map<string, ScreenProgram>();
  #zone = new ZoneClock(null);
  #due = new DueCache(this.#zone);
  #plays = 0;
  #lastResultMs = Number.NEGATIVE_INFINITY;
  #lookedMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SignageOptions) {
    this.#options = options;
    this.#audience = new PlayAudienceMeter(() => options.settings().statistics.watcherMs);
    this.#people = new People(options.settings().statistics.watcherMs, (person) => this.#audience.add(person));
    this.#failing = new FailingItems(options.onFailing);
    this.#media = new MediaHealth({
      ...options,
      onItemFailed: (stored, item, reason) => {
        options.onItemFailed(stored, item, reason);
        this.#failing.add({ playlist: stored.id, playlistName: stored.playlist.name, item, reason });
      },
    });
    this.#tester = new RuleTester(options.clock);
    this.#programs.set(mainScreen, this.#program(mainScreen));
  }

  start(): void {
    this.apply();
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  /** What is on screen is counted as over. */
  close(): void {
    clearInterval(this.#timer);
    for (const program of this.#programs.values()) program.stop();
  }

  /** @param screens the further screens that are there now and have a playlist; the main one is always there */
  useScreens(screens: readonly string[]): void {
    for (const [screen, program] of this.#programs) {
      if (screen === mainScreen || screens.includes(screen)) continue;
      program.stop();
      this.#programs.delete(screen);
    }
    for (const screen of screens) {
      if (this.#programs.has(screen)) continue;
      const program = this.#program(screen);
      this.#programs.set(screen, program);
      if (this.#isOn(screen)) program.apply();
    }
  }

  /** Settings, a playlist or its media are others now. */
  apply(): void {
    const { signage, statistics } = this.#options.settings();
    this.#people.watcherMs = statistics.watcherMs;
    this.#zone = new ZoneClock(signage.timeZone);
    this.#due = new DueCache(this.#zone);
    this.#media.forget();
    this.follow();
  }

  /** A playlist was saved, or its media are others: what was wrong may be right now. */
  changed(playlist: string): void {
    this.#failing.keep((failing) => failing.playlist !== playlist);
    this.apply();
  }

  /** The panel has been switched on or off. */
  follow(): void {
    for (const [screen, program] of this.#programs) {
      if (this.#isOn(screen)) program.apply();
      else program.stop();
    }
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

  /** For a page that has just loaded. @returns null where there is no such screen */
  state(screen: string): StageState | null {
    return this.#programs.get(screen)?.state() ?? null;
  }

  pageLost(screen: string): void {
    this.#programs.get(screen)?.pageLost();
  }

  report(screen: string, report: StageReport): void {
    this.#programs.get(screen)?.report(report);
  }

  /** Items of a playlist that cannot be shown now. */
  problemsOf(stored: StoredPlaylist): readonly ItemProblem[] {
    return this.#media.problemsOf(stored);
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
        .flatMap(({ id, playlist }) => playlist.items.map((item) => [itemKey(id, item.id), item.name] as const)),
    );
  }

  #program(screen: string): ScreenProgram {
    const { clock, wallNow, onState } = this.#options;
    return new ScreenProgram({
      screen,
      clock,
      wallNow,
      nextNumber: () => ++this.#plays,
      assigned: () => this.#assigned(screen),
      isDue: (schedule) => this.#due.isDue(schedule, wallNow()),
      isPlayable: (playlist, item) => this.#media.isPlayable(playlist, item),
      versionOf: (playlist, item) => this.#media.versionOf(playlist, item),
      limits: () => this.#limits(),
      onState,
      onFailed: (playlist, item, reason) => this.#media.failed(playlist, item, reason),
      onBegan: (play) => {
        if (screen === mainScreen) this.#beginAudience(play);
      },
      onWorks: ({ playlist, item }) => {
        if (item) this.#failing.remove(playlist, item.id);
      },
      onEnded: (play, shownMs) => this.#ended(screen, play, shownMs),
    });
  }

  #isOn(screen: string): boolean {
    const { mode, liveView } = this.#options.settings().signage;
    if (this.#options.isResting()) return false;
    return mode === 'stage' && (screen !== mainScreen || liveView.place !== 'cover');
  }

  #assigned(screen: string): StoredPlaylist | null {
    const id = this.#options.settings().signage.screens[screen];
    return id === undefined ? null : this.#options.playlists.get(id);
  }

  #tick(): void {
    if (this.#isStale() && this.#people.present.length > 0) this.#people.clear();
    this.#updateRules();
    for (const program of this.#programs.values()) program.tick();
    this.#lookAgain();
  }

  #lookAgain(): void {
    const now = this.#options.clock.now();
    if (now - this.#lookedMs < lookAgainMs) return;
    this.#lookedMs = now;
    this.#failing.keep((failing) => this.#isFailing(failing));
  }

  /** Whether a screen still has to do without this item; whether its file can be shown is only seen when it is. */
  #isFailing({ playlist, item, reason }: FailingItem): boolean {
    const { mode, screens } = this.#options.settings().signage;
    if (mode !== 'stage' || !Object.values(screens).includes(playlist)) return false;
    const known = this.#options.playlists.get(playlist)?.playlist.items.find(({ id }) => id === item.id);
    if (!known?.enabled || mediaNameOf(known) !== mediaNameOf(item)) return false;
    return reason !== 'missing' || !this.#media.isThere(playlist, known);
  }

  #isStale(): boolean {
    return this.#options.clock.now() - this.#lastResultMs > staleAfterMs;
  }

  #updateRules(): void {
    const now = this.#options.clock.now();
    for (const program of this.#programs.values()) program.updateRules(this.#people.present, now);
    this.#tester.update(this.#people.present);
  }

  #limits(): RuleLimits {
    const { live, statistics, signage } = this.#options.settings();
    return { usable: usableAttributes(live.shown, statistics.counted), minorsCount: signage.minorsTrigger };
  }

  #beginAudience({ playlist, item }: Play): void {
    this.#audience.begin(item === null ? null : itemKey(playlist, item.id));
    this.#people.beginPlay();
  }

  /** The camera stands at the main screen: who looks at another one is not known. */
  #endAudience(): PlayAudience {
    const audience = this.#audience.end(this.#people.present);
    this.#audience.begin(null);
    return audience;
  }

  #ended(screen: string, play: Play, shownMs: number): void {
    const audience = screen === mainScreen ? this.#endAudience() : null;
    if (play.item === null) return;
    const stored = this.#options.playlists.get(play.playlist);
    this.#options.onPlayed(
      foldPlay({
        screen,
        playlist: play.playlist,
        item: play.item.id,
        reason: play.reason,
        startedAtMs: play.startedAtMs,
        shownMs,
        completed: play.completed,
        hasRules: stored?.playlist.items.some((item) => item.audience !== null) ?? true,
        audience: this.#options.settings().statistics.enabled ? audience : null,
      }),
    );
  }
}
