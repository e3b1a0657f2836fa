import { useState } from 'react';
import type { TicketPages } from './ticket-pages.ts';

export interface Selection {
  /** The selected ticket's request id; null where there is none, or its row is not loaded yet. */
  requestId: string | null;
  /** Where it is in the list; null where it is not in this list. */
  index: number | null;
  /** Where the arrow keys go on after the selected ticket has left the list. */
  resume: number;
  select(index: number): void;
  /** Selects a ticket that need not be in the list. */
  selectTicket(requestId: string): void;
  /** Begins anew in another list. `keep`: the ticket stays selected although it may not be in it. */
  startOver(keep: boolean): void;
}

interface Selected {
  requestId: string | null;
  index: number | null;
}

const nothing: Selected = { requestId: null, index: null };

/** The selected ticket, which stays selected while the rows above it come and go. */
export function useSelection(pages: TicketPages | null): Selection {
  const [selected, setSelected] = useState(nothing);
  const at = selected.index === null ? null : (pages?.rowAt(selected.index) ?? null);
  const found = selected.requestId === null ? null : (pages?.indexOf(selected.requestId) ?? null);

  if (selected.requestId === null && at !== null) setSelected({ ...selected, requestId: at.requestId });
  else if (found !== null && found !== selected.index) setSelected({ ...selected, index: found });

  return {
    requestId: selected.requestId ?? at?.requestId ?? null,
    index: found ?? (at === null || selected.requestId === null ? selected.index : null),
    resume: selected.index ?? 0,
    select: (index) => setSelected({ index, requestId: pages?.rowAt(index)?.requestId ?? null }),
    selectTicket: (requestId) => setSelected({ index: null, requestId }),
    startOver: (keep) => setSelected(keep ? ({ requestId }) => ({ requestId, index: null }) : nothing),
  };
}
