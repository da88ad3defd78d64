import { htmlScheme, mediaScheme } from '../../contract/signage.ts';
import { originOf } from '../ipc/sender.ts';

/** Schemes that stay within the program. */
const inside = ['app:', `${mediaScheme}:`, `${htmlScheme}:`, 'data:', 'blob:', 'devtools:', 'chrome-devtools:'];

/** @param devServer origin of the development server (`http://localhost:5173`), or null outside development */
export function isAllowedRequest(url: string, devServer: string | null): boolean {
  if (!URL.canParse(url)) return false;
  if (inside.includes(new URL(url).protocol)) return true;
  const origin = originOf(url);
  return devServer !== null && (origin === devServer || origin === devServer.replace(/^http/, 'ws'));
}
