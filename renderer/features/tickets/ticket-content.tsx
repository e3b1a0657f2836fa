import { type ReactNode, useId } from 'react';
import { placeWords } from '../../../shared/places.ts';
import type { TicketDetail } from '../../../shared/ticket-list.ts';
import { Facts } from '../../components/facts.tsx';
import { Person } from '../../components/person.tsx';
import { longTime } from '../../components/time.tsx';
import { ActionBar, ActionResult } from './action-bar.tsx';
import { StoppedPanel } from './stopped-panel.tsx';
import styles from './ticket-detail.module.css';
import { TicketTimeline } from './ticket-timeline.tsx';
import { isDecidable, missingText, textDestinations } from './ticket-words.ts';
import { TypeCorrection } from './type-correction.tsx';
import { TypeReason } from './type-reason.tsx';
import type { TicketActions } from './use-ticket-actions.ts';

export interface TicketContentProps {
  detail: TicketDetail;
  actions: TicketActions;
  hasOwner: boolean | null;
  nameOf(user: string): string;
}

/** One ticket: what can be done with it, and below what is known, part by part. */
export function TicketContent({ detail, actions, hasOwner, nameOf }: TicketContentProps) {
  const { ticket } = detail;
  const { classification, issueType, note, user, userName, decision, createdAt, text } = ticket;
  const channel = placeWords(ticket);
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
