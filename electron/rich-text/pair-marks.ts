/** A sign in a line that may begin or end marked words. */
export interface Sign {
  /** Which of them belong together. */
  kind: string;
  /** Places in the line where it begins and ends. */
  from: number;
  to: number;
  opens: boolean;
  closes: boolean;
}

/** The signs that belong together, each pair as the first and the second; what is left over are characters like others. */
export function pairMarks<T extends Sign>(signs: readonly T[]): [T, T][] {
  const pairs: [T, T][] = [];
  const open: T[] = [];
  for (const sign of signs) {
    const at = sign.closes ? open.findLastIndex(({ kind }) => kind === sign.kind) : -1;
    const opener = open[at];
    if (opener !== undefined && opener.to < sign.from) {
      pairs.push([opener, sign]);
      // What began between the two cannot end behind them.
      open.length = at;
    } else if (sign.opens) {
      // One of a kind at a time, the nearest: so no line holds more of them than there are kinds.
      const before = open.findIndex(({ kind }) => kind === sign.kind);
      if (before >= 0) open.splice(before, 1);
      open.push(sign);
    }
  }
  return pairs;
}
