import { contextBridge, ipcRenderer } from 'electron';
import { changeChannel, channels, showChannel } from '../shared/channels.ts';
import type { Bridge, Shown } from '../shared/ipc.ts';

/** Main's word on a channel, until the returned function is called. */
function listen<Word>(channel: string, listener: (word: Word) => void): () => void {
  const relay = (_: unknown, word: Word) => listener(word);
  ipcRenderer.on(channel, relay);
  return () => ipcRenderer.off(channel, relay);
}

/** What to show that came before the page listened. */
let unseen: Shown | null = null;
const endKeeping = listen<Shown>(showChannel, (what) => {
  unseen = what;
});

/** The window's only way out: named channels to main, and main's word that something changed. */
const bridge: Bridge = {
  invoke(channel, request) {
    if (!channels.includes(channel)) throw new Error(`There is no channel ${String(channel)}.`);
    return ipcRenderer.invoke(channel, request);
  },
  onChange: (listener) => listen(changeChannel, listener),
  onShow(listener) {
    endKeeping();
    if (unseen !== null) listener(unseen);
    unseen = null;
    return listen(showChannel, listener);
  },
};

contextBridge.exposeInMainWorld('desk', bridge);
