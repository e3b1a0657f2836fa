import { toAppError } from '../../../shared/errors.ts';
import type { TicketFilter, TicketListRow } from '../../../shared/ticket-list.ts';
import { ask, type Trouble } from '../../bridge/bridge.ts';

/** Rows asked for at once. */
export const pageLength = 100;
/** Milliseconds between two questions: main has other things to do. */
const restMs = 50;
/** Rows this near to the edge of a page have the next page fetched before it is seen. */
const nearEdge = 25;
/** Pages kept in memory; those furthest from what is seen go first. */
const mostPages = 40;

/** The list's rows as far as they were seen, one page at a time. */
export interface TicketPages {
  /** Number of rows; null before the first answer. */
  readonly total: number | null;
  readonly trouble: Trouble | null;
  /** The row at that place; null while it is not loaded. */
  rowAt(index: number): TicketListRow | null;
  /** Where the ticket is among the loaded rows, or null. */
  indexOf(requestId: string): number | null;
  /** The rows that are seen now: what is missing there is fetched, and nothing that was passed on the way. */
  show(first: number, last: number): void;
  /** Reads anew what was loaded, which stays until the new answer. Tries again after a failure, too. */
  refresh(): void;
  close(): void;
}

/** Reads pages as they are needed. `onChange`: something new is there to be drawn. */
export function createTicketPages(filter: TicketFilter, onChange: () => void): TicketPages {
  const pages = new Map<number, { rows: TicketListRow[]; generation: number }>();
  let generation = 0;
  let total: number | null = null;
  let trouble: Trouble | null = null;
  let seen = { first: 0, last: 0 };
  let isAsking = false;
  let isClosed = false;

  const pageOf = (index: number) => Math.floor(index / pageLength);

  function nextPage(): number | null {
    if (trouble !== null) return null;
    const end = Math.max(0, (total ?? 1) - 1);
    const spots = [seen.first, seen.last, seen.first - nearEdge, seen.last + nearEdge];
    const wanted = spots.map((index) => pageOf(Math.min(Math.max(0, index), end)));
    return wanted.find((page) => pages.get(page)?.generation !== generation) ?? null;
  }

  async function askNext(): Promise<void> {
    if (isAsking || isClosed) return;
    const page = nextPage();
    if (page === null) return;
    isAsking = true;
    const asked = generation;
    try {
      const answer = await ask('tickets:page', { filter, offset: page * pageLength, limit: pageLength });
      keep(page, answer.rows, asked);
      total = answer.total;
    } catch (thrown) {
      const { code, message } = toAppError(thrown);
      trouble = { code, message };
    }
    if (isClosed) return;
    onChange();
    setTimeout(() => {
      isAsking = false;
      void askNext();
    }, restMs);
  }

  function keep(page: number, rows: TicketListRow[], asked: number): void {
    pages.set(page, { rows, generation: asked });
    if (pages.size <= mostPages) return;
    const middle = pageOf((seen.first + seen.last) / 2);
    const distance = (other: number) => Math.abs(other - middle);
    pages.delete([...pages.keys()].reduce((far, other) => (distance(other) > distance(far) ? other : far)));
  }

  return {
    get total() {
      return total;
    },
    get trouble() {
      return trouble;
    },
    rowAt: (index) => pages.get(pageOf(index))?.rows[index % pageLength] ?? null,
    indexOf(requestId) {
      for (const [page, { rows }] of pages) {
        const at = rows.findIndex((row) => row.requestId === requestId);
        if (at >= 0) return page * pageLength + at;
      }
      return null;
    },
    show(first, last) {
      seen = { first, last };
      void askNext();
    },
    refresh() {
      generation += 1;
      trouble = null;
      void askNext();
    },
    close() {
      isClosed = true;
    },
  };
}
