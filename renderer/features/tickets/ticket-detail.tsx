import { ActionIcon, Button, VisuallyHidden } from '@mantine/core';
import { IconArrowLeft, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import type { TicketDetail as Detail } from '../../../shared/ticket-list.ts';
import type { Live } from '../../bridge/bridge.ts';
import { Facts } from '../../components/facts.tsx';
import { useKeptFocus } from '../../components/kept-focus.ts';
import { Person } from '../../components/person.tsx';
import { ReadTrouble } from '../../components/read-state.tsx';
import { StatusWord } from '../../components/status-word.tsx';
import { longTime } from '../../components/time.tsx';
import { ActionBar } from './action-bar.tsx';
import { ActionResult } from './action-result.tsx';
import { Outline } from './list-state.tsx';
import { StoppedPanel } from './stopped-panel.tsx';
import styles from './ticket-detail.module.css';
import { TicketTimeline } from './ticket-timeline.tsx';
import { channelWords, isDecidable, isStopped, missingText, textDestinations } from './ticket-words.ts';
import { TypeCorrection } from './type-correction.tsx';
import { TypeReason } from './type-reason.tsx';
import type { TicketActions } from './use-ticket-actions.ts';

export interface TicketDetailProps {
  /** The ticket that is asked for; `live` may still hold the one before. */
  requestId: string;
  live: Live<Detail>;
  actions: TicketActions;
  hasOwner: boolean | null;
  /** Whether it takes the list's place. */
  isNarrow: boolean;
  nameOf(user: string): string;
  onClose(): void;
}

/** Everything this desktop knows about one ticket. */
export function TicketDetail(props: TicketDetailProps) {
  const { requestId, live, isNarrow, onClose } = props;
  const { value, trouble } = live;
  const isCurrent = value?.ticket.requestId === requestId;
  // The ticket before stays until the answer is there, so that going through the list does not flicker.
  const detail = isCurrent || trouble === null ? value : null;
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
        {trouble !== null && <ReadTrouble trouble={trouble} onRetry={live.reload} />}
        {detail !== null && <Content {...props} detail={detail} />}
      </section>
    </div>
  );
}

function Content({ detail, actions, hasOwner, nameOf }: TicketDetailProps & { detail: Detail }) {
  const { ticket } = detail;
  const { classification, issueType, note, user, userName, decision, createdAt, text } = ticket;
  const channel = channelWords(ticket);
  return (
    <>
      <h2 className={styles['summary']} dir="auto">
        {ticket.summary === '' ? 'No summary' : ticket.summary}
      </h2>
      <ActionResult actions={actions} />
      <StoppedPanel ticket={ticket} actions={actions} />
      <ActionBar actions={actions} isDecidable={isDecidable(ticket)} hasOwner={hasOwner} />
      <Section title="Type">
        <TypeReason classification={classification} origin={ticket.origin} />
        {issueType !== null && issueType !== classification?.label && (
          <p className={styles['hint']}>
            In Jira it is a <bdi>{issueType}</bdi>.
          </p>
        )}
        {note !== null && <p className={styles['hint']}>{note}</p>}
        <TypeCorrection ticket={ticket} nameOf={nameOf} />
      </Section>
      <Section title="Text">
        {text === '' ? (
          <p className={styles['hint']}>{missingText(ticket)}</p>
        ) : (
          <p className={styles['text']} dir="auto">
            {text}
          </p>
        )}
      </Section>
      <Section title="Details">
        <Facts
          items={[
            ['Requester', <Person key="who" id={user} name={userName} />],
            channel === null ? null : ['Channel', channel],
            ['Created', longTime(createdAt)],
            decision === null
              ? null
              : [
                  decision.status === 'approved' ? 'Approved by' : 'Rejected by',
                  `${nameOf(decision.by)}, ${longTime(decision.at)}`,
                ],
            ticket.wantedType === null ? null : ['Wanted type', ticket.wantedType],
            ticket.wantedProject === null ? null : ['Wanted project', ticket.wantedProject],
          ]}
        />
      </Section>
      <Section title="What happened">
        <TicketTimeline detail={detail} nameOf={nameOf} />
      </Section>
      <Section title="Where the text went">
        <Facts items={textDestinations(ticket)} />
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles['section']}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}
