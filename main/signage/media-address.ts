import { extname, join, normalize, sep } from 'node:path';
import { htmlFolderSchema, mediaNameSchema, playlistIdSchema } from '../../contract/signage.ts';
import { mediaTypeOfName } from './media-kind.ts';

export interface ServedPlace {
  readonly path: string;
  readonly mime: string;
}

const webTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.htm': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.otf': 'font/otf',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.m4a': 'audio/mp4',
  '.glb': 'model/gltf-binary',
};

/** `signage://<playlist>/<file>`. @param mediaFolderOf of a playlist's id. @returns null for anything else */
export function mediaPlace(address: URL, mediaFolderOf: (playlist: string) => string): ServedPlace | null {
  const name = decoded(address.pathname)?.slice(1) ?? '';
  const type = mediaTypeOfName(name);
  if (!playlistIdSchema.safeParse(address.host).success || !mediaNameSchema.safeParse(name).success) return null;
  return type && { path: join(mediaFolderOf(address.host), name), mime: type.mime };
}

/** `signage-html://<folder>.<playlist>/<path>`: a file below the HTML item's own folder, and no other. */
export function htmlPlace(address: URL, mediaFolderOf: (playlist: string) => string): ServedPlace | null {
  const [folder = '', playlist = '', ...more] = address.host.split('.');
  if (more.length > 0 || !playlistIdSchema.safeParse(playlist).success || !htmlFolderSchema.safeParse(folder).success)
    return null;
  const below = decoded(address.pathname);
  if (below === null) return null;
  const root = join(mediaFolderOf(playlist), folder);
  const path = normalize(join(root, below.endsWith('/') ? `${below}index.html` : below));
  if (!path.startsWith(root + sep)) return null;
  const mime = webTypes[extname(path).toLowerCase()] ?? mediaTypeOfName(path.toLowerCase())?.mime;
  return { path, mime: mime ?? 'application/octet-stream' };
}

function decoded(pathname: string): string | null {
  try {
    const text = decodeURIComponent(pathname);
    return text.includes('\0') || text.includes('\\') ? null : text;
  } catch {
    return null;
  }
}
