import { channel } from 'node:diagnostics_channel';
import { ping, WebSocket } from 'undici';

/** Pings and pongs of one WebSocket, which SocketModeClient keeps to itself. */
export interface SocketFrames {
  /** Sends a ping, where the socket is open. */
  ping(): void;
  stop(): void;
}

/** undici tells of these frames, of every socket in the process, on these channels and nowhere else. */
const channels = {
  open: channel('undici:websocket:open'),
  ping: channel('undici:websocket:ping'),
  pong: channel('undici:websocket:pong'),
};

/** Belong to a connection already, since a server may give the same address twice. */
const taken = new WeakSet<WebSocket>();

/** Watches the next WebSocket that opens to this address. `onFrame`: a ping or a pong arrived. */
export function watchFrames(address: string, onFrame: (isPing: boolean) => void): SocketFrames {
  const { href } = new URL(address);
  let mine: WebSocket | null = null;

  function onOpen(message: unknown): void {
    const { websocket } = message as { websocket: WebSocket };
    if (mine !== null || websocket.url !== href || taken.has(websocket)) return;
    mine = websocket;
    taken.add(websocket);
  }
  const listenTo = (isPing: boolean) => (message: unknown) => {
    if (mine !== null && (message as { websocket: WebSocket }).websocket === mine) onFrame(isPing);
  };
  const onPing = listenTo(true);
  const onPong = listenTo(false);
  channels.open.subscribe(onOpen);
  channels.ping.subscribe(onPing);
  channels.pong.subscribe(onPong);

  return {
    ping() {
      if (mine?.readyState === WebSocket.OPEN) ping(mine);
    },
    stop() {
      channels.open.unsubscribe(onOpen);
      channels.ping.unsubscribe(onPing);
      channels.pong.unsubscribe(onPong);
    },
  };
}
