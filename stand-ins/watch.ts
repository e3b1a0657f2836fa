/** Waiting for something to appear among things that change, without polling. */
export interface Watch<T> {
  /** The first item that matches, now or later; rejects after `timeoutMs` (default 40,000). */
  waitFor(predicate: (item: T) => boolean, timeoutMs?: number): Promise<T>;
  /** Called with every item that appears or changes; returns the way to stop. */
  onChange(listener: (item: T) => void): () => void;
  /** Tells what appeared or changed; its owner calls it. */
  changed(item: T): void;
}

/** `current` lists what is there already; `what` names it in the message of a wait that was in vain. */
export function createWatch<T>(current: () => readonly T[], what: string): Watch<T> {
  const listeners = new Set<(item: T) => void>();

  function onChange(listener: (item: T) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  return {
    onChange,
    changed(item) {
      for (const listener of [...listeners]) listener(item);
    },
    waitFor(predicate, timeoutMs = 40_000) {
      const present = current().find(predicate);
      if (present !== undefined) return Promise.resolve(present);
      return new Promise((resolve, reject) => {
        const stop = onChange((item) => {
          if (!predicate(item)) return;
          clearTimeout(timer);
          stop();
          resolve(item);
        });
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`No ${what} matched within ${timeoutMs} ms; there are ${current().length}.`));
        }, timeoutMs);
      });
    },
  };
}
