import type { AppError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Ticket } from '../../shared/ticket.ts';
import type { Claims } from './claims.ts';
import type { Classifier } from './ports/classifier.ts';
import type { FileSource } from './ports/file-source.ts';
import type { IssueTracker } from './ports/issue-tracker.ts';
import type { EarlierTicket } from './ports/message-reader.ts';
import type { Messenger } from './ports/messenger.ts';
import type { People } from './ports/people.ts';
import type { ChangeOf, TicketChange, TicketStore } from './ports/ticket-store.ts';

export interface TicketStepDeps {
  log: TicketStore;
  classifier: Classifier;
  /** Give what the settings name now; a step keeps the one that it began with. */
  tracker(): IssueTracker;
  messenger(): Messenger;
  people(): People;
  files(): FileSource;
  /** Called after every change of a ticket. */
  onChange(ticket: Ticket): void;
  /** Tells of failures, with ids and codes only: never a ticket's text. */
  onError(error: AppError, requestId: string): void;
  /** Settings that the work on tickets reads, as they are now. */
  rules(): TicketRules;
  /** Confidence below which a label is marked as unsure, where the settings do not say. */
  unsureBelow: number;
  /** Wait before the next try of what failed `attempt` times before, in milliseconds. */
  retryDelayMs(attempt: number): number;
}

/** Whole parts of the settings, so that one more that a step reads is named nowhere else; no step needs the token. */
export type TicketRules = Pick<Settings, 'people' | 'classification' | 'channels'> & {
  jira: Omit<Settings['jira'], 'apiToken'>;
};

/** Does one thing, stores the result, and gives the ticket as it is then. Throws AppError. */
export type TicketStep = (ticket: Ticket) => Promise<Ticket>;

/** Things that only the run of the program knows. */
export interface StepRun {
  /**
   * Stores what a step has to say of its ticket. Throws what ends the run where another instance has the ticket now.
   */
  update: Claims['update'];
  /** Signal that the program stops: who waits for a turn to speak does not speak any more. */
  signal: AbortSignal;
  /** Whether the chat delivered the request more than once, maybe to another desktop before. */
  isDeliveredAgain(requestId: string): boolean;
  /** Tells who asked that a person must act. */
  explain(ticket: Ticket, error: AppError): void;
  /** Shows who asked the ticket that the message has already. */
  offer(ticket: Ticket, earlier: EarlierTicket): void;
}

/** Things that all steps use. */
export interface StepContext extends Omit<TicketStepDeps, 'log'>, StepRun {
  /** Stores what a step has done, and that nothing is wrong. */
  save(ticket: Ticket, change: TicketChange | ChangeOf): Promise<Ticket>;
}
