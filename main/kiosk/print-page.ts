import { writeFile } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';

/** Prints what the page lays out for paper to a PDF file of A4 pages; the page's own style sets the margins. */
export async function printPage(window: BrowserWindow, path: string, landscape: boolean): Promise<void> {
  const pdf = await window.webContents.printToPDF({
    landscape,
    pageSize: 'A4',
    preferCSSPageSize: true,
    printBackground: true,
  });
  await writeFile(path, pdf);
}
