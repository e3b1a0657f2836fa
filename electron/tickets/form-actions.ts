import { type Label, labels } from '../../shared/labels.ts';
import type { Classification, Ticket } from '../../shared/ticket.ts';
import { allTickets } from '../../shared/ticket-list.ts';
import { destinationOf, limitsFor, typesFor } from './destination.ts';
import { unknownSource } from './ports/classifier.ts';
import type { FormTexts } from './ports/form-texts.ts';
import type { AskedForm } from './ports/issue-tracker.ts';
import type { TicketReader } from './ports/ticket-reader.ts';
import type { NewRequest, UnsavedTicket } from './ports/ticket-store.ts';
import { receivedTicket } from './rules/intake.ts';
import { sentElsewhere } from './sent-elsewhere.ts';
import type { TicketStepDeps } from './step-context.ts';

/** A ticket that a person is about to ask for. */
export interface FormWish
  extends Pick<Ticket, 'channel' | 'channelName' | 'wantedType' | 'wantedProject' | 'wantedFields'> {
  label: Label;
}

/** `over`: there was nothing to complete any more, and nothing was changed. */
export interface Completion {
  outcome: 'taken' | 'over';
  ticket: Ticket;
}

/** Things that forms in the chat need. */
export interface FormActions extends FormTexts {
  /** What a form asks for, with the priority where the project has one. Throws as the tracker does. */
  askedFor(wish: FormWish): Promise<AskedForm>;
  /** What a model makes of words from a place. */
  classify(words: string, place: Pick<FormWish, 'channel' | 'channelName'>): Promise<Classification>;
  /**
   * Takes what the requester gave for a request that waits at `needs_fields`; its id is the first one's. A desktop that never
   * saw the request takes it as a new one. Throws `storage_failed`.
   */
  complete(request: NewRequest): Promise<Completion>;
  find(requestId: string): Promise<Ticket | null>;
  /** Tickets of a person with which something is left to do, newest first. */
  openTicketsOf(user: string): Promise<Ticket[]>;
}

export interface FormActionDeps extends TicketStepDeps {
  log: TicketStepDeps['log'] & Pick<TicketReader, 'list'> & FormTexts;
}

const mostShown = 20;

export function createFormActions({ log, tracker, classifier, rules, onChange }: FormActionDeps): FormActions {
  return {
    async askedFor({ label, ...wanted }) {
      const wish = { ...wanted, classification: { label } };
      const types = typesFor(wish, rules());
      return tracker().askedFor(destinationOf(wish, rules()), {
        types: labels.map((each) => types[each]),
        also: ['priority'],
      });
    },

    classify: (words, place) => classifier.classify(words, limitsFor(place, rules())),

    async complete(request) {
      let outcome: Completion['outcome'] = 'over';
      const ticket = await log.upsert(request.requestId, (known, at) => {
        if (known !== null && !isAsked(known)) return null;
        outcome = 'taken';
        const taken = known === null ? receivedTicket(request, at) : completedTicket(known, request);
        // The same form may have been sent to another desktop, which says nothing of it but by the issue.
        return { ...taken, sent: sentElsewhere };
      });
      onChange(ticket);
      return { outcome, ticket };
    },

    find: (requestId) => log.find(requestId),

    openTicketsOf: (user) => log.list({ filter: { ...allTickets, view: 'open', user }, limit: mostShown }),

    keepTexts: (form, values) => log.keepTexts(form, values),
    keptTexts: (form) => log.keptTexts(form),
  };
}

/** Whether its requester was asked for fields, and nobody has gone on with it since. */
export function isAsked({ step }: Pick<Ticket, 'step'>): boolean {
  return step === 'needs_fields';
}

/** The ticket with what its requester gave, to be filed. */
function completedTicket(known: Ticket, { label, wantedFields, responseUrl, ...request }: NewRequest): UnsavedTicket {
  const { summary, text, markup } = request;
  const isOther = label !== null && label !== known.classification?.label;
  const classification = isOther ? { ...unknownSource, label, source: 'person' as const } : known.classification;
  return {
    ...known,
    ...{ summary, text, markup, classification },
    isUnsure: known.isUnsure && !isOther,
    // The latest choice of a type counts, whoever made it.
    wantedType: label === null ? known.wantedType : null,
    responseUrl: responseUrl ?? known.responseUrl,
    wantedFields: { ...known.wantedFields, ...wantedFields },
    status: 'received',
    step: classification === null ? 'received' : 'classified',
    ...{ announcement: null, error: null, attempts: 0, nextTryAt: null },
  };
}
