import { describe, expect, it } from 'vitest';
import type { SenderFacts } from './sender.ts';
import { screenOfSender } from './sender.ts';

const main = { webContentsId: 3, origin: 'app://vitrine', screen: 'main' };
const second = { webContentsId: 5, origin: 'app://vitrine', screen: '2779098405' };
const page: SenderFacts = { webContentsId: 3, frame: { url: 'app://vitrine/index.html#live', isTop: true } };

describe('screenOfSender', () => {
  it('trusts the top frame of the own page', () => {
    expect(screenOfSender(page, [main])).toBe('main');
  });

  it('tells the pages of several screens apart', () => {
    expect(screenOfSender({ ...page, webContentsId: 5 }, [main, second])).toBe('2779098405');
  });

  it.each<[string, SenderFacts]>([
    ['another window', { ...page, webContentsId: 4 }],
    ['a frame within the page', { ...page, frame: { url: 'app://vitrine/index.html', isTop: false } }],
    ['another origin', { ...page, frame: { url: 'https://vitrine/index.html', isTop: true } }],
    ['an origin that begins like ours', { ...page, frame: { url: 'app://vitrine.example/index.html', isTop: true } }],
    ['no address', { ...page, frame: { url: '', isTop: true } }],
    ['a frame that is gone', { ...page, frame: null }],
  ])('does not trust %s', (_, sender) => {
    expect(screenOfSender(sender, [main])).toBeNull();
  });

  it('trusts nobody while there is no window', () => {
    expect(screenOfSender(page, [])).toBeNull();
  });
});
