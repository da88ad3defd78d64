import type { App, Session, WebContents } from 'electron';
import { htmlScheme, mediaScheme } from '../../contract/signage.ts';
import { originOf } from '../ipc/sender.ts';
import { isAllowedRequest } from './allowed-requests.ts';

/**
 * Every rule of Electron's security checklist, in its order.
 * https://www.electronjs.org/docs/latest/tutorial/security
 *
 *  1 only secure content        the page is served from our own folder by `app://` (app-scheme.ts); `denyNetwork`;
 *                               updates come by https from the operator's address alone (main/update/update-guard.ts)
 *  2 no Node.js in the page     `pageRules.nodeIntegration`
 *  3 context isolation          `pageRules.contextIsolation`
 *  4 sandbox                    `pageRules.sandbox`, `sandboxAll`
 *  5 permission requests        `denyPermissions`
 *  6 webSecurity stays on       `pageRules.webSecurity`
 *  7 content security policy    `contentSecurityPolicy` on every response
 *  8 no insecure content        `pageRules.allowRunningInsecureContent`
 *  9 no experimental features   `pageRules.experimentalFeatures`
 * 10 no enableBlinkFeatures     not used
 * 11 no allowpopups             there are no <webview>s
 * 12 <webview> options          `pageRules.webviewTag`, `denyLeaving`
 * 13 navigation                 `denyLeaving`
 * 14 new windows                `denyLeaving`
 * 15 shell.openExternal         not used
 * 16 current Electron           package.json
 * 17 sender of IPC messages     main/ipc/sender.ts
 * 18 no file://                 app-scheme.ts
 * 19 fuses                      electron-builder.config.mjs
 * 20 no Electron APIs exposed   preload/index.ts: a few functions, each checked on this side
 */

/** Items 2, 3, 4, 6, 8, 9, 12: spelled out although most are defaults, so that nobody has to remember them. */
export const pageRules = {
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  autoplayPolicy: 'no-user-gesture-required',
} as const;

/** Item 7. Styles too come from files only: what Svelte sets on elements goes through the CSSOM, which needs no exception. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  `img-src 'self' data: blob: ${mediaScheme}:`,
  `media-src ${mediaScheme}:`,
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  // HTML items, each in a sandbox of its own with a policy of its own (signage-scheme.ts).
  `frame-src ${htmlScheme}:`,
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/** Item 4, and what Chromium would like to fetch by itself. Before the application is ready. */
export function sandboxAll(app: App): void {
  // A renderer without a sandbox could not be started even by mistake. Where the whole browser runs without one
  // (as root under a test's virtual screen), Chromium refuses the combination.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('disable-component-update');
  app.commandLine.appendSwitch('disable-domain-reliability');
  app.commandLine.appendSwitch('no-pings');
}

/** Item 5: nothing at all is granted. Cameras are opened by the engine, not by the page. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.on('will-download', (event) => event.preventDefault());
}

/** Item 1: the page has no network. @param devServer its origin while developing, else null */
export function denyNetwork(session: Session, devServer: string | null): void {
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !isAllowedRequest(details.url, devServer) }),
  );
}

/** Items 12, 13, 14: the page stays what it is. */
export function denyLeaving(contents: WebContents, ownOrigin: string): void {
  const stay = (event: { preventDefault(): void }, url: string): void => {
    if (originOf(url) !== ownOrigin) event.preventDefault();
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
  contents.on('will-frame-navigate', (event) => {
    // The frame of an HTML item may show that item, and nothing else.
    const isItem = !event.isMainFrame && URL.canParse(event.url) && new URL(event.url).protocol === `${htmlScheme}:`;
    if (!isItem) stay(event, event.url);
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
