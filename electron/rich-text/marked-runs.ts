import { pairMarks, type Sign } from './pair-marks.ts';
import { type Inline, joinedRuns, type Mark } from './rich-text.ts';

/** A stretch of a line. */
export interface Piece {
  /** What a person saw. */
  text: string;
  href: string | null;
  isCode: boolean;
  isBreak: boolean;
  /** Where it may begin or end marked words; else null. */
  sign: Sign | null;
}

const marksInOrder: readonly Mark[] = ['bold', 'italic', 'strike'];

/** The words of a line with the marks that its signs give them. A pair whose kind stands for no mark is left out alone. */
export function markedRuns(pieces: readonly Piece[], markOf: ReadonlyMap<string, Mark>): Inline[] {
  const pairs = pairMarks(pieces.flatMap(({ sign }) => (sign === null ? [] : [sign])));
  const begins = new Set(pairs.map(([first]) => first));
  const ends = new Set(pairs.map(([, second]) => second));
  const marks = new Set<Mark>();
  return joinedRuns(
    pieces.flatMap(({ text, href, isCode, isBreak, sign }): Inline[] => {
      if (isBreak) return [{ type: 'break' }];
      if (sign !== null && (begins.has(sign) || ends.has(sign))) {
        const mark = markOf.get(sign.kind);
        if (mark !== undefined && begins.has(sign)) marks.add(mark);
        else if (mark !== undefined) marks.delete(mark);
        return [];
      }
      const given = marksInOrder.filter((each) => marks.has(each));
      return text === '' ? [] : [{ type: 'text', text, marks: isCode ? [...given, 'code'] : given, href }];
    }),
  );
}
