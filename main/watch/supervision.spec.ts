import { describe, expect, it } from 'vitest';
import { argumentsForApplication, isSupervisor } from './supervision.ts';

const facts = { asked: null, packaged: true, windowed: false, env: {} };

describe('isSupervisor', () => {
  it.each([
    ['the installed kiosk', facts, true],
    ['an installed one in a window', { ...facts, windowed: true }, false],
    ['one that development starts', { ...facts, packaged: false }, false],
    ['one that is told to', { ...facts, packaged: false, windowed: true, asked: true }, true],
    ['one that is told not to', { ...facts, asked: false }, false],
    ['the application that is supervised', { ...facts, env: { VITRINE_SUPERVISED: '1' } }, false],
  ])('%s', (_, given, expected) => expect(isSupervisor(given)).toBe(expected));
});

describe('argumentsForApplication', () => {
  it('are those that were given, but for what is meant for the supervising process', () => {
    expect(argumentsForApplication(['electron', '/app', '--supervise', '--source', 'demo'])).toEqual([
      '/app',
      '--source',
      'demo',
    ]);
  });
});
