import { contextBridge, ipcRenderer } from 'electron';
import { changeChannel, type Desk, ipc } from '../shared/ipc.ts';

/** The window's only way out: named channels to main, and main's word that something changed. */
const desk: Desk = {
  invoke(channel, request) {
    if (!Object.hasOwn(ipc, channel)) throw new Error(`There is no channel ${String(channel)}.`);
    return ipcRenderer.invoke(channel, request);
  },
  onChange(listener) {
    const relay = (_: unknown, change: Parameters<typeof listener>[0]) => listener(change);
    ipcRenderer.on(changeChannel, relay);
    return () => ipcRenderer.off(changeChannel, relay);
  },
};

contextBridge.exposeInMainWorld('desk', desk);
