import type { CustomScheme, Session } from 'electron';
import { htmlScheme, mediaScheme } from '../../contract/signage.ts';
import { htmlPlace, mediaPlace } from './media-address.ts';
import type { PlaylistStore } from './playlist-store.ts';
import { serveFile } from './served-file.ts';

/** To be registered with the page's own scheme, in one call and before the application is ready. */
export const signageSchemes: CustomScheme[] = [
  { scheme: mediaScheme, privileges: { standard: true, secure: true, stream: true } },
  // In its sandbox an HTML item's origin is opaque, so that its own files are "cross-origin" to it.
  {
    scheme: htmlScheme,
    privileges: { standard: true, secure: true, stream: true, supportFetchAPI: true, corsEnabled: true },
  },
];

/**
 * What an HTML item may do: anything within its own folder (designers' tools write scripts and styles into the page, so
 * these are allowed there), nothing with any other place. It has no origin, no window to open and no form to send.
 */
export function htmlPolicy(host: string): string {
  const own = `${htmlScheme}://${host}`;
  return [
    "default-src 'none'",
    `script-src ${own} 'unsafe-inline' 'unsafe-eval' blob:`,
    `style-src ${own} 'unsafe-inline'`,
    `img-src ${own} data: blob:`,
    `media-src ${own} data: blob:`,
    `font-src ${own} data:`,
    `connect-src ${own} data: blob:`,
    `worker-src ${own} blob:`,
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "webrtc 'block'",
    'sandbox allow-scripts',
  ].join('; ');
}

const common = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'x-dns-prefetch-control': 'off' };

/** Serves the media of playlists to the page, and nothing beside them. */
export function serveSignage(session: Session, playlists: Pick<PlaylistStore, 'folder' | 'mediaFolderOf'>): void {
  const mediaFolderOf = (playlist: string) => playlists.mediaFolderOf(playlist);
  session.protocol.handle(mediaScheme, (request) => {
    const place = mediaPlace(new URL(request.url), mediaFolderOf);
    if (!place) return new Response(null, { status: 404 });
    // A drawing (SVG) is a document too, should anything ever open it as one.
    const policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
    return serveFile(playlists.folder, place.path, request, {
      ...common,
      'content-type': place.mime,
      'content-security-policy': policy,
    });
  });
  session.protocol.handle(htmlScheme, (request) => {
    const address = new URL(request.url);
    const place = htmlPlace(address, mediaFolderOf);
    if (!place) return new Response(null, { status: 404 });
    return serveFile(playlists.folder, place.path, request, {
      ...common,
      'content-type': place.mime,
      'content-security-policy': htmlPolicy(address.host),
      'access-control-allow-origin': '*',
      'permissions-policy': 'camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=()',
    });
  });
}
