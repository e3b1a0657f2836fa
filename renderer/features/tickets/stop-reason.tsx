import { Button } from '@mantine/core';
import type { SentCreate, Step } from '../../../shared/ticket.ts';
import type { TicketView } from '../../../shared/ticket-list.ts';
import { Notice } from '../../components/notice.tsx';
import { standingOf } from '../../components/status-word.tsx';
import { Countdown } from '../../components/time.tsx';
import { useNavigation } from '../../navigation/navigation.ts';
import { remedyFor } from '../../navigation/remedies.ts';
import styles from './ticket-detail.module.css';
import { isRetryable } from './ticket-words.ts';

/** What went wrong with a ticket that has stopped or waits, and where it can be mended. */
export function StopReason({ ticket }: { ticket: TicketView }) {
  const { go } = useNavigation();
  const { step, error } = ticket;
  switch (standingOf(ticket)) {
    case 'parked': {
      const to = error === null ? null : remedyFor(partOf(step), error.code).to;
      const action = to !== null && 'place' in to && <Button onClick={() => go(to.place)}>{to.label}</Button>;
      return (
        <Notice tone="problem" title="Waits for the settings" action={action}>
          {error?.message}
        </Notice>
      );
    }
    case 'retrying':
      return (
        <Notice tone="warning" title="Waits for another try">
          {error?.message}
        </Notice>
      );
    case 'asked':
      return (
        <Notice tone="info" title="Waits for who asked">
          {error?.message}
        </Notice>
      );
    default: {
      const title = step === 'unconfirmed' ? 'It may be in Jira already' : 'This ticket needs a person';
      return (
        <Notice tone="problem" title={title}>
          {error?.message}
        </Notice>
      );
    }
  }
}

/** The service that a step needs; null where it needs both. */
function partOf(step: Step): 'slack' | 'jira' | null {
  if (step === 'announced') return null;
  return step === 'created' || step === 'needs_fields' ? 'slack' : 'jira';
}

/** What happens by itself, and what a person should know. Apart from the notice, which is read out when it changes. */
export function WaysOn({ ticket }: { ticket: TicketView }) {
  const { step, attempts, nextTryAt, sent } = ticket;
  switch (standingOf(ticket)) {
    case 'parked':
      return (
        <p className={styles['hint']}>
          Once the settings are right, it goes on by itself{step === 'creating' && '; it is looked for first'}.
        </p>
      );
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
    case 'asked':
      return (
        <p className={styles['hint']}>
          Its requester got a button in Slack that asks for what is missing. Whoever is first fills it in: they there,
          or you here.
        </p>
      );
    default:
      if (step === 'unconfirmed') {
        return (
          <p className={styles['hint']}>
            {sent !== null && `${whereToLook(sent)} `}
            If you find it, discard it here. If you are sure that it is not there, create it anyway.
          </p>
        );
      }
      if (step !== 'creating') return null;
      return (
        <p className={styles['hint']}>
          Jira may have it already, so a retry looks for it first and files it as it was. It cannot be changed here.
        </p>
      );
  }
}

/** Where in Jira the issue is if it is anywhere. An anchor with the number 0 is that of an empty project. */
function whereToLook({ site, project, anchorKey }: SentCreate): string {
  const place = `Look into ${project} on ${URL.canParse(site) ? new URL(site).host : site}`;
  if (anchorKey === null) return `${place}, among the newest issues.`;
  return anchorKey.endsWith('-0') ? `${place}, which was empty before.` : `${place}, at the keys after ${anchorKey}.`;
}
