import { describe, expect, it } from 'vitest';
import type { SourceSpec } from '../../contract/source.ts';
import { sourceSpecSchema } from '../../contract/source.ts';
import { maskedPassword, withKnownPassword, withMaskedPassword } from './source-credentials.ts';

const stream = (url: string): SourceSpec => ({ kind: 'stream', url });
const urlOf = (source: SourceSpec) => (source.kind === 'stream' ? source.url : '');

describe('the password of a stream', () => {
  const known = stream('rtsp://shop:s3cret%40x@10.0.0.7:554/live?channel=1');

  it('never reaches the page', () => {
    const shown = urlOf(withMaskedPassword(known));
    expect(shown).not.toContain('s3cret');
    expect(shown).toContain('shop:');
    expect(shown).toContain('10.0.0.7:554/live?channel=1');
  });

  it('comes back when the page saves what it was shown', () => {
    expect(withKnownPassword(withMaskedPassword(known), known)).toEqual(known);
  });

  it('stays when only the path was changed, and does not follow to another host', () => {
    expect(urlOf(withKnownPassword(stream(`rtsp://shop:${maskedPassword}@10.0.0.7:554/other`), known))).toContain(
      's3cret',
    );
    expect(urlOf(withKnownPassword(stream(`rtsp://shop:${maskedPassword}@10.0.0.8:554/live`), known))).not.toContain(
      's3cret',
    );
    expect(urlOf(withKnownPassword(stream(`rtsp://other:${maskedPassword}@10.0.0.7:554/live`), known))).not.toContain(
      's3cret',
    );
  });

  it('is replaced by a new one', () => {
    expect(urlOf(withKnownPassword(stream('rtsp://shop:new@10.0.0.7:554/live'), known))).toContain('shop:new@');
  });

  it('cannot hide in an address without a host', () => {
    for (const url of [
      'rtsp:shop:s3cret@10.0.0.7/live',
      'http:/shop:s3cret@10.0.0.7/live',
      'http:\\\\shop:s3cret@10.0.0.7/',
    ])
      expect(sourceSpecSchema.safeParse(stream(url)).success, url).toBe(false);
    expect(sourceSpecSchema.safeParse(known).success).toBe(true);
  });

  it('leaves addresses without one and other sources alone', () => {
    expect(withMaskedPassword(stream('http://cam.local/feed'))).toEqual(stream('http://cam.local/feed'));
    expect(withMaskedPassword({ kind: 'demo' })).toEqual({ kind: 'demo' });
  });
});
