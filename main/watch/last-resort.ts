import type { BrowserWindow } from 'electron';

/** Without script, style sheet or picture of the application: it may be exactly those that are broken. */
const page = `<!doctype html><meta charset="utf-8"><title>Vitrine</title>
<body style="margin:0;height:100vh;display:grid;place-content:center;gap:5vh;background:#0d1215;color:#eff4f5;
font:4.2vmin/1.4 system-ui,sans-serif;text-align:center;cursor:none">
<div><b>Vitrine has stopped working.</b><br>Please switch this computer off and on again.<br>
<small style="color:#a8b7bf">If that does not help, send the files in the folder &ldquo;logs&rdquo; to whoever looks
after it.<br>Vitrine tries again by itself every 15 minutes.</small></div>
<div lang="de"><b>Vitrine läuft nicht mehr.</b><br>Bitte diesen Computer aus- und wieder einschalten.<br>
<small style="color:#a8b7bf">Wenn das nicht hilft, bitte die Dateien im Ordner &bdquo;logs&ldquo; an die Betreuung
schicken.<br>Vitrine versucht es alle 15 Minuten von selbst.</small></div></body>`;

/**
 * What is on screen when the application cannot be kept running: two plain sentences instead of a dark screen. It cannot
 * be closed by a passer-by, for there is nothing left that could ask for the PIN.
 */
export async function showLastResort(electron: typeof import('electron')): Promise<BrowserWindow> {
  const { app, BrowserWindow, Menu } = electron;
  await app.whenReady();
  Menu.setApplicationMenu(null);
  const window = new BrowserWindow({
    kiosk: true,
    frame: false,
    title: 'Vitrine',
    backgroundColor: '#0d1215',
    webPreferences: { sandbox: true, javascript: false, devTools: false, partition: 'last-resort' },
  });
  window.on('close', (event) => event.preventDefault());
  window.webContents.on('before-input-event', (event) => event.preventDefault());
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('will-navigate', (event) => event.preventDefault());
  await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`);
  return window;
}
