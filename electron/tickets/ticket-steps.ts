import type { AppError } from '../../shared/errors.ts';
import type { Label } from '../../shared/labels.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { createFilingSteps } from './filing-steps.ts';
import type { Classifier } from './ports/classifier.ts';
import type { IssueTracker } from './ports/issue-tracker.ts';
import type { Messenger } from './ports/messenger.ts';
import type { TicketChange, TicketStore } from './ports/ticket-store.ts';
import type { ShownProjects } from './status-answers.ts';
import { createTellingSteps } from './telling-steps.ts';

export interface TicketStepDeps {
  log: TicketStore;
  classifier: Classifier;
  /** The ones that the settings name now; a step keeps the one that it began with. */
  tracker(): IssueTracker;
  messenger(): Messenger;
  /** Called after every change of a ticket. */
  onChange(ticket: Ticket): void;
  /** Failures, with ids and codes only: never a ticket's text. */
  onError(error: AppError, requestId: string): void;
  /** As the settings say now. */
  rules(): TicketRules;
  /** Wait before the next try of what failed `attempt` times before, in milliseconds. */
  retryDelayMs(attempt: number): number;
}

export interface TicketRules {
  /** How long the issue of a create without an answer is looked for before it counts as not there, in milliseconds. */
  lookForMs: number;
  /** A label with less confidence than this is marked as unsure. */
  unsureBelow: number;
  labelToIssueType: Record<Label, string>;
  /** As many tickets as one person may file within a minute; 0: no limit. */
  ticketsPerMinute: number;
  /** Projects that `/ticket_status` shows beside the configured one. */
  statusProjects: ShownProjects;
}

/** Whatever went wrong before is over. */
export const allRight = { error: null, attempts: 0, nextTryAt: null } as const;

/** Does one thing, stores the result, and gives the ticket as it is then. Throws AppError. */
export type TicketStep = (ticket: Ticket) => Promise<Ticket>;

/** What only the run of the program knows. */
interface StepRun {
  /** Aborted when the program stops: who waits for a turn to speak does not speak any more. */
  signal: AbortSignal;
  /** Tells who asked that a person must act. */
  explain(ticket: Ticket, error: AppError): void;
}

/** What the steps have in common. */
export interface StepContext extends TicketStepDeps, StepRun {
  /** Stores what a step has done, and that nothing is wrong. */
  save(ticket: Ticket, change: TicketChange): Promise<Ticket>;
}

/** received -> classified -> creating -> created -> announced -> done, each stored before the next begins. */
export function createTicketSteps(
  deps: TicketStepDeps,
  run: StepRun,
): {
  /** The next step of this ticket, or null where it is done, failed or waits for a person. */
  nextStep(ticket: Ticket): TicketStep | null;
} {
  async function save(ticket: Ticket, change: TicketChange): Promise<Ticket> {
    const saved = await deps.log.update(ticket.requestId, { ...allRight, ...change });
    deps.onChange(saved);
    return saved;
  }
  const context: StepContext = { ...deps, ...run, save };
  const telling = createTellingSteps(context);
  const filing = createFilingSteps(context, telling.notPosted);

  function nextStep(ticket: Ticket): TicketStep | null {
    const isOver = ticket.status === 'failed' || ticket.step === 'done';
    if (!isOver && ticket.decision !== null && ticket.issueKey !== null) return telling.settle;
    // Before it is announced, issue and message are made with the corrected label.
    const isAnnounced = ticket.step === 'announced' || ticket.step === 'done';
    if (ticket.correction?.isTold === false && ticket.issueKey !== null && isAnnounced) return telling.passOn;
    if (isOver) return null;
    switch (ticket.step) {
      case 'received':
        return filing.classify;
      case 'classified':
        return filing.create;
      case 'creating':
        return filing.lookFor;
      case 'unconfirmed':
        return null;
      case 'created':
        return telling.announce;
      case 'announced':
      case 'done':
        return null;
    }
  }

  return { nextStep };
}
