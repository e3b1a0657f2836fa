import type { Change } from '../../shared/ipc.ts';

/** Milliseconds between two tellings of the same thing: nobody reads faster, and bursts change much. */
const restMs = 100;

/** Passes changes on, the first of a kind at once and those that follow it together. `stop` drops what waits. */
export function createChangeFeed(tell: (change: Change) => void): { changed(change: Change): void; stop(): void } {
  /** Kinds told of a moment ago; true where it happened again since. */
  const resting = new Map<Change, { again: boolean; timer: NodeJS.Timeout }>();

  function changed(change: Change): void {
    const rest = resting.get(change);
    if (rest !== undefined) {
      rest.again = true;
      return;
    }
    const timer = setTimeout(() => {
      const wasAgain = resting.get(change)?.again;
      resting.delete(change);
      if (wasAgain) changed(change);
    }, restMs);
    resting.set(change, { again: false, timer });
    tell(change);
  }

  return {
    changed,
    stop() {
      for (const { timer } of resting.values()) clearTimeout(timer);
      resting.clear();
    },
  };
}
