import { Tabs } from '@mantine/core';
import { type TicketOverview, type TicketViewName, ticketViews } from '../../../shared/ticket-list.ts';
import styles from './view-tabs.module.css';

export const viewNames: Record<TicketViewName, string> = {
  attention: 'Needs attention',
  unfinished: 'Unfinished',
  open: 'Open',
  decided: 'Decided',
  all: 'All',
};

const compact = new Intl.NumberFormat(undefined, { notation: 'compact' });

/** The list's views with how many tickets each has. `counts`: null while unknown. */
export function ViewTabs({ counts }: { counts: TicketOverview['counts'] | null }) {
  return (
    <Tabs.List aria-label="Views" className={styles['views']}>
      {ticketViews.map((view) => (
        <Tabs.Tab key={view} value={view} className={styles['view']} data-urgent={isUrgent(view, counts) || undefined}>
          {viewNames[view]}{' '}
          {counts !== null && (
            <span className={styles['count']} data-spare={isSpare(view) || undefined}>
              {shortCount(counts[view])}
            </span>
          )}
        </Tabs.Tab>
      ))}
    </Tabs.List>
  );
}

function isUrgent(view: TicketViewName, counts: TicketOverview['counts'] | null): boolean {
  return view === 'attention' && counts !== null && counts.attention > 0;
}

/** Whether a narrow window leaves out the view's count: it does of what is over. */
function isSpare(view: TicketViewName): boolean {
  return view === 'decided' || view === 'all';
}

/** Writes a count in full unless five figures would crowd the tab. */
function shortCount(count: number): string {
  return count < 10_000 ? count.toLocaleString() : compact.format(count);
}
