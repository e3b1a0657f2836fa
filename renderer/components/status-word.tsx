import {
  IconAlertCircle,
  IconArchive,
  IconCircleCheck,
  IconCircleX,
  IconClockPause,
  IconHourglass,
  IconLoader,
  IconMessageQuestion,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import { reactionTo } from '../../shared/errors.ts';
import type { TicketListRow } from '../../shared/ticket-list.ts';
import { isUnfinished } from '../../shared/unfinished.ts';
import styles from './status-word.module.css';
import { Countdown } from './time.tsx';

type Given = Pick<TicketListRow, 'status' | 'step' | 'needsAttention' | 'nextTryAt' | 'error'>;

const looks = {
  attention: { words: 'Needs attention', icon: IconAlertCircle, tone: 'bad' },
  parked: { words: 'Waits for settings', icon: IconPlugConnectedX, tone: 'bad' },
  discarded: { words: 'Discarded', icon: IconArchive, tone: 'quiet' },
  approved: { words: 'Approved', icon: IconCircleCheck, tone: 'good' },
  rejected: { words: 'Rejected', icon: IconCircleX, tone: 'quiet' },
  waiting: { words: 'Waiting for approval', icon: IconHourglass, tone: 'warn' },
  asked: { words: 'Waiting for who asked', icon: IconMessageQuestion, tone: 'warn' },
  retrying: { words: 'Next try', icon: IconClockPause, tone: 'warn' },
  working: { words: 'Under way', icon: IconLoader, tone: 'quiet' },
} as const;

/** How a ticket stands: what it waits for, or how it ended. */
export function standingOf({ status, step, needsAttention, nextTryAt, error }: Given): keyof typeof looks {
  if (needsAttention) return error !== null && reactionTo(error.code) === 'park' ? 'parked' : 'attention';
  // A ticket with an issue keeps its status when it is discarded.
  if (status === 'failed' || (status === 'created' && step === 'done')) return 'discarded';
  // A decision that could not be passed on yet is not over.
  if (nextTryAt !== null && step !== 'done') return 'retrying';
  if (status === 'approved' || status === 'rejected') return status;
  if (step === 'needs_fields') return 'asked';
  return step === 'announced' ? 'waiting' : 'working';
}

/** How a ticket stands, in the words that people read; the time of the next try counts down. */
export function StatusWord({ ticket }: { ticket: Given }) {
  const standing = standingOf(ticket);
  const { words, icon: Sign, tone } = looks[standing];
  return (
    <span className={styles['status']} data-tone={tone}>
      <Sign size={14} stroke={1.75} aria-hidden />
      <span>
        {words}
        {standing === 'retrying' && ticket.nextTryAt !== null && (
          <>
            {' '}
            <Countdown to={ticket.nextTryAt} />
          </>
        )}
      </span>
    </span>
  );
}

/** What is being done with a ticket, or was when it stopped; null where nothing is left to do. */
export function stageOf(ticket: Pick<Given, 'status' | 'step' | 'error'>): string | null {
  if (!isUnfinished(ticket)) return null;
  switch (ticket.step) {
    case 'received':
      return 'Classifying';
    case 'classified':
      return 'Filing in Jira';
    case 'needs_fields':
      return 'Waiting for fields';
    case 'creating':
      return ticket.error === null ? 'Filing in Jira' : 'Looking in Jira';
    case 'unconfirmed':
      return 'Perhaps in Jira';
    case 'created':
      return 'Posting to Slack';
    case 'announced':
      return 'Telling Slack and Jira';
    case 'done':
      return null;
  }
}
