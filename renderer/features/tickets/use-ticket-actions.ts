import { useCallback, useState } from 'react';
import { toAppError } from '../../../shared/errors.ts';
import type { TicketView } from '../../../shared/ticket-list.ts';
import { ask } from '../../desk.ts';
import { isDecidable } from './ticket-words.ts';

/** A ticket as far as it takes to act on it: a row of the list or the whole. */
export type ActionTarget = Pick<TicketView, 'requestId' | 'issueKey' | 'status' | 'step' | 'origin'>;

export interface TicketActions {
  /** null where it cannot be done with this ticket. */
  openIssue: (() => void) | null;
  openMessage: (() => void) | null;
  copyKey: (() => void) | null;
  /** Approves or rejects; null where nothing is to be decided, nobody is known to decide, or a decision is under way. */
  decide: ((status: 'approved' | 'rejected') => void) | null;
  /** How the last one ended. */
  said: { tone: 'good' | 'problem'; message: string } | null;
  dismiss(): void;
}

/** What a person may do with the selected ticket, by button or by key. */
export function useTicketActions(target: ActionTarget | null, hasOwner: boolean): TicketActions {
  const [last, setLast] = useState<({ requestId: string } & NonNullable<TicketActions['said']>) | null>(null);
  /** The ticket that was decided here; it stays until the next, so that nothing is decided twice meanwhile. */
  const [decided, setDecided] = useState<string | null>(null);
  const dismiss = useCallback(() => setLast(null), []);
  if (target === null) {
    return { openIssue: null, openMessage: null, copyKey: null, decide: null, said: null, dismiss };
  }
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

  const isAnnounced = origin !== 'jira' && (step === 'announced' || step === 'done');
  return {
    openIssue: issueKey === null ? null : () => attempt(ask('issue:open', { requestId }), null),
    openMessage: issueKey === null || !isAnnounced ? null : () => attempt(ask('message:open', { requestId }), null),
    copyKey:
      issueKey === null ? null : () => attempt(ask('clipboard:write', { text: issueKey }), `${issueKey} is copied.`),
    decide: isDecidable(target) && hasOwner && decided !== requestId ? decide : null,
    said: last?.requestId === requestId ? last : null,
    dismiss,
  };
}
