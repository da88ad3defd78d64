import { describe, expect, it } from 'vitest';
import { cleanPin, confirmPin } from './pin-entry.ts';

describe('cleanPin', () => {
  it('keeps digits only and not too many', () => {
    expect(cleanPin('12a 3-4')).toBe('1234');
    expect(cleanPin('1'.repeat(40))).toHaveLength(12);
  });
});

describe('confirmPin', () => {
  it('tries a PIN that is long enough', () => {
    expect(confirmPin({ step: 'enter' }, '123')).toMatchObject({ kind: 'ask', complaint: 'too-short' });
    expect(confirmPin({ step: 'enter' }, '1234')).toEqual({ kind: 'try', pin: '1234' });
  });

  it('asks for a new PIN twice and takes it when both agree', () => {
    const first = confirmPin({ step: 'choose' }, '2468');
    expect(first).toEqual({ kind: 'ask', next: { step: 'repeat', first: '2468' }, complaint: null });
    expect(confirmPin({ step: 'repeat', first: '2468' }, '2468')).toEqual({ kind: 'chosen', pin: '2468' });
  });

  it('begins again when they differ', () => {
    expect(confirmPin({ step: 'repeat', first: '2468' }, '1357')).toEqual({
      kind: 'ask',
      next: { step: 'choose' },
      complaint: 'different',
    });
  });
});
