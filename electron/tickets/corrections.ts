import { AppError } from '../../shared/errors.ts';
import type { Label } from '../../shared/labels.ts';
import type { Correction, Ticket } from '../../shared/ticket.ts';
import { storeClick, type TicketClick } from './clicks.ts';
import { typesFor } from './destination.ts';
import { isRenamed, labelOfType } from './merge-remote.ts';
import { unknownSource } from './ports/classifier.ts';
import type { IssueView } from './ports/issue-tracker.ts';
import type { TicketChange } from './ports/ticket-store.ts';
import type { TicketStepDeps } from './step-context.ts';

/** A person's word on a label. */
interface Word {
  label: Label;
  by: string | null;
  via: Correction['via'];
}

/** Words of people about labels. */
export interface Corrections {
  /** Takes a person's word for another label: Jira, the message and the classifier follow. */
  relabel(requestId: string, word: Word): Promise<Ticket>;
  /** Does the same by a click on the message, also of a ticket that this desktop never handled. */
  relabelByClick(click: TicketClick, word: { label: Label; by: string }): Promise<Ticket>;
}

export interface CorrectionDeps extends Pick<TicketStepDeps, 'log' | 'rules' | 'onChange'> {
  enqueue(requestId: string): void;
}

/** Makes corrections. `takeTypeFromJira`: a type that a person changed in Jira counts as one. */
export function createCorrections({ log, rules, onChange, enqueue }: CorrectionDeps): Corrections & {
  takeTypeFromJira(issue: IssueView): Promise<void>;
} {
  /** Changes a ticket by what it is in the write itself: another word may have come since it was read. */
  async function correct(requestId: string, changeOf: (ticket: Ticket) => TicketChange | null): Promise<Ticket> {
    let isNews = false;
    const ticket = await log.update(requestId, (fresh) => {
      const change = changeOf(fresh);
      isNews = change !== null;
      return change;
    });
    if (!isNews) return ticket;
    onChange(ticket);
    if (ticket.correction?.isTold === false) enqueue(requestId);
    return ticket;
  }

  const relabel: Corrections['relabel'] = (requestId, word) =>
    correct(requestId, (ticket) => correctedBy(ticket, word));

  return {
    relabel,

    async relabelByClick(click, { label, by }) {
      await storeClick(log, click);
      return relabel(click.requestId, { label, by, via: 'slack' });
    },

    async takeTypeFromJira({ key, issueType, issueTypeId }) {
      const found = await log.findByKey(key);
      if (found === null) return;
      await correct(found.requestId, (ticket) => {
        const { classification, correction } = ticket;
        if (ticket.issueType === null || ticket.issueType === issueType) return null;
        // Not while this desktop itself has a word on the type that Jira does not have yet.
        if (correction?.isTold === false) return null;
        const now = { issueType, issueTypeId };
        const current = classification?.label ?? null;
        const types = typesFor(ticket, rules());
        if (isRenamed(ticket.issueType, now, current, types)) return { issueType };
        const label = labelOfType(now, current, types);
        return { issueType, ...(label !== null && correctedBy(ticket, { label, by: null, via: 'jira' })) };
      });
    },
  };
}

/** Change by a person's word on the label; null where it says nothing new. Throws `invalid_input` before there is one. */
function correctedBy({ classification, correction, isUnsure, origin }: Ticket, word: Word): TicketChange | null {
  const { label, by, via } = word;
  if (classification === null && origin === 'desk') {
    throw new AppError('invalid_input', 'This ticket is not classified yet. Look again in a moment.');
  }
  if (classification?.label === label && !isUnsure) return null;
  // In Jira it is so already where it comes from there.
  const isTold = via === 'jira' || classification?.label === label;
  const from = correction === null ? (classification?.label ?? null) : correction.from;
  return {
    classification: { ...(classification ?? unknownSource), label },
    isUnsure: false,
    correction: { from, by, at: new Date().toISOString(), via, isTold },
  };
}
