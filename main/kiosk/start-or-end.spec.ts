import { expect, it } from 'vitest';
import { startOrEnd } from './start-or-end.ts';

it('ends the program, and says why, when its start meets an error', async () => {
  const told: string[] = [];
  const app = { whenReady: async () => {}, exit: (status = 0) => void told.push(`exit ${status}`) };
  const log = (level: string, message: string, detail: unknown) => told.push(`${level}: ${message} ${String(detail)}`);
  await startOrEnd(app, () => told.push('started'), log);
  expect(told).toEqual(['started']);
  const broken = () => {
    throw new Error('the folder cannot be read');
  };
  await startOrEnd(app, broken, log);
  expect(told.slice(1)).toEqual(['error: Vitrine could not start. Error: the folder cannot be read', 'exit 1']);
});
