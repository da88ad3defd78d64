import { describe, expect, it } from 'vitest';
import { settingsSchema } from './settings.ts';
import { updateAddressSchema } from './update.ts';

describe('the address of the updates', () => {
  it('is not set unless somebody sets it', () => {
    expect(settingsSchema.parse({}).update.address).toBeNull();
  });

  it.each(['https://updates.example.org/', 'https://example.org:8443/vitrine/stable'])('may be %s', (address) => {
    expect(updateAddressSchema.safeParse(address).success).toBe(true);
  });

  it.each([
    '',
    'updates.example.org',
    'http://updates.example.org/',
    'file:///tmp/updates',
    'https://',
    'https://shop:s3cret@updates.example.org/',
    'https://updates.example.org/?machine=7',
    'https://updates.example.org/#x',
  ])('may not be "%s"', (address) => {
    expect(updateAddressSchema.safeParse(address).success).toBe(false);
  });
});
