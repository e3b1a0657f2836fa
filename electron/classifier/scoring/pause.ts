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

/** `items.map(change)`, with a pause between the items. */
export async function mapWithPauses<Item, Result>(
  items: readonly Item[],
  pause: () => Promise<void>,
  change: (item: Item, index: number) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    await pause();
    results.push(change(item, index));
  }
  return results;
}
