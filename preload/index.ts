import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { VitrineBridge } from '../contract/ipc.ts';
import { wire } from '../contract/wire.ts';

/** Written out, because the module that holds it would bring all schemas into this sandboxed script. */
const previewPortMessage: typeof import('../contract/ipc.ts').previewPortMessage = 'vitrine:preview-port';

type Listener = (payload: unknown) => void;
const listeners = new Map<string, Set<Listener>>();

ipcRenderer.on(wire.event, (_, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload);
});

// A port can reach the page's own world by a window message only.
ipcRenderer.on(wire.previewPort, (event) => {
  window.postMessage(previewPortMessage, window.location.origin, [...event.ports]);
});

function subscribe(name: string, listener: Listener): () => void {
  const group = listeners.get(name) ?? new Set();
  listeners.set(name, group);
  // One listener given twice is two subscriptions.
  const own: Listener = (payload) => listener(payload);
  group.add(own);
  return () => group.delete(own);
}

const bridge: VitrineBridge = {
  request: (channel, ...argument) => ipcRenderer.invoke(wire.request, channel, argument[0]),
  on: (name, listener) => subscribe(name, listener as Listener),
  setPreview: (enabled, maxHeight) => ipcRenderer.send(wire.preview, enabled, maxHeight),
  drawn: (sequence) => ipcRenderer.send(wire.drawn, sequence),
  alive: () => ipcRenderer.send(wire.alive),
  dropPictures: () => ipcRenderer.send(wire.dropPictures),
  pathOf: (file) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('vitrine', bridge);
