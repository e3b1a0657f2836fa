import { useCallback, useState } from 'react';
import { toAppError } from '../../../shared/errors.ts';
import type { TicketView } from '../../../shared/ticket-list.ts';
import { ask } from '../../bridge/bridge.ts';
import { isDecidable, isRetryable, isStopped } from './ticket-words.ts';

/** A ticket as far as it takes to act on it: a row of the list or the whole. */
export type ActionTarget = Pick<
  TicketView,
  'requestId' | 'issueKey' | 'status' | 'step' | 'origin' | 'needsAttention' | 'nextTryAt' | 'error'
>;

export interface TicketActions {
  /** Opens the issue; null, as those below, where it cannot be done with this ticket. */
  openIssue: (() => void) | null;
  openMessage: (() => void) | null;
  copyKey: (() => void) | null;
  /** Approves or rejects; null where nothing is to be decided, nobody is known to decide, or a decision is under way. */
  decide: ((status: 'approved' | 'rejected') => void) | null;
  /** Tries again at once, as it is; null where nothing waits, where the pause is the other side's, or while it is asked. */
  retry: (() => void) | null;
  /** Asks whether to discard; null where nothing has stopped. */
  discard: (() => void) | null;
  /** Whether the person is being asked about discarding. */
  isDiscarding: boolean;
  /** Ends the question. */
  endDiscarding(): void;
  /** How the last one ended. */
  said: { tone: 'good' | 'problem'; message: string } | null;
  dismiss(): void;
}

/** What a person may do with the selected ticket, by button or by key. */
export function useTicketActions(target: ActionTarget | null, hasOwner: boolean): TicketActions {
  const [last, setLast] = useState<({ requestId: string } & NonNullable<TicketActions['said']>) | null>(null);
  /** The ticket that was decided here; it stays until the next, so that nothing is decided twice meanwhile. */
  const [decided, setDecided] = useState<string | null>(null);
  const [retried, setRetried] = useState<string | null>(null);
  const [discarding, setDiscarding] = useState<string | null>(null);
  const dismiss = useCallback(() => setLast(null), []);
  const endDiscarding = useCallback(() => setDiscarding(null), []);
  if (target === null) return { ...nothing, dismiss, endDiscarding };
  const { requestId, issueKey, step, origin } = target;

  /** Says how it went; gives whether it worked. */
  async function attempt(work: Promise<void>, success: string | null): Promise<boolean> {
    setLast(null);
    try {
      await work;
      if (success !== null) setLast({ requestId, tone: 'good', message: success });
      return true;
    } catch (thrown) {
      const { message } = toAppError(thrown);
      setLast({ requestId, tone: 'problem', message });
      return false;
    }
  }

  async function decide(status: 'approved' | 'rejected'): Promise<void> {
    setDecided(requestId);
    const worked = await attempt(ask('tickets:decide', { requestId, status }), `${issueKey} is ${status}.`);
    if (!worked) setDecided(null);
  }

  async function retry(): Promise<void> {
    setRetried(requestId);
    const isSought = step === 'creating' || step === 'unconfirmed';
    const success = isSought ? 'It is being looked for again.' : 'It is being tried again.';
    await attempt(ask('tickets:retry', { requestId, edits: {} }), success);
    setRetried(null);
  }

  const isAnnounced = origin !== 'jira' && (step === 'announced' || step === 'done');
  return {
    openIssue: issueKey === null ? null : () => attempt(ask('issue:open', { requestId }), null),
    openMessage: issueKey === null || !isAnnounced ? null : () => attempt(ask('message:open', { requestId }), null),
    copyKey:
      issueKey === null ? null : () => attempt(ask('clipboard:write', { text: issueKey }), `${issueKey} is copied.`),
    decide: isDecidable(target) && hasOwner && decided !== requestId ? decide : null,
    retry: isRetryable(target) && retried !== requestId ? retry : null,
    discard: isStopped(target) ? () => setDiscarding(requestId) : null,
    isDiscarding: discarding === requestId && isStopped(target),
    endDiscarding,
    said: last?.requestId === requestId ? last : null,
    dismiss,
  };
}

const nothing = {
  openIssue: null,
  openMessage: null,
  copyKey: null,
  decide: null,
  retry: null,
  discard: null,
  isDiscarding: false,
  said: null,
};
