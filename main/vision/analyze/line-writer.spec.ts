import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { LineWriter } from './line-writer.ts';

describe('LineWriter', () => {
  it('waits for a slow reader and loses nothing', async () => {
    const taken: string[] = [];
    const stream = new Writable({
      highWaterMark: 8,
      write(chunk: Buffer, _encoding, done) {
        setTimeout(() => {
          taken.push(chunk.toString());
          done();
        }, 1);
      },
    });
    const lines = new LineWriter(stream);
    for (let i = 0; i < 20; i++) {
      await lines.write(`line ${i}`);
      expect(stream.writableLength).toBeLessThan(64);
      for (const event of ['drain', 'close', 'error']) expect(stream.listenerCount(event)).toBeLessThan(3);
    }
    await lines.flush();
    expect(taken.join('')).toBe(Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join(''));
  });

  it('takes a reader that has gone for no failure, and stops', async () => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error(), { code: 'EPIPE' })),
    });
    const lines = new LineWriter(stream);
    await lines.write('one');
    await new Promise((resolve) => setImmediate(resolve));
    expect(lines.gone).toBe(true);
    expect(lines.failure).toBeNull();
    await lines.write('two');
    await lines.flush();
  });

  it('keeps any other failure', async () => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('full'), { code: 'ENOSPC' })),
    });
    const lines = new LineWriter(stream);
    await lines.write('one');
    await new Promise((resolve) => setImmediate(resolve));
    expect(lines.failure?.message).toBe('full');
  });
});
