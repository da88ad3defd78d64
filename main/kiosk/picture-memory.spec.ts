import { expect, it } from 'vitest';
import { ManualClock } from '../vision/manual-clock.ts';
import { leastBetweenMs, PictureMemory } from './picture-memory.ts';

it('asks not more often than it may, lets go of the inspector, and survives a page that is gone', async () => {
  const clock = new ManualClock();
  const did: string[] = [];
  let gone = false;
  const inspector = {
    attach: () => void did.push('attach'),
    detach: () => void did.push('detach'),
    sendCommand: async (method: string, { level }: { level: string }) => {
      did.push(`${method} ${level}`);
      if (gone) throw new Error('target closed');
    },
  };
  const contents = { debugger: inspector as unknown as Electron.Debugger };
  const memory = new PictureMemory(clock, () => {});
  const once = ['attach', 'Memory.simulatePressureNotification critical', 'detach'];
  await memory.drop(contents);
  await memory.drop(contents);
  expect(did).toEqual(once);
  gone = true;
  clock.pass(leastBetweenMs);
  await memory.drop(contents);
  expect(did).toEqual([...once, ...once]);
});
