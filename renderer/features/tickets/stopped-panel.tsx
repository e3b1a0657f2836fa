import { Button } from '@mantine/core';
import { useState } from 'react';
import type { TicketView } from '../../../shared/ticket-list.ts';
import { Notice } from '../../components/notice.tsx';
import { longTime } from '../../components/time.tsx';
import { useAction } from '../../desk.ts';
import { CorrectionForm } from './correction-form.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import styles from './ticket-detail.module.css';
import { isCorrectable } from './ticket-words.ts';

/** What stopped a ticket, or what it waits for, and the ways on; nothing for a ticket that is well. */
export function StoppedPanel({ ticket }: { ticket: TicketView }) {
  const { requestId, needsAttention, error, nextTryAt, attempts } = ticket;
  const [dialog, setDialog] = useState<'correct' | 'discard' | null>(null);
  const retry = useAction('tickets:retry');
  if (!needsAttention && nextTryAt === null) return null;
  const retryNow = (
    <Button loading={retry.isRunning} onClick={() => retry.run({ requestId, correction: {} })}>
      {needsAttention ? 'Retry as it is' : 'Retry now'}
    </Button>
  );
  const tries = attempts > 1 ? `Tried ${attempts} times. ` : '';
  return (
    <div className={styles['stopped']}>
      {needsAttention ? (
        <Notice tone="problem" title="This ticket needs a person">
          {error?.message}
        </Notice>
      ) : (
        <Notice tone="warning" title="Waiting for another try">
          {error?.message} {tries}
          {nextTryAt !== null && `Next try: ${longTime(nextTryAt)}.`}
        </Notice>
      )}
      {retry.trouble !== null && <Notice tone="problem">{retry.trouble.message}</Notice>}
      {needsAttention && ticket.step === 'creating' && (
        <p className={styles['hint']}>
          Jira may have it already, so a retry looks for it first and files it as it was. It cannot be changed here.
        </p>
      )}
      <div className={styles['buttons']}>
        {needsAttention && isCorrectable(ticket) && (
          <Button variant="filled" onClick={() => setDialog('correct')}>
            Fix and retry
          </Button>
        )}
        {retryNow}
        {needsAttention && (
          <Button variant="subtle" color="red" onClick={() => setDialog('discard')}>
            Discard
          </Button>
        )}
      </div>
      {dialog === 'correct' && <CorrectionForm ticket={ticket} onClose={() => setDialog(null)} />}
      {dialog === 'discard' && <DiscardDialog ticket={ticket} onClose={() => setDialog(null)} />}
    </div>
  );
}
