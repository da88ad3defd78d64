import { open } from 'node:fs/promises';

export interface MediaType {
  readonly kind: 'image' | 'video';
  /** The ending under which the file is kept, and its type when it is served. */
  readonly ending: string;
  readonly mime: string;
}

const type = (kind: MediaType['kind'], ending: string, mime: string): MediaType => ({ kind, ending, mime });

/** What a playlist can hold: what the page's own browser can show. */
export const mediaTypes = {
  jpeg: type('image', 'jpg', 'image/jpeg'),
  png: type('image', 'png', 'image/png'),
  gif: type('image', 'gif', 'image/gif'),
  webp: type('image', 'webp', 'image/webp'),
  avif: type('image', 'avif', 'image/avif'),
  svg: type('image', 'svg', 'image/svg+xml'),
  mp4: type('video', 'mp4', 'video/mp4'),
  webm: type('video', 'webm', 'video/webm'),
} as const;

const headBytes = 512;

/** By the file's first bytes, whatever its name says. @returns null for what is neither a picture nor a film we can show */
export function mediaTypeOf(head: Uint8Array): MediaType | null {
  const text = Buffer.from(head).toString('latin1');
  if (text.startsWith('\xff\xd8\xff')) return mediaTypes.jpeg;
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return mediaTypes.png;
  if (/^GIF8[79]a/.test(text)) return mediaTypes.gif;
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return mediaTypes.webp;
  if (/^(\xef\xbb\xbf)?\s*<(\?xml|!--|!DOCTYPE svg|svg)/i.test(text) && /<svg[\s>]/i.test(text)) return mediaTypes.svg;
  if (text.slice(4, 8) === 'ftyp') return /avi[fs]/.test(text.slice(8, 40)) ? mediaTypes.avif : isoFilm(text);
  // Matroska and WebM begin alike; the page plays what it has the codecs for.
  if (text.startsWith('\x1a\x45\xdf\xa3')) return mediaTypes.webm;
  return null;
}

/** HEIC pictures are of the same family of files and cannot be shown. */
function isoFilm(text: string): MediaType | null {
  return /^(heic|heix|hevc|mif1|msf1)/.test(text.slice(8, 12)) ? null : mediaTypes.mp4;
}

/** @throws the file system's error */
export async function mediaTypeOfFile(path: string): Promise<MediaType | null> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return mediaTypeOf(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/** Of a file that was imported: its ending was chosen by its bytes then. */
export function mediaTypeOfName(name: string): MediaType | null {
  const ending = name.slice(name.lastIndexOf('.') + 1);
  return Object.values(mediaTypes).find((candidate) => candidate.ending === ending) ?? null;
}
