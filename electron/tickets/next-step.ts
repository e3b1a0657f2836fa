import type { Ticket } from '../../shared/ticket.ts';
import { isUnread } from './is-unread.ts';

/**
 * Name of a step, which is a function of message-steps.ts, filing-steps.ts, ask-step.ts, announce-step.ts, supplement-step.ts or
 * publish-steps.ts.
 */
export type StepName =
  | 'readMessage'
  | 'classify'
  | 'create'
  | 'lookFor'
  | 'askForFields'
  | 'announce'
  | 'publishDecision'
  | 'publishCorrection'
  | 'supplement';

/** The next step of a ticket, or null where it is done, failed or waits for a person. */
export function nextStepOf(ticket: Ticket): StepName | null {
  const { status, step, decision, correction, issueKey, supplements } = ticket;
  const isOver = status === 'failed' || step === 'done';
  if (!isOver && decision !== null && issueKey !== null) return 'publishDecision';
  // Before it is announced, issue and message are made with the corrected label.
  const isAnnounced = step === 'announced' || step === 'done';
  if (correction?.isTold === false && issueKey !== null && isAnnounced) return 'publishCorrection';
  // Put there while it is announced, as a rule: people do not wait for what an issue lacks, nor this for Slack.
  if (supplements.length > 0 && issueKey !== null && isAnnounced) return 'supplement';
  if (isOver) return null;
  switch (step) {
    case 'received':
      return isUnread(ticket) ? 'readMessage' : 'classify';
    case 'classified':
      return isUnread(ticket) ? 'readMessage' : 'create';
    case 'creating':
      return 'lookFor';
    case 'created':
      return 'announce';
    case 'needs_fields':
      return ticket.announcement === null ? 'askForFields' : null;
    case 'unconfirmed':
    case 'announced':
      return null;
  }
}
