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

const pictureTypes = ['jpg', 'jpeg', 'png', 'webp', 'gif', 'avif', 'svg'];

/** @returns the absolute paths of media for a playlist that the operator chose; empty when it was cancelled */
export async function chooseMedia(window: BrowserWindow, kind: 'files' | 'html-folder'): Promise<readonly string[]> {
  const { filePaths } = await dialog.showOpenDialog(
    window,
    kind === 'files'
      ? {
          properties: ['openFile', 'multiSelections'],
          filters: [{ name: 'Pictures and films', extensions: [...pictureTypes, 'mp4', 'm4v', 'mov', 'webm', 'mkv'] }],
        }
      : { properties: ['openDirectory'] },
  );
  return filePaths;
}

/** @returns the absolute path of a folder that the operator chose, or null */
export async function chooseFolder(window: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, { properties: ['openDirectory', 'createDirectory'] });
  return filePaths[0] ?? null;
}
