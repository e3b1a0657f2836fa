import { CloseButton, Tabs } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { isolated } from '../../../shared/bidi.ts';
import { type TicketFilter, type TicketViewName, ticketViewNameSchema } from '../../../shared/ticket-list.ts';
import { useAction, useLive } from '../../bridge/bridge.ts';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { ReadTrouble } from '../../components/read-state.tsx';
import { useNavigation } from '../../navigation/navigation.ts';
import { ExportMenu } from './export-menu.tsx';
import { ListFooter } from './list-footer.tsx';
import { EmptyList, Outline } from './list-state.tsx';
import { OpenTicket } from './open-ticket.tsx';
import { SearchField } from './search-field.tsx';
import { SelectedRow } from './selected-row.tsx';
import { SlackTrouble } from './slack-trouble.tsx';
import { type Narrowing, noNarrowing, TicketFilters } from './ticket-filters.tsx';
import { TicketList } from './ticket-list.tsx';
import styles from './tickets-page.module.css';
import { usePageKeys } from './use-page-keys.ts';
import { useSelection } from './use-selection.ts';
import { useTicketPages } from './use-ticket-pages.ts';
import { ViewTabs } from './view-tabs.tsx';

/** Milliseconds within which fast typing asks once. */
const typingMs = 120;

export function TicketsPage() {
  const { place } = useNavigation();
  const isNarrow = useMediaQuery('(max-width: 639px)', false, { getInitialValueInEffect: false });
  const { value: overview, trouble: overviewTrouble } = useLive('tickets:overview', undefined, 'tickets');
  const { value: ownerView } = useLive('owner:read', undefined, 'settings');
  const hasOwner = ownerView === null ? null : ownerView.owner !== null;

  const [view, setView] = useState<TicketViewName | null>(null);
  // What needs a person comes first, but only at the beginning: later on, nothing jumps under anybody's hands. Else All,
  // where a ticket stays to be seen when it is decided.
  if (view === null && (overview !== null || overviewTrouble !== null)) {
    setView(overview !== null && overview.counts.attention > 0 ? 'attention' : 'all');
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

  const pages = useTicketPages(filter);
  const { requestId, index, resume, select, selectTicket, startOver } = useSelection(pages);
  const [isOpen, setOpen] = useState(false);
  const listRef = useRef<HTMLDivElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const exporting = useAction('tickets:export');
  const [exported, setExported] = useState<{ file: string; rows: number } | null>(null);

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

  const focusList = useCallback(() => listRef.current?.focus(), []);
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
  async function onExport(format: 'csv' | 'json'): Promise<void> {
    if (filter === null) return;
    setExported(null);
    const answer = await exporting.run({ filter, format });
    setExported(answer?.value ?? null);
  }

  const names = useMemo(() => new Map(overview?.people.map(({ id, name }) => [id, name])), [overview]);
  const nameOf = (user: string) =>
    isolated(names.get(user) ?? (ownerView?.owner?.user === user ? ownerView.owner.name : null) ?? user);
  const row = index === null ? null : (pages?.rowAt(index) ?? null);
  const details = isOpen && requestId !== null && (
    <OpenTicket requestId={requestId} hasOwner={hasOwner} isNarrow={isNarrow} nameOf={nameOf} onClose={close} />
  );
  const total = pages?.total ?? null;
  const isNarrowed = settled.trim() !== '' || Object.values(narrowing).some((one) => one !== null);

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
              <ExportMenu rows={total ?? 0} isRunning={exporting.isRunning} onExport={onExport} />
            </div>
          }
        >
          <div className={styles['notices']}>
            <SlackTrouble />
            {exported !== null && (
              <Notice
                tone="good"
                action={<CloseButton size="sm" aria-label="Dismiss" onClick={() => setExported(null)} />}
              >
                Saved {exported.rows.toLocaleString()} {exported.rows === 1 ? 'ticket' : 'tickets'} to {exported.file}
              </Notice>
            )}
            {exporting.trouble !== null && <Notice tone="problem">{exporting.trouble.message}</Notice>}
            {row !== null && !isOpen && <SelectedRow key={row.requestId} row={row} hasOwner={hasOwner === true} />}
            {pages !== null && pages.trouble !== null && (
              <ReadTrouble trouble={pages.trouble} onRetry={pages.refresh} />
            )}
          </div>
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
