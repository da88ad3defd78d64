import { expect, it } from 'vitest';
import { canUpdateItself } from './installation.ts';

it.each([
  [{ packaged: false, platform: 'win32', env: {} }, false],
  [{ packaged: true, platform: 'win32', env: {} }, true],
  [{ packaged: true, platform: 'darwin', env: {} }, true],
  [{ packaged: true, platform: 'linux', env: {} }, false],
  [{ packaged: true, platform: 'linux', env: { APPIMAGE: '/home/kiosk/vitrine.AppImage' } }, true],
] as const)('an installation %j updates itself: %s', (facts, expected) => {
  expect(canUpdateItself(facts)).toBe(expected);
});
