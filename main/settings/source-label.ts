import { basename } from 'node:path';
import type { SourceSpec } from '../../contract/source.ts';

/** What the status line calls a source: camera name, file name or host; never a whole path, never credentials. */
export function labelOfSource(source: SourceSpec): string {
  switch (source.kind) {
    case 'demo':
      return 'demo';
    case 'camera':
      return source.name;
    case 'stream':
      return URL.canParse(source.url) ? new URL(source.url).host : 'stream';
    case 'video':
    case 'images':
      return basename(source.path.replaceAll('\\', '/'));
  }
}
