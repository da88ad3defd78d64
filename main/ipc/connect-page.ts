import type { IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import { ipcMain } from 'electron';
import { z } from 'zod';
import { wire } from '../../contract/wire.ts';
import type { RequestRouter } from './request-router.ts';
import type { SenderFacts } from './sender.ts';

export interface PageMessages {
  readonly router: RequestRouter;
  readonly isTrusted: (sender: SenderFacts) => boolean;
  readonly onPreview: (enabled: boolean, maxHeight: number) => void;
  readonly onDrawn: (sequence: number) => void;
}

const previewArguments = z.tuple([z.boolean(), z.int().min(16).max(4320)]);
const drawnArguments = z.tuple([z.int().min(0)]);

/** Connects what the preload sends with the code that answers it. The only place that listens to `ipcMain`. */
export function connectPage({ router, isTrusted, onPreview, onDrawn }: PageMessages): void {
  ipcMain.handle(wire.request, (event, channel: unknown, argument: unknown) =>
    router.handle(factsOf(event), channel, argument),
  );
  ipcMain.on(wire.preview, (event, ...sent: unknown[]) => {
    const parsed = previewArguments.safeParse(sent);
    if (parsed.success && isTrusted(factsOf(event))) onPreview(...parsed.data);
  });
  ipcMain.on(wire.drawn, (event, ...sent: unknown[]) => {
    const parsed = drawnArguments.safeParse(sent);
    if (parsed.success && isTrusted(factsOf(event))) onDrawn(...parsed.data);
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
