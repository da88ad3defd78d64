import type { PreviewPicture } from '../../contract/frame-result.ts';
import type { KioskEventName, KioskEvents, VitrineBridge } from '../../contract/ipc.ts';
import { previewPortMessage } from '../../contract/ipc.ts';
import type { ProblemCode } from '../../contract/problems.ts';
import { publicSettingsSchema } from '../../contract/settings.ts';
import type { SourceState } from '../../contract/source.ts';
import { fakeFaces } from './fake-people.ts';
import { fakePicture } from './fake-picture.ts';
import { fakeStored } from './fake-stored.ts';

/**
 * Stands in for the preload so that the page can be looked at in a browser: `?faces=4&theme=light&language=de
 * &problems=source-missing,settings-damaged&pin=1&rotate=portrait`. Used by `dev/index.html` only, never built.
 */
export function createFakeBridge(query: URLSearchParams): VitrineBridge {
  const upright = query.get('frame') === 'upright';
  const [width, height] = upright ? [720, 1280] : [1280, 720];
  const count = Number(query.get('faces') ?? 4);
  const rate = Number(query.get('rate') ?? 30);
  let pin: string | null = query.get('pin');
  let settings = publicSettingsSchema.parse({
    live: { theme: query.get('theme') ?? 'dark', view: query.get('view') ?? 'picture' },
    display: { language: query.get('language') ?? 'en' },
  });
  const source: SourceState = {
    status: 'running',
    kind: 'demo',
    label: 'reel.mp4',
    width,
    height,
    framesPerSecond: rate,
    attempt: 0,
    nextAttemptAtMs: null,
    detail: null,
  };
  let problems = (query.get('problems')?.split(',') ?? []).map((code) => ({
    code: code as ProblemCode,
    severity: code.startsWith('settings') ? ('notice' as const) : ('warning' as const),
    sinceMs: Date.now(),
    params: { source: 'Lobby camera' },
  }));
  const listeners = new Map<KioskEventName, Set<(payload: never) => void>>();
  const emit = <Name extends KioskEventName>(name: Name, payload: KioskEvents[Name]) => {
    for (const listener of listeners.get(name) ?? []) (listener as (payload: KioskEvents[Name]) => void)(payload);
  };

  let port: MessagePort | null = null;
  const isCached = query.has('cached');
  let cached: PreviewPicture | null = null;
  let lines = 540;
  let sequence = 0;
  const counters = { passersByToday: 1284, watchersToday: 417, inView: count, watchingNow: Math.ceil(count / 2) };
  setInterval(() => {
    const time = performance.now();
    sequence += 1;
    const faces = fakeFaces(count, width, height, time);
    emit('frame-result', {
      sequence,
      timeMs: time,
      capturedAtMs: Date.now() - 38,
      width,
      height,
      faces,
      endedTrackIds: [],
      timings: { decode: 3, detect: 9, track: 0.3, attributes: 8, total: 21 },
      counters: { received: sequence, analysed: sequence, dropped: 0 },
    });
    const scale = Math.min(1, lines / height);
    if (port) {
      // For measuring: making a picture costs more than drawing it.
      if (!isCached || !cached || cached.height !== Math.round(height * scale))
        cached = fakePicture(sequence, Math.round(width * scale), Math.round(height * scale), faces, scale);
      const data = cached.data.slice(0);
      port.postMessage({ ...cached, sequence, data }, [data]);
    }
  }, 1000 / rate);

  const answers: Record<string, (argument: never) => unknown> = {
    'kiosk:snapshot': () => ({
      settings,
      source,
      problems,
      counters,
      pinChosen: pin !== null,
      panelOff: query.has('off'),
      info: {
        version: '0.1.0',
        runtime: 'Electron 45.5.0, Node.js 24.21.0',
        detector: 'vitrine-face-detector 1.0',
        attributes: 'vitrine-attributes 1.0 (ResNet-18)',
        dataFolder: '/home/shop/.config/vitrine',
      },
    }),
    'operator:unlock': (argument: { pin: string }) => argument.pin === (pin ?? argument.pin),
    'operator:choose-pin': (argument: { pin: string }) => {
      pin = argument.pin;
      return null;
    },
    'operator:lock': () => null,
    'operator:leave': () => null,
    'settings:save': (argument: typeof settings) => {
      settings = publicSettingsSchema.parse(argument);
      emit('settings', settings);
      return settings;
    },
    'cameras:list': () => [
      {
        name: 'usb-046d_HD_Pro_Webcam_C920-video-index0',
        label: 'HD Pro Webcam C920',
        modes: [
          { width: 1920, height: 1080, framesPerSecond: 30 },
          { width: 1280, height: 720, framesPerSecond: 30 },
        ],
      },
      { name: 'usb-generic-video-index0', label: 'USB2.0 Camera', modes: [] },
    ],
    'displays:list': () => [
      { id: '1', label: 'Dell U2723', width: 1920, height: 1080, primary: true },
      { id: '2', label: 'Shop window', width: 1080, height: 1920, primary: false },
    ],
    'source:choose-file': (argument: { kind: string }) =>
      argument.kind === 'video' ? '/home/shop/films/window.mp4' : '/home/shop/pictures',
    'statistics:stored': () => fakeStored(),
    'problems:dismiss': (argument: { code: ProblemCode }) => {
      problems = problems.filter((problem) => problem.code !== argument.code);
      emit('problems', problems);
      return null;
    },
  };

  return {
    request: (async (channel: string, argument: never) => ({
      ok: true,
      value: structuredClone(await answers[channel]?.(argument)),
    })) as VitrineBridge['request'],
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      set.add(listener as (payload: never) => void);
      listeners.set(name, set);
      return () => set.delete(listener as (payload: never) => void);
    },
    setPreview(enabled, maxHeight) {
      lines = maxHeight;
      if (!enabled) port = null;
      if (!enabled || port) return;
      const channel = new MessageChannel();
      port = channel.port1;
      window.postMessage(previewPortMessage, '*', [channel.port2]);
    },
    drawn() {},
    alive() {},
    dropPictures: () => {},
    pathOf: (file) => `/media/usb/${file.name}`,
  };
}
