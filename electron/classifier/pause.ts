/** Shorter than one frame of the window, and far below what Slack's acknowledgement needs. */
const sliceMs = 5;

/** A pause to await within long work: it lets everything else happen whenever `sliceMs` of work have gone by. */
export function createPause(now: () => number = () => performance.now()): () => Promise<void> {
  let since = now();
  return async () => {
    if (now() - since < sliceMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = now();
  };
}

const itemsAtATime = 32;

/** `items.map(change)`, with a pause every few items. */
export async function mapWithPauses<Item, Result>(
  items: readonly Item[],
  pause: () => Promise<void>,
  change: (item: Item, index: number) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    if (index % itemsAtATime === 0) await pause();
    results.push(change(item, index));
  }
  return results;
}
