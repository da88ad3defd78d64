import { basename, extname } from 'node:path';

const longestSlug = 36;
export const digestLength = 12;

/** Lower-case letters, digits and single dashes; never empty. */
export function slugOf(text: string, otherwise: string): string {
  const slug = text
    .normalize('NFKD')
    .replaceAll('ß', 'ss')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, longestSlug)
    .replaceAll(/-+$/g, '');
  return slug === '' ? otherwise : slug;
}

/**
 * The name under which a file is kept: readable, safe on every system, and the same for the same content.
 *
 * @param digest sha-256 in hex
 * @param ending without its dot; null for a folder
 */
export function storedName(originalName: string, digest: string, ending: string | null): string {
  const slug = slugOf(basename(originalName, extname(originalName)), 'media');
  const name = `${slug}-${digest.slice(0, digestLength)}`;
  return ending === null ? name : `${name}.${ending}`;
}

/** The part of a stored name that tells its content, or null for a name that was made otherwise. */
export function digestOf(name: string): string | null {
  return /-([0-9a-f]{12})(?:\.[a-z0-9]+)?$/.exec(name)?.[1] ?? null;
}

/** What an operator can make something of. */
export function titleOf(name: string): string {
  return name.replace(/-[0-9a-f]{12}(\.[a-z0-9]+)?$/, '').replaceAll('-', ' ');
}
