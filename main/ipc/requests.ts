import type { ApplicationInfo, DisplayInfo, KioskSnapshot } from '../../contract/ipc.ts';
import type { Settings } from '../../contract/settings.ts';
import type { CameraInfo, SourceState } from '../../contract/source.ts';
import type { LiveCounters, StoredContents } from '../../contract/statistics.ts';
import type { PinLock } from '../kiosk/pin-lock.ts';
import { hashPin } from '../kiosk/pin-lock.ts';
import type { ProblemRegistry } from '../problems/problem-registry.ts';
import type { RunSettings } from '../settings/run-settings.ts';
import { type InsightsServices, insightsHandlers } from './insights-requests.ts';
import type { RequestHandlers } from './request-router.ts';
import { RequestError } from './request-router.ts';
import { type SignageServices, signageHandlers } from './signage-requests.ts';

/** What the requests of the page act upon. */
export interface KioskServices {
  readonly settings: RunSettings;
  readonly lock: PinLock;
  readonly problems: ProblemRegistry;
  readonly source: () => SourceState;
  readonly counters: () => LiveCounters;
  readonly panelOff: () => boolean;
  readonly info: () => ApplicationInfo;
  readonly choosePin: (pinHash: string) => void;
  readonly onSaved: (now: Settings, before: Settings) => void;
  readonly cameras: () => Promise<readonly CameraInfo[]>;
  readonly displays: () => readonly DisplayInfo[];
  readonly chooseFile: (kind: 'video' | 'images') => Promise<string | null>;
  readonly stored: () => StoredContents | Promise<StoredContents>;
  readonly leave: () => void;
  readonly insights: InsightsServices;
  readonly signage: SignageServices;
}

/** The answer to each request of the page. Who may ask, and with what, has been checked before. */
export function requestHandlers(services: KioskServices): RequestHandlers {
  const { settings, lock, problems } = services;
  return {
    'kiosk:snapshot': () => snapshot(services),
    'operator:unlock': async ({ pin }) => {
      const outcome = await lock.try(pin);
      if (outcome.kind === 'wait') throw tooManyTries(outcome.forMs);
      return outcome.kind === 'open';
    },
    'operator:lock': () => {
      lock.close();
      return null;
    },
    'operator:choose-pin': async ({ pin }) => {
      services.choosePin(await hashPin(pin));
      services.insights.record({ kind: 'pin-changed', details: {} });
      lock.open();
      return null;
    },
    'operator:leave': () => {
      services.leave();
      return null;
    },
    'settings:save': (sent) => {
      const { now, before } = settings.save(sent);
      services.onSaved(now, before);
      return settings.shown;
    },
    'cameras:list': async () => {
      try {
        return await services.cameras();
      } catch {
        throw new RequestError('no-engine', 'The cameras cannot be listed at the moment. Try again in a few seconds.');
      }
    },
    'displays:list': () => services.displays(),
    'source:choose-file': ({ kind }) => services.chooseFile(kind),
    'statistics:stored': () => services.stored(),
    'problems:dismiss': ({ code }) => {
      if (!problems.dismiss(code)) {
        throw new RequestError('not-dismissible', 'This stays on screen until its cause is gone.');
      }
      return null;
    },
    ...insightsHandlers(services.insights),
    ...signageHandlers(services.signage),
  };
}

function snapshot({ settings, problems, source, counters, panelOff, info }: KioskServices): KioskSnapshot {
  return {
    settings: settings.shown,
    source: source(),
    problems: problems.current,
    counters: counters(),
    pinChosen: settings.current.access.pinHash !== null,
    panelOff: panelOff(),
    info: info(),
  };
}

function tooManyTries(forMs: number): RequestError {
  const seconds = Math.ceil(forMs / 1000);
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return new RequestError('too-many-tries', `Too many wrong PINs. Wait ${wait}, then try again.`);
}
