import type { BrowserWindow } from 'electron';
import { dialog } from 'electron';

const videoTypes = ['mp4', 'mkv', 'mov', 'avi', 'webm', 'm4v', 'ts', 'mpg', 'mpeg', 'gif'];

/** @returns the absolute path that the operator chose, or null */
export async function chooseFile(window: BrowserWindow, kind: 'video' | 'images'): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(
    window,
    kind === 'video'
      ? { properties: ['openFile'], filters: [{ name: 'Video', extensions: videoTypes }] }
      : { properties: ['openDirectory'] },
  );
  return filePaths[0] ?? null;
}

/** @returns the absolute path to save to that the operator chose, or null */
export async function chooseSavePath(
  window: BrowserWindow,
  proposed: string,
  extension: string,
): Promise<string | null> {
  const { filePath } = await dialog.showSaveDialog(window, {
    defaultPath: proposed,
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
  });
  return filePath || null;
}
