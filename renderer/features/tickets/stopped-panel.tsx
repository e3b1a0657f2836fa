import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Step } from '../../../shared/ticket.ts';
import type { TicketView } from '../../../shared/ticket-list.ts';
import { Notice } from '../../components/notice.tsx';
import { standingOf } from '../../components/status-word.tsx';
import { Countdown } from '../../components/time.tsx';
import { useNavigation } from '../../navigation/navigation.ts';
import { remedyFor } from '../status/remedies.ts';
import { KeyHint } from './action-bar.tsx';
import { CorrectionForm } from './correction-form.tsx';
import { CreateAnywayDialog } from './create-anyway-dialog.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import styles from './ticket-detail.module.css';
import { isCorrectable, isRetryable, isStopped, mayBeInJira } from './ticket-words.ts';
import type { TicketActions } from './use-ticket-actions.ts';
import { WhereToLook } from './where-to-look.tsx';

export interface StoppedPanelProps {
  ticket: TicketView;
  actions: TicketActions;
}

/** What stopped a ticket, or what it waits for, and the ways on; nothing for a ticket that is well. */
export function StoppedPanel({ ticket, actions }: StoppedPanelProps) {
  const { needsAttention, step, sent } = ticket;
  const [dialog, setDialog] = useState<'correct' | 'create' | null>(null);
  const close = () => setDialog(null);
  if (!isStopped(ticket)) return null;
  const canCorrect = needsAttention && isCorrectable(ticket);
  const isSought = needsAttention && mayBeInJira(step) && ticket.issueKey === null;
  return (
    <div className={styles['stopped']}>
      <Reason ticket={ticket} />
      {isSought && sent !== null && <WhereToLook requestId={ticket.requestId} sent={sent} />}
      <Hint ticket={ticket} />
      <div className={styles['buttons']}>
        {canCorrect && (
          <Button variant="filled" onClick={() => setDialog('correct')}>
            Fix and retry
          </Button>
        )}
        {isRetryable(ticket) && (
          <Button
            variant={isSought ? 'filled' : 'default'}
            loading={actions.retry === null}
            rightSection={<KeyHint letter="T" />}
            aria-keyshortcuts="T"
            onClick={() => actions.retry?.()}
          >
            {isSought ? 'Look again' : needsAttention ? 'Retry as it is' : 'Retry now'}
          </Button>
        )}
        {isSought && <Button onClick={() => setDialog('create')}>Create anyway</Button>}
        <Button
          variant="subtle"
          color="red"
          rightSection={<KeyHint letter="D" />}
          aria-keyshortcuts="D"
          onClick={() => actions.discard?.()}
        >
          Discard
        </Button>
      </div>
      {dialog === 'correct' && <CorrectionForm ticket={ticket} onClose={close} />}
      {dialog === 'create' && <CreateAnywayDialog ticket={ticket} onClose={close} />}
      {actions.isDiscarding && <DiscardDialog ticket={ticket} onClose={actions.endDiscarding} />}
    </div>
  );
}

/** What went wrong, and where it can be mended. */
function Reason({ ticket }: { ticket: TicketView }) {
  const { go } = useNavigation();
  const { step, error } = ticket;
  const standing = standingOf(ticket);
  if (standing === 'parked' && error !== null) {
    const { to } = remedyFor(partOf(step), error.code);
    return (
      <Notice
        tone="problem"
        title="Waits for the settings"
        action={to !== null && 'place' in to && <Button onClick={() => go(to.place)}>{to.label}</Button>}
      >
        {error.message}
      </Notice>
    );
  }
  if (standing === 'retrying') {
    return (
      <Notice tone="warning" title="Waits for another try">
        {error?.message}
      </Notice>
    );
  }
  return (
    <Notice tone="problem" title={step === 'unconfirmed' ? 'It may be in Jira already' : 'This ticket needs a person'}>
      {error?.message}
    </Notice>
  );
}

/** The service that a step needs; null where it needs both. */
function partOf(step: Step): 'slack' | 'jira' | null {
  if (step === 'announced') return null;
  return step === 'created' ? 'slack' : 'jira';
}

/** What happens by itself, and what a person should know. Not in the notice, which is read out whenever it changes. */
function Hint({ ticket }: { ticket: TicketView }) {
  const { step, attempts, nextTryAt } = ticket;
  switch (standingOf(ticket)) {
    case 'retrying':
      return (
        <p className={styles['hint']}>
          {attempts > 1 && `Tried ${attempts} times. `}
          {nextTryAt !== null && (
            <>
              Next try <Countdown to={nextTryAt} />.{' '}
            </>
          )}
          {step === 'creating' && 'It is looked for first, so nothing is filed twice. '}
          {!isRetryable(ticket) && 'The other side asked for this pause, so it cannot be cut short.'}
        </p>
      );
    case 'parked':
      return (
        <p className={styles['hint']}>
          Once the settings are right, it goes on by itself{step === 'creating' && ' and is looked for first'}.
        </p>
      );
    default:
      if (!mayBeInJira(step)) return null;
      return (
        <p className={styles['hint']}>
          {step === 'unconfirmed'
            ? 'If you find it there, discard it here. If you are sure that it is not there, create it anyway.'
            : 'Jira may have it already, so a retry looks for it first and files it as it was. It cannot be changed here.'}
        </p>
      );
  }
}
