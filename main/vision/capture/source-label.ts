import { basename } from 'node:path';
import type { SourceSpec } from '../../../contract/source.ts';

/** What the status line shows: camera name, host or file name; never credentials, a query or a whole path. */
export function sourceLabel(spec: SourceSpec): string {
  switch (spec.kind) {
    case 'demo':
      return 'Demo reel';
    case 'camera':
      return cameraLabel(spec.name);
    case 'stream':
      return hostOf(spec.url);
    case 'video':
    case 'images':
      return basename(spec.path.replace(/[\\/]+$/, '')) || spec.kind;
  }
}

/**
 * Takes user names, passwords and queries out of every address in a technical message. The length of a scheme is bounded
 * so that a long line without any address takes linear time.
 */
export function withoutCredentials(message: string): string {
  return message
    .replace(/([a-z][a-z0-9+.-]{0,15}:\/\/)[^\s/@]*(?:@[^\s/@]*)*@/gi, '$1')
    .replace(/([a-z][a-z0-9+.-]{0,15}:\/\/[^\s?#]*)[?#]\S*/gi, '$1');
}

function hostOf(url: string): string {
  try {
    return new URL(url).host || 'stream';
  } catch {
    return 'stream';
  }
}

/** `usb-046d_HD_Pro_Webcam_C920_8B2F-video-index0` -> `HD Pro Webcam C920`; other names as they are. */
function cameraLabel(name: string): string {
  const usb = /^usb-(?:[0-9a-f]{4}_)?(.+?)(?:_[0-9A-Fa-f]{6,})?-video-index\d+$/.exec(name);
  return usb?.[1] ? usb[1].replaceAll('_', ' ') : basename(name);
}
