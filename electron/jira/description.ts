import { isolated, withoutBidiControls } from '../../shared/bidi.ts';
import type { Source } from '../../shared/ticket.ts';
import type { IssueDraft } from '../tickets/ports/issue-tracker.ts';

/** What stands in an issue's description, before a dialect renders it. */
export interface Description {
  /** The text as typed; lines end with \n. */
  text: string;
  /** Said below the text when it had to be cut, else null. */
  cutNote: string | null;
  /** Who asked, where, and who classified. */
  origin: string;
}

/** Jira refuses a longer description; counted on the rendered text. */
export const longestDescription = 32_767;
const longestSummary = 255;
/** Room for what a renderer puts between the parts. */
const seams = 20;

/** The description of a new issue, cut so that all of it fits. */
export function describeTicket(draft: IssueDraft): Description {
  // What does not fit in any case is not even looked through.
  const looked = draft.text.slice(0, 2 * longestDescription);
  const text = printable(looked);
  const origin = describeOrigin(draft);
  const room = longestDescription - origin.length - seams;
  const isWhole = looked.length === draft.text.length;
  if (isWhole && text.length <= room) return { text, cutNote: null, origin };
  const length = isWhole ? text.length : draft.text.length;
  const cutNote = `Cut here: the request has ${length} characters, more than Jira takes.`;
  return { text: cutAt(text, room - cutNote.length), cutNote, origin };
}

/** One line that Jira takes as a summary, and that turns nothing round where Jira shows it beside others. */
export function cleanSummary(summary: string): string {
  return cutAt(withoutBidiControls(printable(summary)).replace(/\s+/g, ' ').trim(), longestSummary);
}

/** Text without what JSON, XML or Jira refuse: control characters, halves of surrogate pairs, noncharacters. */
export function printable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[\uFFFE\uFFFF]/g, '');
}

/** Cuts without leaving half of a surrogate pair. */
function cutAt(text: string, length: number): string {
  if (text.length <= length) return text;
  const endsInHalfPair = /[\uD800-\uDBFF]/.test(text.charAt(length - 1));
  return text.slice(0, endsInHalfPair ? length - 1 : length);
}

function describeOrigin({ requester, channel, classification }: IssueDraft): string {
  const who = named(requester.name, requester.id);
  const where = channel.name === null ? `channel ${channel.id}` : `#${isolated(channel.name)}`;
  const sure = classification.confidence === null ? '' : ` (${Math.round(classification.confidence * 100)} % sure)`;
  const by = classifiers[classification.source](classification.model);
  return printable(`Asked by ${who} in ${where} with AI Ticket Agent. ${classification.label}${sure}, ${by}.`);
}

function named(name: string | null, id: string): string {
  return name === null ? id : `${isolated(name)} (${id})`;
}

const classifiers: Record<Source, (model: string | null) => string> = {
  gguf: (model) => `classified on this computer by ${isolated(model ?? 'a GGUF model')}`,
  openai: (model) => `classified by OpenAI's ${isolated(model ?? 'model')}`,
  builtin: () => 'classified by the built-in model',
  none: () => 'not classified, because no model answered',
};
