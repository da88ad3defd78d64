import { beforeEach, describe, expect, it } from 'vitest';
import { operatorChannels, requestSchemas } from '../../contract/ipc.ts';
import { settingsSchema } from '../../contract/settings.ts';
import type { RequestHandlers } from './request-router.ts';
import { RequestError, RequestRouter } from './request-router.ts';
import type { SenderFacts } from './sender.ts';
import { screenOfSender } from './sender.ts';

const own = [
  { webContentsId: 3, origin: 'app://vitrine', screen: 'main' },
  { webContentsId: 5, origin: 'app://vitrine', screen: '77' },
];
const page: SenderFacts = { webContentsId: 3, frame: { url: 'app://vitrine/index.html#live', isTop: true } };

describe('RequestRouter', () => {
  let unlocked: boolean;
  let calls: [string, unknown][];
  let logged: string[];
  let operatorSigns: number;
  let router: RequestRouter;

  beforeEach(() => {
    unlocked = true;
    calls = [];
    logged = [];
    operatorSigns = 0;
    const handlers = Object.fromEntries(
      Object.keys(requestSchemas).map((channel) => [
        channel,
        (argument: unknown) => {
          calls.push([channel, argument]);
          if (channel === 'cameras:list') throw new RequestError('no-engine', 'Wait a moment and try again.');
          if (channel === 'displays:list') throw new Error('secret detail');
          return null;
        },
      ]),
    ) as unknown as RequestHandlers;
    router = new RequestRouter({
      handlers,
      screenOf: (sender) => screenOfSender(sender, own),
      isUnlocked: () => unlocked,
      onOperator: () => {
        operatorSigns += 1;
      },
      log: (level, message, detail) => logged.push(`${level} ${message} ${String(detail)}`),
    });
  });

  const codeOf = async (sender: SenderFacts, channel: unknown, argument?: unknown) => {
    const outcome = await router.handle(sender, channel, argument);
    return outcome.ok ? 'ok' : outcome.error.code;
  };

  it('passes a good request to its handler, parsed', async () => {
    const { access: _, ...settings } = settingsSchema.parse({});
    expect(await codeOf(page, 'settings:save', { ...settings, extra: 1 })).toBe('ok');
    expect(calls).toEqual([['settings:save', settings]]);
  });

  it('lets the page of a further screen play and nothing else', async () => {
    const second = { ...page, webContentsId: 5 };
    expect(await codeOf(second, 'stage:state')).toBe('ok');
    expect(await codeOf(second, 'kiosk:snapshot')).toBe('ok');
    for (const channel of Object.keys(requestSchemas).filter((name) => !/^(stage:|kiosk:snapshot)/.test(name))) {
      expect(await codeOf(second, channel), channel).toBe('not-allowed');
    }
    expect(calls).toEqual([
      ['stage:state', undefined],
      ['kiosk:snapshot', undefined],
    ]);
  });

  it('lets nobody but the own page ask', async () => {
    expect(await codeOf({ ...page, webContentsId: 9 }, 'kiosk:snapshot')).toBe('not-allowed');
    expect(calls).toEqual([]);
  });

  it.each(['kiosk:everything', '__proto__', 'toString', 7, null])('does not know the channel %j', async (channel) => {
    expect(await codeOf(page, channel)).toBe('unknown-request');
  });

  it.each<[string, unknown]>([
    ['operator:unlock', { pin: '12' }],
    ['operator:unlock', '1234'],
    ['operator:choose-pin', { pin: 'abcd' }],
    ['problems:dismiss', { code: 'something' }],
    ['source:choose-file', { kind: 'program' }],
    ['settings:save', { display: { id: 5 } }],
    ['kiosk:snapshot', { unexpected: true }],
  ])('refuses %s with a bad argument', async (channel, argument) => {
    expect(await codeOf(page, channel, argument)).toBe('bad-request');
    expect(calls).toEqual([]);
  });

  it.each(operatorChannels)('refuses %s while locked, before it looks at the argument', async (channel) => {
    unlocked = false;
    expect(await codeOf(page, channel, 'anything')).toBe('locked');
    expect(calls).toEqual([]);
    expect(operatorSigns).toBe(0);
  });

  it('takes requests of the operator, and only those, as a sign that somebody is at work', async () => {
    await codeOf(page, 'kiosk:snapshot');
    expect(operatorSigns).toBe(0);
    await codeOf(page, 'statistics:stored');
    expect(operatorSigns).toBe(1);
  });

  it('lets errors cross as data: those meant for the operator as they are, others without their detail', async () => {
    expect(await router.handle(page, 'cameras:list', undefined)).toEqual({
      ok: false,
      error: { code: 'no-engine', message: 'Wait a moment and try again.' },
    });
    const outcome = await router.handle(page, 'displays:list', undefined);
    expect(JSON.stringify(outcome)).not.toContain('secret');
    expect(logged.join()).toContain('secret detail');
  });
});
