/** Tries, of which the middle one counts: the first runs code that was never run before. */
const times = 3;

/** Resolves at the event loop's next turn. */
export const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The middle of what `longestHold` finds in a few tries. */
export async function middleHold(work: () => Promise<unknown>): Promise<number> {
  const holds: number[] = [];
  for (let time = 0; time < times; time += 1) holds.push(await longestHold(work));
  return holds.toSorted((one, other) => one - other)[Math.floor(times / 2)] ?? 0;
}

/**
 * The longest that this thread computes between two turns of the event loop while `work` goes on, whatever comes of it.
 * Computed, not waited: what else goes on on the machine does not count.
 */
async function longestHold(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let isOver = false;
  let before = computedMs();
  const look = () => {
    const now = computedMs();
    longest = Math.max(longest, now - before);
    before = now;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  await work().catch(() => {});
  await turn();
  await turn();
  isOver = true;
  return longest;
}

function computedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
