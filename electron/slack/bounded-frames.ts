import type { Socket } from 'node:net';
import type { SocketModeOptions } from '@slack/socket-mode';
import { Agent, buildConnector } from 'undici';

type Dispatcher = NonNullable<SocketModeOptions['dispatcher']>;

/** Unpacked bytes. The longest of Slack's deliveries, a click on a message, brings the message: some 100 kB. */
const maxPayloadSize = 4 * 1024 * 1024;

/** How a WebSocket is opened that ends with a frame too long to be meant; undici would take 128 MB. */
export interface BoundedFrames {
  dispatcher: Dispatcher;
  /** Cuts the TCP connection: Slack answers a close and leaves it open. Through a proxy that is up to the proxy. */
  cut(): void;
}

/** `proxy`: where there is one. Connects like the library's own dispatcher, which takes no limit. */
export function boundFrames(proxy: Dispatcher | undefined): BoundedFrames {
  if (proxy !== undefined) {
    // undici asks the dispatcher for its limits, and one for proxies hands none of them on.
    Object.defineProperty(proxy, 'webSocketOptions', { value: { maxPayloadSize }, configurable: true });
    return { dispatcher: proxy, cut() {} };
  }
  const connect = buildConnector({ allowH2: false });
  let opened: Socket | null = null;
  const dispatcher = new Agent({
    webSocket: { maxPayloadSize },
    connect(options, callback) {
      connect(options, (error, socket) => {
        if (error !== null) return callback(error, null);
        opened = socket;
        return callback(null, socket);
      });
    },
  });
  return { dispatcher, cut: () => void opened?.destroy() };
}
