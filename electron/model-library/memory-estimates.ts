import { type MemoryEstimate, memoryEstimateSchema } from '../../shared/model-view.ts';
import { createHostCalls, type StartHost } from '../classifier/gguf/host-calls.ts';

/** Milliseconds after which an estimate is ended and stays unknown; a large vocabulary takes ten seconds on a slow machine. */
const defaultLimitMs = 60_000;

export interface MemoryEstimates {
  /** What is known of this file by now; else null, and it is estimated in the background. `stamp`: changes with the file. */
  of(path: string, stamp: string): Promise<MemoryEstimate | null>;
}

/**
 * Estimates what models would take, one after the other, in a process that ends when nothing is left to do: it
 * takes seconds, and reads headers that anybody can have written. One that ends the process, or takes longer than
 * `limitMs`, stays unknown. `onNews`: one more is known.
 */
export function createMemoryEstimates({
  startHost,
  onNews,
  limitMs = defaultLimitMs,
}: {
  startHost: StartHost;
  onNews(): void;
  limitMs?: number;
}): MemoryEstimates {
  /** Estimates by path and change; null while one is made, and where it could not be. */
  const known = new Map<string, MemoryEstimate | null>();
  const waiting: { key: string; path: string }[] = [];
  let isWorking = false;

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    while (waiting.length > 0) await workInOneHost();
    isWorking = false;
  }

  async function workInOneHost(): Promise<void> {
    const host = startHost();
    const calls = createHostCalls(host);
    let isAlive = true;
    const end = () => {
      isAlive = false;
      calls.fail(new Error('The process ended.'));
    };
    host.onExit(end);
    for (let next = waiting.shift(); next !== undefined; next = isAlive ? waiting.shift() : undefined) {
      const timer = setTimeout(end, limitMs);
      try {
        known.set(next.key, memoryEstimateSchema.parse(await calls.call('estimate', [next.path])));
        onNews();
      } catch {
        // A header that cannot be read has its own word in the list.
      }
      clearTimeout(timer);
    }
    host.kill();
  }

  return {
    async of(path, stamp) {
      const key = `${path} ${stamp}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      known.set(key, null);
      waiting.push({ key, path });
      void work();
      return null;
    },
  };
}
