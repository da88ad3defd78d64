import { describe, expect, it } from 'vitest';
import type { SenderFacts } from './sender.ts';
import { isOwnPage } from './sender.ts';

const own = { webContentsId: 3, origin: 'app://vitrine' };
const page: SenderFacts = { webContentsId: 3, frame: { url: 'app://vitrine/index.html#live', isTop: true } };

describe('isOwnPage', () => {
  it('trusts the top frame of the own page', () => {
    expect(isOwnPage(page, own)).toBe(true);
  });

  it.each<[string, SenderFacts]>([
    ['another window', { ...page, webContentsId: 4 }],
    ['a frame within the page', { ...page, frame: { url: 'app://vitrine/index.html', isTop: false } }],
    ['another origin', { ...page, frame: { url: 'https://vitrine/index.html', isTop: true } }],
    ['an origin that begins like ours', { ...page, frame: { url: 'app://vitrine.example/index.html', isTop: true } }],
    ['no address', { ...page, frame: { url: '', isTop: true } }],
    ['a frame that is gone', { ...page, frame: null }],
  ])('does not trust %s', (_, sender) => {
    expect(isOwnPage(sender, own)).toBe(false);
  });

  it('trusts nobody while there is no window', () => {
    expect(isOwnPage(page, null)).toBe(false);
  });
});
