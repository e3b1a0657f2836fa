import { Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { isolated } from '../../../shared/bidi.ts';
import { type TicketViewName, ticketViewNameSchema } from '../../../shared/ticket-list.ts';
import { useLive } from '../../bridge/bridge.ts';
import { Page } from '../../components/page.tsx';
import { useNavigation } from '../../navigation/navigation.ts';
import { ExportMenu, useExport } from './export-menu.tsx';
import { ListFooter } from './list-footer.tsx';
import { ListNotices } from './list-notices.tsx';
import { EmptyList, Outline } from './list-state.tsx';
import { SearchField } from './search-field.tsx';
import { TicketDetail } from './ticket-detail.tsx';
import { type Narrowing, noNarrowing, TicketFilters } from './ticket-filters.tsx';
import { TicketList } from './ticket-list.tsx';
import styles from './tickets-page.module.css';
import { useListFilter } from './use-list-filter.ts';
import { usePageKeys } from './use-page-keys.ts';
import { useSelection } from './use-selection.ts';
import { useTicketPages } from './use-ticket-pages.ts';
import { ViewTabs } from './view-tabs.tsx';

export function TicketsPage() {
  const { place } = useNavigation();
  const isNarrow = useMediaQuery('(max-width: 639px)', false, { getInitialValueInEffect: false });
  const overviewRead = useLive('tickets:overview', undefined, 'tickets');
  const overview = overviewRead.value;
  const { value: ownerView } = useLive('owner:read', undefined, 'settings');
  const hasOwner = ownerView === null ? null : ownerView.owner !== null;

  const { view, search, narrowing, filter, isNarrowed, setView, setSearch, setNarrowing } = useListFilter(overviewRead);
  const exporting = useExport(filter);
  const pages = useTicketPages(filter);
  const { requestId, index, resume, select, selectTicket, startOver } = useSelection(pages);
  const listRef = useRef<HTMLDivElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const focusList = useCallback(() => listRef.current?.focus(), []);
  const { isOpen, setOpen, close } = useDetails(focusList);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new place counts, not a new function.
  useEffect(() => {
    if (place.page !== 'Tickets') return;
    if (place.view !== undefined) {
      startOver(false);
      setOpen(false);
      setView(place.view);
    }
    if (place.requestId === undefined) return;
    selectTicket(place.requestId);
    setOpen(true);
  }, [place]);

  const open = (at: number) => {
    select(at);
    setOpen(true);
  };
  function enterList(): void {
    focusList();
    if (index === null && pages?.total) select(Math.min(resume, pages.total - 1));
  }
  usePageKeys({
    search: () => {
      searchRef.current?.focus();
      searchRef.current?.select();
    },
    enterList,
    close,
  });

  function show(next: TicketViewName): void {
    startOver(isOpen && !isNarrow);
    setView(next);
  }
  function narrow(next: Narrowing): void {
    startOver(isOpen);
    setNarrowing(next);
  }
  function look(words: string): void {
    startOver(isOpen);
    setSearch(words);
  }
  function clear(): void {
    narrow(noNarrowing);
    look('');
    searchRef.current?.focus();
  }

  const names = useMemo(() => new Map(overview?.people.map(({ id, name }) => [id, name])), [overview]);
  const nameOf = (user: string) =>
    isolated(names.get(user) ?? (ownerView?.owner?.user === user ? ownerView.owner.name : null) ?? user);
  const row = index === null ? null : (pages?.rowAt(index) ?? null);
  const details = isOpen && requestId !== null && (
    <TicketDetail requestId={requestId} hasOwner={hasOwner} isNarrow={isNarrow} nameOf={nameOf} onClose={close} />
  );
  const total = pages?.total ?? null;

  return (
    <Tabs
      value={view}
      onChange={(chosen) => show(ticketViewNameSchema.parse(chosen))}
      className={styles['tickets']}
      keepMounted={false}
    >
      <div className={styles['page']} inert={isNarrow && isOpen}>
        <Page
          title="Tickets"
          isFlush
          isTitleSpare
          actions={<ViewTabs counts={overview?.counts ?? null} />}
          toolbar={
            <div className={styles['toolbar']}>
              <SearchField value={search} fieldRef={searchRef} onChange={look} onEnterList={enterList} />
              <TicketFilters value={narrowing} overview={overview} isNarrow={isNarrow} onChange={narrow} />
              <ExportMenu rows={total ?? 0} exporting={exporting} />
            </div>
          }
        >
          <ListNotices pages={pages} exporting={exporting} row={isOpen ? null : row} hasOwner={hasOwner === true} />
          {view !== null && (
            <Tabs.Panel value={view} className={styles['panel']}>
              <div className={styles['list']}>
                {pages === null && <Outline label="Loading tickets" />}
                {total === 0 && (
                  <EmptyList
                    view={view}
                    isLogEmpty={overview === null ? null : overview.counts.all === 0}
                    isNarrowed={isNarrowed}
                    onClear={clear}
                    onShowAll={() => show('all')}
                  />
                )}
                {pages !== null && total !== null && total > 0 && (
                  <TicketList
                    pages={pages}
                    total={total}
                    selected={index}
                    resume={resume}
                    listRef={listRef}
                    onSelect={select}
                    onOpen={open}
                  />
                )}
              </div>
              {!isNarrow && details}
            </Tabs.Panel>
          )}
          <ListFooter />
        </Page>
      </div>
      {isNarrow && details}
    </Tabs>
  );
}

/** Whether the details are open. Who closes them goes on in the list. */
function useDetails(focusList: () => void) {
  const [isOpen, setOpen] = useState(false);
  const wasClosed = useRef(false);
  const close = () => {
    if (!isOpen) return;
    setOpen(false);
    wasClosed.current = true;
  };
  // At once, not a frame later: by then the person may be typing a search, whose letters would act on the ticket.
  useLayoutEffect(() => {
    if (isOpen || !wasClosed.current) return;
    wasClosed.current = false;
    focusList();
  }, [isOpen, focusList]);
  return { isOpen, setOpen, close };
}
