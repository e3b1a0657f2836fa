import type { StartHost } from '../../electron/classifier/gguf/host-calls.ts';
import { type NodeHost, startNodeHost } from '../../electron/cli/start-node-host.ts';

/** Starts the model's process under plain Node. Every process that was started is in `hosts`, the newest last. */
export function createNodeHosts(more: Record<string, string> = {}): { startHost: StartHost; hosts: NodeHost[] } {
  const hosts: NodeHost[] = [];
  return {
    hosts,
    startHost(env = {}) {
      const host = startNodeHost({ ...more, ...env });
      hosts.push(host);
      return host;
    },
  };
}
