import {
  IconAlertCircle,
  IconArchive,
  IconCircleCheck,
  IconCircleX,
  IconClockPause,
  IconHourglass,
  IconLoader,
} from '@tabler/icons-react';
import type { TicketListRow } from '../../shared/ticket-list.ts';
import styles from './status-word.module.css';

type Given = Pick<TicketListRow, 'status' | 'step' | 'needsAttention' | 'nextTryAt'>;

const looks = {
  attention: { words: 'Needs attention', icon: IconAlertCircle, tone: 'bad' },
  discarded: { words: 'Discarded', icon: IconArchive, tone: 'quiet' },
  approved: { words: 'Approved', icon: IconCircleCheck, tone: 'good' },
  rejected: { words: 'Rejected', icon: IconCircleX, tone: 'quiet' },
  waiting: { words: 'Waiting for approval', icon: IconHourglass, tone: 'warn' },
  retrying: { words: 'Trying again', icon: IconClockPause, tone: 'warn' },
  working: { words: 'Being filed', icon: IconLoader, tone: 'quiet' },
} as const;

/** How a ticket stands, in the words that people read. */
export function standingOf({ status, step, needsAttention, nextTryAt }: Given): keyof typeof looks {
  if (needsAttention) return 'attention';
  // A ticket with an issue keeps its status when it is discarded.
  if (status === 'failed' || (status === 'created' && step === 'done')) return 'discarded';
  if (status === 'approved' || status === 'rejected') return status;
  if (nextTryAt !== null) return 'retrying';
  return step === 'announced' ? 'waiting' : 'working';
}

export function StatusWord({ ticket }: { ticket: Given }) {
  const { words, icon: Sign, tone } = looks[standingOf(ticket)];
  return (
    <span className={styles['status']} data-tone={tone}>
      <Sign size={14} stroke={1.75} aria-hidden />
      <span>{words}</span>
    </span>
  );
}
