import type { Session } from 'electron';

/** Made up by electron-updater for staged roll-outs, and the same at each request: it would tell machines apart. */
const machineHeader = 'x-user-staging-id';

/** Whether a request goes to the address of the updates or something below it. */
export function isUpdateRequest(url: string, address: string | null): boolean {
  if (address === null || !URL.canParse(url)) return false;
  const wanted = new URL(address);
  const { origin, pathname } = new URL(url);
  const folder = wanted.pathname.endsWith('/') ? wanted.pathname : `${wanted.pathname}/`;
  return origin === wanted.origin && pathname.startsWith(folder);
}

export function withoutMachine(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== machineHeader));
}

/** The session of the updates reaches the operator's address and nothing else, wherever that redirects to. */
export function guardUpdates(session: Session, address: () => string | null): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isUpdateRequest(url, address()) }));
  session.webRequest.onBeforeSendHeaders(({ requestHeaders }, answer) =>
    answer({ requestHeaders: withoutMachine(requestHeaders) }),
  );
}
