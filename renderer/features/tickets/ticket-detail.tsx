import { ActionIcon, Button, VisuallyHidden } from '@mantine/core';
import { IconArrowLeft, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useLive } from '../../bridge/bridge.ts';
import { useKeptFocus } from '../../components/kept-focus.ts';
import { ReadTrouble } from '../../components/read-state.tsx';
import { StatusWord } from '../../components/status-word.tsx';
import { Outline } from './list-state.tsx';
import { TicketContent } from './ticket-content.tsx';
import styles from './ticket-detail.module.css';
import { isDecidable, isStopped } from './ticket-words.ts';
import { useActionKeys } from './use-page-keys.ts';
import { useTicketActions } from './use-ticket-actions.ts';

export interface TicketDetailProps {
  requestId: string;
  hasOwner: boolean | null;
  /** Whether it takes the list's place. */
  isNarrow: boolean;
  nameOf(user: string): string;
  onClose(): void;
}

/** The pane with everything that this desktop knows about one ticket, kept up to date. */
export function TicketDetail({ requestId, hasOwner, isNarrow, nameOf, onClose }: TicketDetailProps) {
  const { value, trouble, reload } = useLive('tickets:read', { requestId }, 'tickets');
  const isCurrent = value?.ticket.requestId === requestId;
  // The ticket before stays until the answer is there, so that going through the list does not flicker, but nothing may be
  // done to it any more.
  const detail = isCurrent || trouble === null ? value : null;
  const actions = useTicketActions(isCurrent ? value.ticket : null, hasOwner === true);
  useActionKeys(actions);
  const closeRef = useRef<HTMLButtonElement>(null);
  // Where it takes the list's place, it takes the focus too.
  useEffect(() => {
    if (isNarrow) closeRef.current?.focus();
  }, [isNarrow]);
  const bodyRef = useKeptFocus<HTMLElement>(
    detail !== null && [isStopped, isDecidable].map((is) => is(detail.ticket)).join(),
  );
  return (
    <div className={styles['pane']} data-narrow={isNarrow || undefined}>
      {/* The page's own heading is out of sight then. */}
      {isNarrow && <VisuallyHidden component="h1">Tickets</VisuallyHidden>}
      <div className={styles['bar']}>
        {isNarrow && (
          <Button
            ref={closeRef}
            variant="subtle"
            leftSection={<IconArrowLeft size={14} aria-hidden />}
            onClick={onClose}
          >
            Back
          </Button>
        )}
        {detail !== null && (
          <>
            <span className={styles['key']}>{detail.ticket.issueKey ?? 'Not filed'}</span>
            <StatusWord ticket={detail.ticket} />
          </>
        )}
        {!isNarrow && (
          <ActionIcon className={styles['close']} aria-label="Close details" onClick={onClose}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        )}
      </div>
      <section
        key={detail?.ticket.requestId}
        ref={bodyRef}
        className={styles['body']}
        aria-label="Ticket details"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        inert={!isCurrent && trouble === null}
      >
        {detail === null && trouble === null && <Outline label="Loading the ticket" />}
        {trouble !== null && <ReadTrouble trouble={trouble} onRetry={reload} />}
        {detail !== null && <TicketContent detail={detail} actions={actions} hasOwner={hasOwner} nameOf={nameOf} />}
      </section>
    </div>
  );
}
