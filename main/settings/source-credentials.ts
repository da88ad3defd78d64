import type { SourceSpec } from '../../contract/source.ts';

/** What stands for a password wherever the page can see it. */
export const maskedPassword = '********';

/** The source as the page may see it: the password of a stream's address is masked. */
export function withMaskedPassword(source: SourceSpec): SourceSpec {
  const url = source.kind === 'stream' ? parse(source.url) : null;
  if (source.kind !== 'stream' || !url?.password) return source;
  url.password = maskedPassword;
  return { ...source, url: url.href };
}

/**
 * The source that the page sent back: where it still carries the mask for the same host and user, the password that is
 * known is put in its place. With another host the mask stays, so that a password never goes where it does not belong.
 */
export function withKnownPassword(sent: SourceSpec, known: SourceSpec): SourceSpec {
  if (sent.kind !== 'stream' || known.kind !== 'stream') return sent;
  const url = parse(sent.url);
  const knownUrl = parse(known.url);
  if (!url || !knownUrl || url.password !== maskedPassword) return sent;
  if (url.host !== knownUrl.host || url.username !== knownUrl.username || url.protocol !== knownUrl.protocol)
    return sent;
  url.password = knownUrl.password;
  return { ...sent, url: url.href };
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
