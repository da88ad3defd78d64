import { beforeEach, describe, expect, it } from 'vitest';
import { type PanelHours, panelHoursSchema } from '../../../contract/panel.ts';
import { settingsSchema } from '../../../contract/settings.ts';
import { lightAfterTouchMs, type PanelState, PanelWatch } from './panel-watch.ts';

const minuteMs = 60_000;
const day = (fromTime: string, toTime: string) => ({ fromTime, toTime });
const week = (monday: ReturnType<typeof day> | null, others = monday) => [monday, ...Array(6).fill(others)];

let wallMs = 0;
let operator = false;
let told: PanelState[] = [];

function watch(panel: Partial<PanelHours>, timeZone = 'Europe/Berlin'): PanelWatch {
  const settings = settingsSchema.parse({ display: { panel: { byTime: true, ...panel } }, signage: { timeZone } });
  return new PanelWatch({
    settings: () => settings,
    now: () => wallMs,
    wallNow: () => wallMs,
    isOperatorHere: () => operator,
    onState: (state) => told.push(state),
  });
}

/** Looks once a minute, and says when the panel went on or off, in UTC. */
function changes(panel: PanelWatch, from: number, to: number): string[] {
  const found: string[] = [];
  let playing: boolean | null = null;
  for (wallMs = from; wallMs < to; wallMs += minuteMs) {
    panel.look();
    if (panel.state.playing !== playing && playing !== null) {
      found.push(`${new Date(wallMs).toISOString().slice(5, 16)} ${panel.state.playing ? 'on' : 'off'}`);
    }
    playing = panel.state.playing;
  }
  return found;
}

beforeEach(() => {
  wallMs = Date.UTC(2026, 10, 25, 12);
  operator = false;
  told = [];
});

describe('PanelWatch', () => {
  it('is always on unless it goes by the time', () => {
    const panel = watch({ byTime: false, days: week(null) });
    expect(changes(panel, Date.UTC(2026, 10, 23), Date.UTC(2026, 10, 30))).toEqual([]);
    expect(panel.state).toEqual({ playing: true, lit: true, watching: true });
  });

  it('goes on and off by the day of the week, in the kiosk’s time zone', () => {
    const panel = watch({ days: week(null, day('08:00', '20:30')) });
    // Sunday to Tuesday; Berlin is an hour ahead of UTC in winter.
    expect(changes(panel, Date.UTC(2026, 10, 22), Date.UTC(2026, 10, 25))).toEqual([
      '11-22T07:00 on',
      '11-22T19:30 off',
      '11-24T07:00 on',
      '11-24T19:30 off',
    ]);
    expect(told.at(-1)).toEqual({ playing: false, lit: false, watching: false });
  });

  it('stays on over midnight, also into a day on which it is off', () => {
    const panel = watch({ days: week(day('18:00', '02:00'), null) }, 'UTC');
    expect(changes(panel, Date.UTC(2026, 10, 23), Date.UTC(2026, 10, 26))).toEqual([
      '11-23T18:00 on',
      '11-24T02:00 off',
    ]);
  });

  it('is right in the nights on which the clocks change', () => {
    // 29 March 2026: 02:00 does not exist in Berlin. 25 October 2026: 02:30 comes twice, and the panel stays on until the second.
    const night = watch({ days: week(day('22:00', '02:30')) });
    expect(changes(night, Date.UTC(2026, 2, 28, 20), Date.UTC(2026, 2, 29, 12))).toEqual([
      '03-28T21:00 on',
      '03-29T01:00 off',
    ]);
    expect(changes(night, Date.UTC(2026, 9, 24, 12), Date.UTC(2026, 9, 25, 12))).toEqual([
      '10-24T20:00 on',
      '10-25T01:30 off',
    ]);
  });

  it('gives light for a minute after a touch, and while the operator is there; nothing plays meanwhile', () => {
    const panel = watch({ days: week(day('08:00', '09:00')) }, 'UTC');
    expect(panel.state).toEqual({ playing: false, lit: false, watching: false });
    panel.touched();
    expect(told.at(-1)).toEqual({ playing: false, lit: true, watching: false });
    wallMs += lightAfterTouchMs / 2;
    operator = true;
    panel.look();
    expect(told.at(-1)).toEqual({ playing: false, lit: true, watching: true });
    wallMs += lightAfterTouchMs;
    panel.look();
    expect(told).toHaveLength(2);
    operator = false;
    panel.look();
    expect(told.at(-1)).toEqual({ playing: false, lit: false, watching: false });
  });

  it('refuses hours in which it would never be on, and knows the whole day', () => {
    expect(panelHoursSchema.safeParse({ byTime: true, days: week(null) }).success).toBe(false);
    expect(panelHoursSchema.safeParse({ byTime: true, days: week(day('08:00', '25:00')) }).success).toBe(false);
    const whole = watch({ days: week(null, day('00:00', '00:00')) }, 'UTC');
    expect(changes(whole, Date.UTC(2026, 10, 22), Date.UTC(2026, 10, 25))).toEqual([
      '11-23T00:00 off',
      '11-24T00:00 on',
    ]);
  });
});
