import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useId } from 'react';
import styles from './ticket-list.module.css';
import type { TicketPages } from './ticket-pages.ts';
import { TicketRow } from './ticket-row.tsx';

/** `--row-height` in pixels: rows are placed by it, so that none is ever measured. */
const rowHeight = 44;

export interface TicketListProps {
  pages: TicketPages;
  total: number;
  /** The selected row, or null. */
  selected: number | null;
  /** Where the arrow keys go on where no row is selected. */
  resume: number;
  listRef: RefObject<HTMLDivElement | null>;
  onSelect(index: number): void;
  onOpen(index: number): void;
}

/** All tickets of the view in one scrolling list, of which only those in sight are in the page. */
export function TicketList({ pages, total, selected, resume, listRef, onSelect, onOpen }: TicketListProps) {
  const id = useId();
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => listRef.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    useFlushSync: false,
    // The selected row stays in the page: screen readers follow it there.
    rangeExtractor: (range) => {
      const rows = defaultRangeExtractor(range);
      return selected === null || selected >= total || rows.includes(selected) ? rows : [...rows, selected];
    },
  });
  const first = virtual.range?.startIndex ?? 0;
  const last = virtual.range?.endIndex ?? 0;
  useEffect(() => pages.show(first, last), [pages, first, last]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter starts at its top.
  useEffect(() => {
    if (listRef.current !== null) listRef.current.scrollTop = 0;
  }, [pages, listRef]);

  function select(index: number): void {
    const within = Math.min(Math.max(0, index), total - 1);
    onSelect(within);
    virtual.scrollToIndex(within, { align: 'auto' });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && selected !== null) onOpen(selected);
    else {
      const page = Math.max(1, Math.floor((listRef.current?.clientHeight ?? 0) / rowHeight) - 1);
      const target = targetOf(event.key, selected, resume, total, page);
      if (target === null) return;
      select(target);
    }
    event.preventDefault();
  }

  function onClick(event: MouseEvent): void {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    if (row !== null) onOpen(Number(row.dataset['index']));
  }

  return (
    <div
      ref={listRef}
      role="listbox"
      aria-label="Tickets"
      aria-activedescendant={selected === null || selected >= total ? undefined : `${id}-${selected}`}
      tabIndex={0}
      className={styles['list']}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div role="presentation" className={styles['rows']} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <TicketRow
            key={index}
            id={`${id}-${index}`}
            row={pages.rowAt(index)}
            index={index}
            total={total}
            top={start}
            isSelected={index === selected}
          />
        ))}
      </div>
    </div>
  );
}

/** The row that a key leads to; null for other keys. */
function targetOf(key: string, selected: number | null, resume: number, total: number, page: number): number | null {
  const from = selected ?? resume;
  switch (key) {
    case 'ArrowDown':
      return selected === null ? resume : selected + 1;
    case 'ArrowUp':
      return from - 1;
    case 'PageDown':
      return from + page;
    case 'PageUp':
      return from - page;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}
