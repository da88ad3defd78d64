import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { SourceState } from '../../contract/source.ts';
import { streamAnswers } from '../../contract/source.ts';
import { createFrameSource } from '../../main/vision/capture/create-frame-source.ts';
import type { FrameSource } from '../../main/vision/capture/frame-source.ts';
import { writeVideo } from '../../scripts/demo-reel/write-video.ts';
import { paint } from '../support/make-media.ts';
import { canServeRtsp, makeCertificate, RtspServer } from '../support/rtsp-server.ts';
import { repository } from '../support/shared.ts';
import { until } from '../support/until.ts';

const film = join(repository, 'resources/demo/reel.mp4');
const timings = { stallMs: 1500, firstMs: 50, maxMs: 400, checkMs: 50 };
const servers: RtspServer[] = [];
const sources: FrameSource[] = [];

afterEach(async () => {
  for (const source of sources.splice(0)) await source.close();
  for (const server of servers.splice(0)) await server.kill();
});

async function serve(...given: Parameters<typeof RtspServer.start>): Promise<RtspServer> {
  const server = await RtspServer.start(...given);
  servers.push(server);
  return server;
}

async function play(url: string): Promise<{ source: FrameSource; states: SourceState[] }> {
  const options = { mirror: false, rotateDegrees: 0, realTime: true, demoReel: film, timings } as const;
  const source = createFrameSource({ kind: 'stream', url }, options);
  sources.push(source);
  const states: SourceState[] = [];
  await source.open((state) => states.push(state));
  return { source, states };
}

describe.skipIf(!canServeRtsp())('a network camera that speaks RTSP', () => {
  it('is played at its own rate', { timeout: 30_000 }, async () => {
    const { port } = await serve(film);
    const { source, states } = await play(`rtsp://127.0.0.1:${port}/live`);
    const first = await source.next();
    const [beganMs, fromMs] = [performance.now(), first?.timeMs ?? 0];
    first?.release();
    let timeMs = fromMs;
    for (let count = 0; count < 60; count++) {
      const frame = await source.next();
      expect([frame?.width, frame?.height]).toEqual([1280, 720]);
      timeMs = frame?.timeMs ?? Number.NaN;
      frame?.release();
    }
    // The clock of the camera and that of the wall agree: nothing is hurried through or held back.
    const wallMs = performance.now() - beganMs;
    expect((timeMs - fromMs) / wallMs).toBeGreaterThan(0.7);
    expect((timeMs - fromMs) / wallMs).toBeLessThan(1.6);
    expect(states.map(({ status }) => status)).toEqual(['opening', 'running']);
    expect(states[1]).toMatchObject({ framesPerSecond: 25, label: `127.0.0.1:${port}` });
  });

  it('is played in H.265 too, as many cameras send it', { timeout: 30_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-h265-'));
    try {
      const [width, height] = [192, 108];
      const pictures = Array.from({ length: 250 }, () => paint(width, height, () => [200, 200, 200]));
      await writeVideo(join(folder, 'film.mkv'), { width, height, framesPerSecond: 25, coding: 'h265' }, pictures);
      const { port } = await serve(join(folder, 'film.mkv'));
      const { source, states } = await play(`rtsp://127.0.0.1:${port}/live`);
      for (let count = 0; count < 25; count++) {
        const frame = await source.next();
        expect([frame?.width, frame?.height]).toEqual([width, height]);
        expect(Math.abs((frame?.rgb()[0] as number) - 200)).toBeLessThan(8);
        frame?.release();
      }
      expect(states.map(({ status }) => status)).toEqual(['opening', 'running']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('that loses its power is picked up again when it is back', { timeout: 30_000 }, async () => {
    const server = await serve(film);
    const { source, states } = await play(`rtsp://127.0.0.1:${server.port}/live`);
    (await source.next())?.release();
    await server.kill();
    await until(() => states.at(-1)?.status === 'waiting' && (states.at(-1)?.attempt ?? 0) > 1);
    await serve(film, { port: server.port });
    await until(() => states.at(-1)?.status === 'running');
    const frame = await source.next();
    expect(frame?.width).toBe(1280);
    frame?.release();
  });

  it('that falls silent with its connection open is opened again', { timeout: 30_000 }, async () => {
    const server = await serve(film);
    const { source, states } = await play(`rtsp://127.0.0.1:${server.port}/live`);
    (await source.next())?.release();
    server.freeze();
    await until(() => states.some(({ status }) => status === 'stalled'));
    server.thaw();
    await until(() => states.at(-1)?.status === 'running');
    const frame = await source.next();
    expect(frame?.width).toBe(1280);
    frame?.release();
  });

  it('is opened with its password, and a wrong one is told without being said', { timeout: 30_000 }, async () => {
    const { port } = await serve(film, { login: { user: 'watcher', password: 'p@ss/w0rd' } });
    const right = await play(`rtsp://watcher:p%40ss%2Fw0rd@127.0.0.1:${port}/live`);
    (await right.source.next())?.release();
    expect(right.states.at(-1)?.status).toBe('running');
    const wrong = await play(`rtsp://watcher:wr0ng@127.0.0.1:${port}/live`);
    await until(() => wrong.states.at(-1)?.status === 'waiting');
    expect(wrong.states.at(-1)?.detail).toBe(streamAnswers.refused);
    expect(JSON.stringify([right.states, wrong.states])).not.toMatch(/p@ss|p%40ss|w0rd|wr0ng/);
  });

  it('is played over TLS too, with the certificate that it has made for itself', { timeout: 30_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-rtsps-'));
    try {
      const certificate = join(folder, 'camera.pem');
      makeCertificate(certificate);
      const { port } = await serve(film, { certificate, login: { user: 'watcher', password: 'secret' } });
      const { source, states } = await play(`rtsps://watcher:secret@127.0.0.1:${port}/live`);
      const frame = await source.next();
      expect(frame?.width).toBe(1280);
      frame?.release();
      expect(states.map(({ status }) => status)).toEqual(['opening', 'running']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('that has nothing at the address says so', { timeout: 30_000 }, async () => {
    const { port } = await serve(film);
    const { states } = await play(`rtsp://127.0.0.1:${port}/elsewhere`);
    await until(() => states.at(-1)?.status === 'waiting');
    expect(states.at(-1)?.detail).toBe(streamAnswers.unknown);
  });
});
