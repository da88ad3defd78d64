import type { Session } from 'electron';
import { protocol } from 'electron';
import { signageSchemes } from '../signage/signage-scheme.ts';
import { readPageFile } from './page-files.ts';
import { contentSecurityPolicy } from './security-rules.ts';

export const appOrigin = 'app://vitrine';

/** Before the application is ready: makes `app://`, and the schemes of the signage, origins like any web site's. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ...signageSchemes,
  ]);
}

/**
 * Serves the built page from its folder, and nothing else, each file with the content security policy.
 * https://www.electronjs.org/docs/latest/tutorial/security#18-avoid-usage-of-the-file-protocol-and-prefer-usage-of-custom-protocols
 */
export function serveApp(session: Session, folder: string): void {
  session.protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const file = url.host === 'vitrine' ? await readPageFile(folder, url.pathname) : null;
    if (!file) return new Response(null, { status: 404 });
    const headers = {
      'content-type': file.type,
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    };
    return new Response(file.body, { headers });
  });
}
