/** Deaths of the processes behind the window, and when it comes back. */
export interface Returns {
  /** Notes a death, and gives the milliseconds after which the window may come back: at once, then 1 s, 2 s, 4 s … a minute. */
  died(): number;
  /** Deaths in a row, until ten minutes are quiet. */
  inARow(): number;
}

const firstMs = 1_000;
const longestMs = 60_000;
const quietMs = 10 * 60_000;

/** `now`: milliseconds since 1970. */
export function createReturns(now: () => number = Date.now): Returns {
  let deaths = 0;
  let lastAt = 0;

  const inARow = () => (Math.abs(now() - lastAt) < quietMs ? deaths : 0);

  return {
    died() {
      deaths = inARow() + 1;
      lastAt = now();
      return deaths === 1 ? 0 : Math.min(longestMs, firstMs * 2 ** (deaths - 2));
    },
    inARow,
  };
}
