import { isolated, withoutBidiControls } from '../../shared/bidi.ts';
import { placeWords } from '../../shared/places.ts';
import type { LabelSource } from '../../shared/ticket.ts';
import { cutAt } from '../rich-text/beginning.ts';
import { printable } from '../rich-text/printable.ts';
import { readMrkdwn } from '../rich-text/read-mrkdwn.ts';
import { plainRun, plainText, type RichText } from '../rich-text/rich-text.ts';
import type { IssueDraft } from '../tickets/ports/issue-tracker.ts';

const longestSummary = 255;
const ourName = 'AI Ticket Agent';

/** The request's own words in their form, as much of them as may be looked at; `isWhole`: that is all of them. */
export function wordsOfRequest(
  { text, markup }: Pick<IssueDraft, 'text' | 'markup'>,
  most: number,
): { words: RichText; isWhole: boolean } {
  const raw = markup ?? text;
  const looked = printable(raw.slice(0, most));
  const words = markup === null ? plainText(looked) : readMrkdwn(looked);
  return { words, isWhole: raw.length <= most };
}

/** Who wrote the words where, who asked, and who classified, below a rule. */
export function originOf(draft: IssueDraft): RichText {
  return [{ type: 'rule' }, ...messageOf(draft), emphasised(describeOrigin(draft))];
}

/** Author and address of the message that the ticket was made of. */
function messageOf({ message }: IssueDraft): RichText {
  if (message === null) return [];
  const { author, authorName, url } = message;
  const by = author === null ? isolated(authorName ?? 'a program') : named(authorName, author);
  const words = plainRun(printable(`Written in Slack by ${by}${url === null ? '.' : ': '}`));
  const link = url === null ? [] : [{ ...plainRun(url), href: url }];
  return [{ type: 'paragraph', content: [{ ...words, marks: ['italic'] }, ...link] }];
}

/** Whether a description has our line of who asked, whatever people have written around it. */
export function hasOrigin(description: RichText, { requester }: Pick<IssueDraft, 'requester'>): boolean {
  const said = JSON.stringify(description);
  return said.includes(ourName) && said.includes(requester.id);
}

/** A note of ours among a person's words. */
export function emphasised(text: string): RichText[number] {
  return { type: 'paragraph', content: [{ ...plainRun(text), marks: ['italic'] }] };
}

/** One line that Jira takes as a summary, and that turns nothing round where Jira shows it beside others. */
export function cleanSummary(summary: string): string {
  return cutAt(withoutBidiControls(printable(summary)).replace(/\s+/g, ' ').trim(), longestSummary);
}

function describeOrigin({ requester, channel, classification }: IssueDraft): string {
  const who = named(requester.name, requester.id);
  const isNamed = channel.name !== null || channel.id.startsWith('D');
  const where = isNamed ? placeWords({ channel: channel.id, channelName: channel.name }) : `channel ${channel.id}`;
  const sure = classification.confidence === null ? '' : ` (${Math.round(classification.confidence * 100)} % sure)`;
  const by = classifiers[classification.source](classification.model);
  return printable(`Asked by ${who} in ${where} with ${ourName}. ${classification.label}${sure}, ${by}.`);
}

function named(name: string | null, id: string): string {
  return name === null ? id : `${isolated(name)} (${id})`;
}

const classifiers: Record<LabelSource, (model: string | null) => string> = {
  gguf: (model) => `classified on this computer by ${isolated(model ?? 'a GGUF model')}`,
  openai: (model) => `classified by OpenAI's ${isolated(model ?? 'model')}`,
  builtin: () => 'classified by the built-in model',
  none: () => 'not classified, because no model answered',
  person: () => 'chosen by who asked',
};
