/** What is known of whoever sent a message. Electron gives no frame when it is already gone. */
export interface SenderFacts {
  readonly webContentsId: number;
  readonly frame: { readonly url: string; readonly isTop: boolean } | null;
}

export interface OwnPage {
  readonly webContentsId: number;
  /** Where the page comes from, for example `app://vitrine`. */
  readonly origin: string;
  /** The screen that its window fills. */
  readonly screen: string;
}

/**
 * Which of our own pages a message comes from: a window we opened, its top frame, our own origin.
 * https://www.electronjs.org/docs/latest/tutorial/security#17-validate-the-sender-of-all-ipc-messages
 * @returns the screen of that page; null for anybody else
 */
export function screenOfSender(sender: SenderFacts, pages: readonly OwnPage[]): string | null {
  const own = pages.find(({ webContentsId }) => webContentsId === sender.webContentsId);
  if (!own || !sender.frame?.isTop || originOf(sender.frame.url) !== own.origin) return null;
  return own.screen;
}

/** `URL.origin` is "null" for schemes that Node.js does not know, ours among them. */
export function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
