import { placeWords } from '../../../shared/places.ts';
import type { Step } from '../../../shared/ticket.ts';
import type { TicketDetail, TicketEvent, TicketView } from '../../../shared/ticket-list.ts';

/** Something that happened, in words. */
export interface Moment {
  /** ISO 8601. */
  at: string;
  tone: 'plain' | 'good' | 'problem';
  title: string;
  detail: string | null;
  /** Milliseconds since the moment before; null for the first. */
  tookMs: number | null;
}

/** What was being done when a try failed, by the step that was reached. */
const failedWork: Record<Step, string> = {
  received: 'Classifying failed',
  classified: 'Filing in Jira failed',
  needs_fields: 'Fields were missing',
  creating: 'Jira’s answer was lost',
  unconfirmed: 'Looked for in Jira, without certainty',
  created: 'Posting to Slack failed',
  announced: 'Telling Slack and Jira failed',
  done: 'Stopped',
};

/**
 * A ticket's history, oldest first. The log keeps one event for failures that repeat, so how often the last one came is
 * the ticket's own count. `nameOf` turns a Slack id into a name.
 */
export function timelineOf({ ticket, events }: TicketDetail, nameOf: (user: string) => string): Moment[] {
  const moments: Moment[] = [];
  let last: TicketEvent | null = null;
  for (const [index, event] of events.entries()) {
    const isLatestFailure = event.error !== null && !events.slice(index + 1).some(({ error }) => error !== null);
    const tries = isLatestFailure && ticket.error !== null ? ticket.attempts : 1;
    const words = event.error === null ? wordsOf(event, last, ticket, nameOf) : wordsOfFailure(event, tries);
    if (words !== null) {
      const before = moments.at(-1);
      const tookMs = before === undefined ? null : Math.max(0, Date.parse(event.at) - Date.parse(before.at));
      moments.push({ at: event.at, tookMs, ...words });
    }
    last = event;
  }
  return moments;
}

type Words = Pick<Moment, 'tone' | 'title' | 'detail'>;

function wordsOfFailure({ step, error }: TicketEvent, tries: number): Words {
  const title = tries > 1 ? `${failedWork[step]}, tried ${tries} times` : failedWork[step];
  return { tone: 'problem', title, detail: error?.message ?? null };
}

/** The event in words; null where it is no news to a person. */
function wordsOf(
  { step, status }: TicketEvent,
  last: TicketEvent | null,
  ticket: TicketView,
  nameOf: (user: string) => string,
): Words | null {
  const plain = (title: string, detail: string | null = null): Words => ({ tone: 'plain', title, detail });
  if ((status === 'approved' || status === 'rejected') && last?.status !== status) {
    const { decision } = ticket;
    const by = decision === null ? '' : ` by ${nameOf(decision.by)}`;
    const title = `${status === 'approved' ? 'Approved' : 'Rejected'}${by}`;
    return { tone: status === 'approved' ? 'good' : 'plain', title, detail: null };
  }
  if (step === 'done') {
    return status === 'approved' || status === 'rejected' ? plain('Slack and Jira were told') : plain('Discarded');
  }
  if (last !== null && last.error !== null && last.step === step) return plain('Tried again');
  switch (step) {
    case 'received':
      return last === null ? plain('Received from Slack') : null;
    case 'classified':
      // Back from `creating`: Jira said no, which the failure that follows tells.
      if (last?.step === 'creating') return null;
      return plain(ticket.classification === null ? 'Classified' : `Classified as ${ticket.classification.label}`);
    case 'needs_fields':
      return plain('Asked for what Jira demands');
    case 'creating':
      return plain(last?.step === 'unconfirmed' ? 'Looked for again' : 'Sent to Jira');
    case 'unconfirmed':
      return plain('Nobody could tell whether Jira has it');
    case 'created':
      return plain(ticket.issueKey === null ? 'Filed in Jira' : `Filed as ${ticket.issueKey}`);
    case 'announced':
      if (last?.status === status && last.step === step) return null;
      return plain(...announcedWords(ticket));
  }
}

function announcedWords(ticket: TicketView): [title: string, detail?: string] {
  const { announcement, origin } = ticket;
  if (origin === 'click') return ['Asked about in Slack', 'Another desktop filed it and posted the message.'];
  switch (announcement?.via) {
    case 'response_url':
      return ['Shown to the requester alone', 'The bot may not post in that channel.'];
    case 'direct':
      return ['Sent as a direct message'];
    default:
      return [`Posted in ${placeWords(ticket) ?? 'Slack'}`];
  }
}
