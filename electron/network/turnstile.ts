/** Lets work begin, in the order in which it came. */
export type Turnstile = <T>(work: () => Promise<T>) => Promise<T>;

/** Lets so much work be done at once; the rest waits. */
export function createTurnstile(most: number): Turnstile {
  let inside = 0;
  const waiting: (() => void)[] = [];

  return async (work) => {
    // Whoever leaves gives its place to the next one.
    if (inside >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else inside += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) inside -= 1;
      else next();
    }
  };
}
