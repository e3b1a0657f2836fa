import { Button } from '@mantine/core';
import { IconCircleCheck, IconFilterOff, IconInbox, IconTicket } from '@tabler/icons-react';
import type { TicketViewName } from '../../../shared/ticket-list.ts';
import { useLive } from '../../bridge/bridge.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useNavigation } from '../../navigation/navigation.ts';
import styles from './list-state.module.css';

export interface EmptyListProps {
  view: TicketViewName;
  /** Whether there are no tickets in any view; null while unknown. */
  isLogEmpty: boolean | null;
  /** Whether words are searched or filters are set. */
  isNarrowed: boolean;
  onClear(): void;
  onShowAll(): void;
}

/** Why the list shows nothing, and what to do. */
export function EmptyList({ view, isLogEmpty, isNarrowed, onClear, onShowAll }: EmptyListProps) {
  if (isLogEmpty) return <NoTickets />;
  if (isNarrowed) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title="No ticket matches"
        action={<Button onClick={onClear}>Clear search and filters</Button>}
      >
        Search looks at the text, key, requester and channel, word by word from each word’s beginning.
      </EmptyState>
    );
  }
  const action = <Button onClick={onShowAll}>Show all tickets</Button>;
  switch (view) {
    case 'attention':
      return (
        <EmptyState icon={IconCircleCheck} title="Nothing needs you" action={action}>
          A ticket that cannot go on without a person appears here, with what went wrong and what to do.
        </EmptyState>
      );
    case 'unfinished':
      return (
        <EmptyState icon={IconCircleCheck} title="Everything is done so far" action={action}>
          Tickets that are under way, wait for another try or need a person appear here.
        </EmptyState>
      );
    case 'open':
      return (
        <EmptyState icon={IconCircleCheck} title="Nothing is open" action={action}>
          Tickets on their way to Jira and tickets that wait for approval appear here.
        </EmptyState>
      );
    case 'decided':
      return (
        <EmptyState icon={IconInbox} title="Nothing decided yet" action={action}>
          Tickets that somebody approved or rejected appear here.
        </EmptyState>
      );
    case 'all':
      return <NoTickets />;
  }
}

function NoTickets() {
  const { go } = useNavigation();
  const { value: status } = useLive('status:read', undefined, 'status');
  if (status?.slack.state === 'off' && !status.slack.paused) {
    return (
      <EmptyState
        icon={IconTicket}
        title="No tickets yet"
        action={
          <Button variant="filled" onClick={() => go({ page: 'Guide' })}>
            Connect Slack
          </Button>
        }
      >
        Tickets come from Slack, which is not connected to this desktop yet. The guide takes about ten minutes.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconTicket} title="No tickets yet">
      Type <code className={styles['command']}>/ticket the printer on floor 2 is jammed</code> in Slack. It appears here
      a moment later.
    </EmptyState>
  );
}

/** Grey lines where something takes a moment to come. */
export function Outline({ label }: { label: string }) {
  return (
    <div className={styles['outline']} role="status" aria-label={label}>
      {widths.map((width) => (
        <span key={width} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}

const widths = [52, 38, 61, 45, 57, 34, 48];
