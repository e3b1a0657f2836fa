import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import type { TicketFilter, TicketOverview, TicketViewName } from '../../../shared/ticket-list.ts';
import type { Live } from '../../bridge/bridge.ts';
import { type Narrowing, noNarrowing } from './ticket-filters.tsx';

/** Milliseconds within which fast typing asks once. */
const typingMs = 120;

export interface ListFilter {
  /** The view; null until it is known which one comes first. */
  view: TicketViewName | null;
  /** What is typed. */
  search: string;
  narrowing: Narrowing;
  /** What the list is asked for: the search once the person pauses. */
  filter: TicketFilter | null;
  /** Whether words are searched or filters are set. */
  isNarrowed: boolean;
  setView(view: TicketViewName): void;
  setSearch(search: string): void;
  setNarrowing(narrowing: Narrowing): void;
}

/** Which tickets the list shows: a view, words that are searched, and what it is narrowed down to. */
export function useListFilter(overview: Pick<Live<TicketOverview>, 'value' | 'trouble'>): ListFilter {
  const [view, setView] = useState<TicketViewName | null>(null);
  // What needs a person comes first, but only at the beginning: later on, nothing jumps under anybody's hands. Else All,
  // where a ticket stays to be seen when it is decided.
  if (view === null && (overview.value !== null || overview.trouble !== null)) {
    setView(overview.value !== null && overview.value.counts.attention > 0 ? 'attention' : 'all');
  }
  const [search, setSearch] = useState('');
  const [typed] = useDebouncedValue(search, typingMs);
  // Cleared at once: the list is wanted back.
  const settled = search === '' ? '' : typed;
  const [narrowing, setNarrowing] = useState(noNarrowing);
  const filter = useMemo<TicketFilter | null>(
    () => (view === null ? null : { view, search: settled, ...narrowing }),
    [view, settled, narrowing],
  );
  const isNarrowed = settled.trim() !== '' || Object.values(narrowing).some((one) => one !== null);
  return { view, search, narrowing, filter, isNarrowed, setView, setSearch, setNarrowing };
}
