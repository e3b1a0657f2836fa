import { isolated, withoutBidiControls } from '../../shared/bidi.ts';
import type { Source } from '../../shared/ticket.ts';
import { plainRun, plainText, type RichText } from '../rich-text/rich-text.ts';
import type { IssueDraft } from '../tickets/ports/issue-tracker.ts';

/** Jira refuses a longer description; counted on the rendered text. */
export const longestDescription = 32_767;
const longestSummary = 255;
/** Room for what a renderer puts between the parts. */
const seams = 20;

/** The description of a new issue: the text as typed, cut so that all of it fits, then who asked, where, and who classified. */
export function describeTicket(draft: IssueDraft): RichText {
  // What does not fit in any case is not even looked through.
  const looked = draft.text.slice(0, 2 * longestDescription);
  const text = printable(looked);
  const origin = describeOrigin(draft);
  const room = longestDescription - origin.length - seams;
  const isWhole = looked.length === draft.text.length;
  if (isWhole && text.length <= room) return [...plainText(text), { type: 'rule' }, emphasised(origin)];
  const length = isWhole ? text.length : draft.text.length;
  const cutNote = `Cut here: the request has ${length} characters, more than Jira takes.`;
  const fitting = plainText(cutAt(text, room - cutNote.length));
  return [...fitting, emphasised(cutNote), { type: 'rule' }, emphasised(origin)];
}

function emphasised(text: string): RichText[number] {
  return { type: 'paragraph', content: [{ ...plainRun(text), marks: ['italic'] }] };
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
