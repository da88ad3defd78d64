import type { IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import { ipcMain } from 'electron';
import { z } from 'zod';
import { mainScreen } from '../../contract/signage.ts';
import { wire } from '../../contract/wire.ts';
import type { RequestRouter } from './request-router.ts';
import type { SenderFacts } from './sender.ts';

export interface PageMessages {
  readonly router: RequestRouter;
  /** The screen of a page of ours, null for anybody else. */
  readonly screenOf: (sender: SenderFacts) => string | null;
  readonly onPreview: (enabled: boolean, maxHeight: number) => void;
  readonly onDrawn: (sequence: number) => void;
  readonly onAlive: (screen: string) => void;
  readonly onDropPictures: (contents: WebContents) => void;
}

const previewArguments = z.tuple([z.boolean(), z.int().min(16).max(4320)]);
const drawnArguments = z.tuple([z.int().min(0)]);

/**
 * Connects what the preload sends with the code that answers it. The only place that listens to `ipcMain`. People's
 * pictures and results are the main screen's alone.
 */
export function connectPages({ router, screenOf, onPreview, onDrawn, onAlive, onDropPictures }: PageMessages): void {
  const isMain = (event: IpcMainEvent): boolean => screenOf(factsOf(event)) === mainScreen;
  ipcMain.handle(wire.request, (event, channel: unknown, argument: unknown) =>
    router.handle(factsOf(event), channel, argument),
  );
  ipcMain.on(wire.preview, (event, ...sent: unknown[]) => {
    const parsed = previewArguments.safeParse(sent);
    if (parsed.success && isMain(event)) onPreview(...parsed.data);
  });
  ipcMain.on(wire.drawn, (event, ...sent: unknown[]) => {
    const parsed = drawnArguments.safeParse(sent);
    if (parsed.success && isMain(event)) onDrawn(...parsed.data);
  });
  ipcMain.on(wire.alive, (event) => {
    const screen = screenOf(factsOf(event));
    if (screen !== null) onAlive(screen);
  });
  ipcMain.on(wire.dropPictures, (event) => {
    if (screenOf(factsOf(event)) !== null) onDropPictures(event.sender);
  });
}

function factsOf({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): SenderFacts {
  return { webContentsId: sender.id, frame: senderFrame && frameFacts(sender, senderFrame) };
}

function frameFacts(sender: WebContents, frame: Electron.WebFrameMain): SenderFacts['frame'] {
  try {
    return { url: frame.url, isTop: frame === sender.mainFrame };
  } catch {
    // The frame was taken down between the message and now.
    return null;
  }
}
