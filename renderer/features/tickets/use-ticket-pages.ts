import { useEffect, useReducer, useState } from 'react';
import type { TicketFilter } from '../../../shared/ticket-list.ts';
import { createTicketPages, type TicketPages } from './ticket-pages.ts';

/** The rows that the filter lets through, kept up to date; those of the filter before until there is an answer. */
export function useTicketPages(filter: TicketFilter | null): TicketPages | null {
  const [pages, setPages] = useState<TicketPages | null>(null);
  const [, redraw] = useReducer((turn: number) => turn + 1, 0);
  const key = JSON.stringify(filter);
  useEffect(() => {
    const wanted: TicketFilter | null = JSON.parse(key);
    if (wanted === null) return;
    const next = createTicketPages(wanted, () => {
      setPages(next);
      redraw();
    });
    next.show(0, 0);
    const stop = window.desk.onChange((change) => {
      if (change === 'tickets') next.refresh();
    });
    return () => {
      stop();
      next.close();
    };
  }, [key]);
  return pages;
}
