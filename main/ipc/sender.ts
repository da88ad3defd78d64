/** What is known of whoever sent a message. Electron gives no frame when it is already gone. */
export interface SenderFacts {
  readonly webContentsId: number;
  readonly frame: { readonly url: string; readonly isTop: boolean } | null;
}

export interface OwnPage {
  readonly webContentsId: number;
  /** Where the page comes from, for example `app://vitrine`. */
  readonly origin: string;
}

/**
 * Whether a message comes from our own page: the window we opened, its top frame, our own origin.
 * https://www.electronjs.org/docs/latest/tutorial/security#17-validate-the-sender-of-all-ipc-messages
 */
export function isOwnPage(sender: SenderFacts, own: OwnPage | null): boolean {
  if (!own || !sender.frame?.isTop || sender.webContentsId !== own.webContentsId) return false;
  return originOf(sender.frame.url) === own.origin;
}

/** `URL.origin` is "null" for schemes that Node.js does not know, ours among them. */
export function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
