import { contextBridge, ipcRenderer } from 'electron';
import { changeChannel, type Desk, ipc, showTicketChannel } from '../shared/ipc.ts';

/** Main's word on a channel, until the returned function is called. */
function listen<Word>(channel: string, listener: (word: Word) => void): () => void {
  const relay = (_: unknown, word: Word) => listener(word);
  ipcRenderer.on(channel, relay);
  return () => ipcRenderer.off(channel, relay);
}

/** The ticket to show that came before the page listened. */
let unseen: string | null = null;
const endKeeping = listen<string>(showTicketChannel, (requestId) => {
  unseen = requestId;
});

/** The window's only way out: named channels to main, and main's word that something changed. */
const desk: Desk = {
  invoke(channel, request) {
    if (!Object.hasOwn(ipc, channel)) throw new Error(`There is no channel ${String(channel)}.`);
    return ipcRenderer.invoke(channel, request);
  },
  onChange: (listener) => listen(changeChannel, listener),
  onShowTicket(listener) {
    endKeeping();
    if (unseen !== null) listener(unseen);
    unseen = null;
    return listen(showTicketChannel, listener);
  },
};

contextBridge.exposeInMainWorld('desk', desk);
