import type {
  FailureReason,
  Playlist,
  PlaylistItem,
  StagePlay,
  StageReport,
  StageState,
} from '../../contract/signage.ts';
import { stageItemOf } from '../../contract/signage.ts';
import type { Schedule } from '../../contract/signage-schedule.ts';
import type { Clock } from '../vision/clock.ts';
import type { RuleTrigger } from './rule-trigger.ts';
import type { Play } from './stage-play.ts';
import { lengthOf, shownPlay } from './stage-play.ts';
import { Turns } from './turns.ts';

export interface DirectorOptions {
  readonly screen: string;
  readonly clock: Clock;
  /** Wall clock, ms since the epoch. */
  readonly wallNow: () => number;
  /** A number that no other play of this run has. */
  readonly nextNumber: () => number;
  /** What this screen is to play now; null = nothing is assigned. */
  readonly playlist: () => { readonly id: string; readonly playlist: Playlist } | null;
  readonly isDue: (schedule: Schedule) => boolean;
  /** Its media are there and have not failed lately. */
  readonly isPlayable: (playlist: string, item: PlaylistItem) => boolean;
  /** Another one when its media are. */
  readonly versionOf: (playlist: string, item: PlaylistItem) => string;
  readonly triggerOf: (playlist: string, item: PlaylistItem) => RuleTrigger | null;
  readonly onState: (state: StageState) => void;
  readonly onFailed: (playlist: string, item: PlaylistItem, reason: FailureReason) => void;
  readonly onBegan: (play: Play) => void;
  /** Its medium can be shown: a picture or page is on screen, a film has played through. May be told more than once. */
  readonly onWorks: (play: Play) => void;
  /** It has left the screen. */
  readonly onEnded: (play: Play, shownMs: number) => void;
}

/** A page that is alive and has not shown an item after so long will not show it. */
export const startTimeoutMs = 10_000;

/**
 * Decides what plays on one screen, now and next. It is the authority: the page reports what has begun, ended or failed,
 * and gets a new state; a page that reports nothing is not waited for. What was on screen is told as over only once
 * something else is seen in its place, so the screen is never empty.
 */
export class Director {
  readonly #options: DirectorOptions;
  readonly #turns = new Turns();
  #running = false;
  #pageIsThere = false;
  #revision = 0;
  #current: Play | null = null;
  #next: Play | null = null;
  #onScreen: Play | null = null;
  #cancelTimer: () => void = () => {};

  constructor(options: DirectorOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#advance(false);
  }

  /** Nothing is to play any more. */
  stop(): void {
    if (!this.#running) return;
    this.#running = false;
    this.#cancelTimer();
    this.#leaveScreen();
    this.#current = null;
    this.#next = null;
    this.#emit();
  }

  /** For a page that has just loaded: with how far the present play is. */
  state(): StageState {
    this.#pageIsThere = true;
    if (this.#current && this.#current.startedMs === null) this.#current.askedMs = this.#options.clock.now();
    return this.#stateNow();
  }

  /** The page is gone and will be loaded again: it is not blamed on the item that nothing begins. */
  pageLost(): void {
    this.#pageIsThere = false;
  }

  report(report: StageReport): void {
    this.#pageIsThere = true;
    const current = this.#current;
    if (report.kind === 'failed') this.#failed(report.play, report.reason);
    else if (current === null || report.play !== current.number) return;
    else if (report.kind === 'started') this.#started(current, report.mediaMs);
    else if (current.startedMs !== null && current.item?.durationMs === null) this.#advance(true);
  }

  /** The playlist, its media or the settings are others now. */
  refresh(): void {
    const stored = this.#options.playlist();
    this.#turns.follow(stored?.playlist.items ?? []);
    if (!this.#running) return;
    const current = this.#current;
    if (current?.item) this.#follow(current, current.item, stored);
    else this.tick();
  }

  /** Looks at the rules, the schedule and the clock; to be called a few times a second. */
  tick(): void {
    if (!this.#running) return;
    const now = this.#options.clock.now();
    const current = this.#current;
    if (current === null) {
      this.#advance(false);
      return;
    }
    if (current.startedMs === null) {
      if (!this.#pageIsThere) current.askedMs = now;
      else if (now - current.askedMs > startTimeoutMs) this.#failed(current.number, 'stalled');
      return;
    }
    const shownMs = now - current.startedMs;
    if (current.item?.kind !== 'video' || shownMs >= (current.mediaMs ?? Number.POSITIVE_INFINITY)) {
      this.#options.onWorks(current);
    }
    const isOver = shownMs >= lengthOf(current);
    if (isOver || (shownMs >= this.#leastShowMs(current) && this.#hasToLeave(current))) this.#advance(isOver);
    else if (this.#prepare()) this.#emit();
  }

  /** What is on screen, or about to be, takes over what has become of its item; what is the same as before goes on. */
  #follow(current: Play, before: PlaylistItem, stored: ReturnType<DirectorOptions['playlist']>): void {
    const item = stored?.id === current.playlist && stored.playlist.items.find(({ id }) => id === before.id);
    if (!item || !(item.enabled && isSameMedium(item, before))) {
      this.#advance(false);
      return;
    }
    current.item = item;
    if (isShownAlike(item, before)) {
      if (current.startedMs !== null) this.#endInTime(current, current.startedMs);
      this.tick();
    } else this.#beginAgain(current, item);
  }

  /** The page shows a play as it was told to at its beginning. */
  #beginAgain({ playlist, reason }: Play, item: PlaylistItem): void {
    this.#cancelTimer();
    this.#current = this.#make(playlist, item, reason);
    this.#prepare();
    this.#emit();
  }

  #endInTime(play: Play, startedMs: number): void {
    this.#cancelTimer();
    const restMs = startedMs + lengthOf(play) - this.#options.clock.now();
    this.#cancelTimer = this.#options.clock.after(Math.max(0, restMs), () => this.#advance(true));
  }

  #started(play: Play, mediaMs: number | null): void {
    if (play.startedMs !== null) return;
    this.#leaveScreen();
    play.startedMs = this.#options.clock.now();
    play.startedAtMs = this.#options.wallNow();
    play.mediaMs = mediaMs;
    this.#onScreen = play;
    this.#options.onBegan(play);
    this.#endInTime(play, play.startedMs);
  }

  #failed(number: number, reason: FailureReason): void {
    const play = [this.#current, this.#next].find((each) => each?.number === number);
    if (!play?.item) return;
    this.#options.onFailed(play.playlist, play.item, reason);
    this.#coolDown(play);
    if (play === this.#current) this.#advance(false);
    else if (this.#prepare()) this.#emit();
  }

  #leaveScreen(): void {
    const play = this.#onScreen;
    this.#onScreen = null;
    if (play?.startedMs != null) this.#options.onEnded(play, this.#options.clock.now() - play.startedMs);
  }

  /** Goes on to what comes next. @param completed whether the present play was shown as long as it should be */
  #advance(completed: boolean): void {
    this.#cancelTimer();
    if (this.#current) {
      this.#current.completed = completed;
      if (completed) this.#options.onWorks(this.#current);
      this.#coolDown(this.#current);
    }
    this.#current = null;
    this.#prepare();
    this.#current = this.#next;
    if (this.#current) {
      this.#current.askedMs = this.#options.clock.now();
      if (this.#current.item && this.#current.reason === 'schedule') this.#turns.taken(this.#current.item);
    }
    this.#next = null;
    this.#prepare();
    this.#emit();
  }

  #coolDown({ reason, item, playlist }: Play): void {
    if (reason !== 'rule' || item === null) return;
    this.#options.triggerOf(playlist, item)?.played(this.#options.clock.now());
  }

  /** Makes `next` what should come next. @returns whether it is another than before */
  #prepare(): boolean {
    const stored = this.#options.playlist();
    const rule = stored && this.#firing(stored.id, stored.playlist);
    const due = stored ? this.#due(stored.id, stored.playlist) : [];
    const top = due[0]?.priority ?? -1;
    if (rule && rule.priority >= top && rule.id !== this.#ruleItemOnScreen()) {
      return this.#choose(stored.id, rule, 'rule');
    }
    const item = this.#turns.next(due);
    return this.#choose(stored?.id ?? '', item, item ? 'schedule' : 'default');
  }

  /** @returns whether it is another than before */
  #choose(playlist: string, item: PlaylistItem | null, reason: Play['reason']): boolean {
    if (this.#next?.item === item && this.#next?.reason === reason) return false;
    this.#next = this.#make(playlist, item, reason);
    return true;
  }

  /** The items whose turn it may be: of the highest priority that is due, in their order. */
  #due(playlist: string, { items }: Playlist): readonly PlaylistItem[] {
    const due = items.filter((item) => takesTurns(item) && this.#canPlay(playlist, item));
    const top = due.reduce((most, { priority }) => Math.max(most, priority), 0);
    return due.filter(({ priority }) => priority === top);
  }

  /** The item of the highest priority whose rule fires; of several the first. */
  #firing(playlist: string, { items }: Playlist): PlaylistItem | null {
    const now = this.#options.clock.now();
    let best: PlaylistItem | null = null;
    for (const item of items) {
      if (item.audience === null || (best && item.priority <= best.priority)) continue;
      if (this.#canPlay(playlist, item) && this.#options.triggerOf(playlist, item)?.fires(now)) best = item;
    }
    return best;
  }

  #canPlay(playlist: string, item: PlaylistItem): boolean {
    return item.enabled && this.#options.isDue(item.schedule) && this.#options.isPlayable(playlist, item);
  }

  #ruleItemOnScreen(): string | null {
    return this.#current?.reason === 'rule' ? (this.#current.item?.id ?? null) : null;
  }

  /** Whether something more urgent cuts in, or the present item has lost its reason. */
  #hasToLeave(current: Play): boolean {
    const stored = this.#options.playlist();
    if (!stored) return current.item !== null;
    // What may be shown until eight is not shown after eight, however long it is.
    if (current.item && !this.#options.isDue(current.item.schedule)) return true;
    if (current.item && current.reason === 'schedule' && !takesTurns(current.item)) return true;
    const priority = current.item?.priority ?? -1;
    const rule = this.#firing(stored.id, stored.playlist);
    const top = this.#due(stored.id, stored.playlist)[0]?.priority ?? -1;
    if (top > priority) return true;
    if (rule?.audience?.interrupt && rule.id !== current.item?.id && rule.priority >= top) {
      if (current.reason === 'rule' ? rule.priority > priority : rule.priority >= priority) return true;
    }
    if (current.reason !== 'rule' || !current.item?.audience?.endWhenOver) return false;
    const trigger = this.#options.triggerOf(current.playlist, current.item);
    return trigger !== null && !trigger.holds;
  }

  #leastShowMs({ reason, item }: Play): number {
    const least = this.#options.playlist()?.playlist.leastShowMs ?? 1_000;
    return reason === 'rule' && item?.audience ? Math.max(least, item.audience.minShowMs) : least;
  }

  #make(playlist: string, item: PlaylistItem | null, reason: Play['reason']): Play {
    return {
      number: this.#options.nextNumber(),
      playlist,
      item,
      reason,
      askedMs: this.#options.clock.now(),
      startedMs: null,
      startedAtMs: 0,
      mediaMs: null,
      completed: false,
    };
  }

  #emit(): void {
    this.#revision += 1;
    this.#options.onState(this.#stateNow());
  }

  #stateNow(): StageState {
    return {
      screen: this.#options.screen,
      revision: this.#revision,
      current: this.#current && this.#shown(this.#current),
      next: this.#next && this.#shown(this.#next),
    };
  }

  #shown(play: Play): StagePlay {
    const version = play.item ? this.#options.versionOf(play.playlist, play.item) : '';
    return shownPlay(play, this.#options.clock.now(), version);
  }
}

function isSameMedium(a: PlaylistItem, b: PlaylistItem): boolean {
  if (a.kind === 'html') return b.kind === 'html' && a.folder === b.folder;
  return b.kind === a.kind && a.file === b.file;
}

/** Also without anybody whom its rule waits for. */
function takesTurns({ audience }: PlaylistItem): boolean {
  return audience === null || audience.alsoWithout;
}

/** Whether the page would draw both in the same way, and with the same sound. */
function isShownAlike(a: PlaylistItem, b: PlaylistItem): boolean {
  const [one, other] = [stageItemOf('', a), stageItemOf('', b)];
  return one.fit === other.fit && one.volume === other.volume && one.loop === other.loop;
}
