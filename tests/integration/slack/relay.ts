import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A network between the program and a port of this machine, which can go away and come back. */
export interface Relay {
  port: number;
  /** Refuses connections and cuts those that there are. */
  down(): Promise<void>;
  up(): Promise<void>;
}

export async function aRelay(target: number): Promise<Relay> {
  const sockets = new Set<Socket>();
  let server: Server;
  let port = 0;

  async function up(): Promise<void> {
    server = createServer((client) => {
      const upstream = connect(target, '127.0.0.1');
      for (const socket of [client, upstream]) {
        sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          sockets.delete(socket);
          client.destroy();
          upstream.destroy();
        });
      }
      client.pipe(upstream).pipe(client);
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  }

  async function down(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  await up();
  onTestFinished(down);
  return { port, up, down };
}
