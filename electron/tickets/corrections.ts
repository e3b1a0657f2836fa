import { AppError } from '../../shared/errors.ts';
import type { Label } from '../../shared/labels.ts';
import type { Correction, Ticket } from '../../shared/ticket.ts';
import { storeClick, type TicketClick } from './clicks.ts';
import { labelOfType } from './merge-remote.ts';
import { unknownSource } from './ports/classifier.ts';
import type { IssueView } from './ports/issue-tracker.ts';
import type { TicketStepDeps } from './step-context.ts';

/** Words of people about labels. */
export interface Corrections {
  /** Takes a person's word for another label: Jira, the message and the classifier follow. */
  relabel(requestId: string, word: { label: Label; by: string | null; via: Correction['via'] }): Promise<Ticket>;
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
  const relabel: Corrections['relabel'] = async (requestId, { label, by, via }) => {
    const ticket = await log.find(requestId);
    if (ticket === null) throw new AppError('not_found', 'The log has no such ticket any more.');
    const { classification } = ticket;
    if (classification === null && ticket.origin === 'desk') {
      throw new AppError('invalid_input', 'This ticket is not classified yet. Look again in a moment.');
    }
    if (classification?.label === label && !ticket.isUnsure) return ticket;
    // In Jira it is so already where it comes from there.
    const isTold = via === 'jira' || classification?.label === label;
    const from = ticket.correction === null ? (classification?.label ?? null) : ticket.correction.from;
    const corrected = await log.update(requestId, {
      classification: { ...(classification ?? unknownSource), label },
      isUnsure: false,
      correction: { from, by, at: new Date().toISOString(), via, isTold },
    });
    onChange(corrected);
    enqueue(requestId);
    return corrected;
  };

  return {
    relabel,

    async relabelByClick(click, { label, by }) {
      await storeClick(log, click);
      return relabel(click.requestId, { label, by, via: 'slack' });
    },

    async takeTypeFromJira({ key, issueType }) {
      const ticket = await log.findByKey(key);
      if (ticket === null || ticket.issueType === null || ticket.issueType === issueType) return;
      // Not while this desktop itself has a word on the type that Jira does not have yet.
      if (ticket.correction?.isTold === false) return;
      const label = labelOfType(issueType, ticket.classification?.label ?? null, rules().labelToIssueType);
      await log.update(ticket.requestId, { issueType });
      if (label !== null) await relabel(ticket.requestId, { label, by: null, via: 'jira' });
    },
  };
}
