import { reactionTo, toAppError } from '../../../shared/errors.ts';
import type { Ticket } from '../../../shared/ticket.ts';

export const loading = 'Loading what Jira asks for…';

const allTheSame = 'Send this all the same: it is kept, and if something is missing you get a button that asks for it.';

/** Why a form lacks what the tracker asks for, in words for whoever fills it in. */
export function troubleWords(thrown: unknown): string {
  const { code, needsPerson } = toAppError(thrown);
  if (needsPerson || code === 'unauthorized') {
    return `Jira does not let AI Ticket Agent in just now: it wants a person to log in, maybe with a captcha. The person whose desktop runs AI Ticket Agent sees that. ${allTheSame}`;
  }
  if (reactionTo(code) === 'retry')
    return `Jira does not answer just now, so its own fields are not here. ${allTheSame}`;
  return `Jira does not say which fields it wants here. ${allTheSame}`;
}

/** Told where a request needs nothing more from whoever wants to complete it. */
export function overWords({ issueKey, step, summary }: Ticket): string {
  const what = `“${summary}”`;
  if (issueKey !== null) return `${what} is in Jira already: ${issueKey}. There is nothing more to fill in.`;
  if (step === 'done') {
    return `${what} was set aside by the person whose desktop runs AI Ticket Agent, so there is nothing more to fill in. Please ask them.`;
  }
  return `Thank you, ${what} has all it needs and is being created already. There is nothing more to fill in.`;
}

export const beginningOnly =
  'This is the beginning of your text: the desktop that answers now has no more of it. Jira gets what you see here.';

export const textElsewhere =
  'Your whole text is on another desktop, which did not get this. Nothing is lost: please press Send once more, or a little later.';
export const noSummary = 'Say in a few words what it is about.';
export const noChannel = 'Choose the channel that the ticket is for.';
export const byEmailNow =
  'Slack does not tell the e-mail address of the person you chose. Please write the address of their Jira account.';
export const needsMore = (label: string) => `By its text this is “${label}”, which needs a little more.`;

/** Told where the same words came moments before: the first ticket, and a way to mean them. */
export function sentAlready({ issueKey, summary }: Ticket): string {
  const where = issueKey === null ? 'it is being created right now' : `it is ${issueKey}`;
  return `You sent “${summary}” a moment ago; ${where}. If you mean it once more, file it anyway.`;
}
