import { describe, expect, it } from 'vitest';
import { isUpdateRequest, withoutMachine } from './update-guard.ts';

describe('isUpdateRequest', () => {
  const address = 'https://updates.example.org/vitrine';

  it.each([
    'https://updates.example.org/vitrine/latest-linux.yml?noCache=1',
    'https://updates.example.org/vitrine/vitrine-0.2.0-linux-x86_64.AppImage',
  ])('lets %s pass', (url) => {
    expect(isUpdateRequest(url, address)).toBe(true);
    expect(isUpdateRequest(url, `${address}/`)).toBe(true);
  });

  it.each([
    'http://updates.example.org/vitrine/latest.yml',
    'https://updates.example.org/other/latest.yml',
    'https://updates.example.org/vitrine-2/latest.yml',
    'https://updates.example.org/vitrine/../secret',
    'https://updates.example.org:8443/vitrine/latest.yml',
    'https://updates.example.org.evil.test/vitrine/latest.yml',
    'nonsense',
  ])('stops %s', (url) => {
    expect(isUpdateRequest(url, address)).toBe(false);
  });

  it('stops everything while there is no address', () => {
    expect(isUpdateRequest('https://updates.example.org/vitrine/latest.yml', null)).toBe(false);
  });
});

describe('withoutMachine', () => {
  it('drops what would tell one machine from another', () => {
    expect(withoutMachine({ 'X-User-Staging-Id': 'b5f3', Accept: '*/*' })).toEqual({ Accept: '*/*' });
  });
});
