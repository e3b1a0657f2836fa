import { z } from 'zod';
import type { SlackFile } from '../../shared/ticket.ts';
import { listOf } from '../network/bounded-schema.ts';
import { escapeSlackText, unescapeSlackText } from '../rich-text/slack-sequences.ts';
import { sentMarkup } from './text.ts';

const text = z.string().optional().catch(undefined);
const words = z.object({ text }).optional().catch(undefined);
const anyList = listOf(z.unknown()).optional().catch(undefined);

const fileSchema = z.object({
  id: z.string().min(1),
  name: text,
  title: text,
  size: z.number().int().nonnegative().optional().catch(undefined),
  url_private: text,
  permalink: text,
  mode: text,
});

/** A part of a block, of whatever kind: what has words has them in one of these. */
const partSchema = z.object({
  type: text,
  text: z
    .union([z.string(), z.object({ text: z.string() })])
    .optional()
    .catch(undefined),
  url: text,
  user_id: text,
  channel_id: text,
  usergroup_id: text,
  range: text,
  style: z.unknown().optional(),
  name: text,
  alt_text: text,
  title: words,
  elements: anyList,
  fields: anyList,
});

const attachmentSchema = z.object({
  is_share: z.boolean().optional().catch(undefined),
  from_url: text,
  original_url: text,
  author_name: text,
  pretext: text,
  title: text,
  text,
  fallback: text,
  fields: listOf(z.object({ title: text, value: text }))
    .optional()
    .catch(undefined),
  blocks: anyList,
  message_blocks: listOf(z.object({ message: z.object({ blocks: anyList }).optional().catch(undefined) }))
    .optional()
    .catch(undefined),
  files: anyList,
});

/** What both events and answers of Slack's say of a message; all else is not looked at. */
export const messageSchema = z.object({
  ts: z.string().min(1),
  thread_ts: text,
  user: text,
  bot_id: text,
  subtype: text,
  username: text,
  hidden: z.boolean().optional().catch(undefined),
  edited: z.unknown().optional(),
  bot_profile: z.object({ name: text }).optional().catch(undefined),
  text: z.string().catch(''),
  blocks: anyList,
  attachments: listOf(attachmentSchema.catch({})).optional().catch(undefined),
  files: anyList,
});
export type Message = z.infer<typeof messageSchema>;

/** Parts of a message that are looked at, and how deep lists lie in lists. */
const mostParts = 500;
const deepest = 8;

/**
 * The words of a message as people see them, with Slack's marks. `text` has all that a person typed; bots may write blocks,
 * for which it is only the line in notifications, or attachments, and a forwarded message is one.
 */
export function markupOf({ text: written, blocks = [], attachments = [], bot_id, subtype }: Message): string {
  const isPersons = bot_id === undefined && subtype !== 'bot_message' && written.trim() !== '';
  const inBlocks = isPersons ? '' : blocksMarkup(blocks);
  const shown = attachments.filter((each) => each.is_share === true || !isPreview(each)).map(attachmentMarkup);
  return sentMarkup([merged(written, inBlocks), ...shown].filter((part) => part.trim() !== '').join('\n\n'));
}

/** A preview of a link, which Slack adds by itself. */
function isPreview({ from_url, original_url }: z.infer<typeof attachmentSchema>): boolean {
  return from_url !== undefined || original_url !== undefined;
}

/** Both texts, or the one that has the other's words in it. */
function merged(one: string, other: string): string {
  const bare = (markup: string) => markup.replace(/[^\p{L}\p{N}]+/gu, '');
  const [first, second] = [bare(one), bare(other)];
  if (first.includes(second)) return one;
  return second.includes(first) ? other : `${one}\n${other}`;
}

function attachmentMarkup(attachment: z.infer<typeof attachmentSchema>): string {
  const {
    author_name,
    pretext,
    title,
    text: said,
    fallback,
    fields = [],
    blocks = [],
    message_blocks = [],
  } = attachment;
  const inBlocks = blocksMarkup([...blocks, ...message_blocks.flatMap(({ message }) => message?.blocks ?? [])]);
  const values = fields.map((field) => [field.title, field.value].filter(Boolean).join(': '));
  const parts = [pretext, title, said === undefined ? inBlocks : merged(said, inBlocks), ...values].filter(Boolean);
  if (parts.length === 0) return fallback ?? '';
  return [attachment.is_share === true ? author_name : undefined, ...parts].filter(Boolean).join('\n');
}

function blocksMarkup(blocks: readonly unknown[]): string {
  let left = mostParts;

  function markup(given: unknown, depth: number): string {
    left -= 1;
    const part = partSchema.safeParse(given).data;
    if (part === undefined || left < 0 || depth > deepest) return '';
    const { type, elements = [], fields = [] } = part;
    const inner = (parts: readonly unknown[], between: string) =>
      parts
        .map((each) => markup(each, depth + 1))
        .filter((each) => each !== '')
        .join(between);
    const own = typeof part.text === 'object' ? part.text.text : part.text;
    switch (type) {
      // What people press is no part of what is said.
      case 'actions':
      case 'button':
      case 'input':
        return '';
      case 'link':
        return part.url === undefined ? '' : linkMarkup(part.url, own);
      // A `section` has its words escaped already.
      case 'text':
        return escapeSlackText(own ?? '');
      case 'user':
        return part.user_id === undefined ? '' : `<@${part.user_id}>`;
      case 'channel':
        return part.channel_id === undefined ? '' : `<#${part.channel_id}>`;
      case 'usergroup':
        return part.usergroup_id === undefined ? '' : `<!subteam^${part.usergroup_id}>`;
      case 'broadcast':
        return `<!${part.range ?? 'channel'}>`;
      case 'emoji':
        return part.name === undefined ? '' : `:${part.name}:`;
      case 'image':
        return part.title?.text ?? part.alt_text ?? '';
      case 'context':
        return inner(elements, ' ');
      case 'rich_text_list':
        return elements
          .map((item, index) => `${part.style === 'ordered' ? `${index + 1}.` : '•'} ${markup(item, depth + 1)}`)
          .join('\n');
      case 'rich_text_preformatted':
        return `\`\`\`${inner(elements, '')}\`\`\``;
      case 'rich_text_quote':
        return inner(elements, '').replace(/^/gm, '&gt;');
      case 'rich_text_section':
        return inner(elements, '');
      default:
        return [own ?? '', inner(fields, '\n'), inner(elements, '\n')].filter((each) => each !== '').join('\n');
    }
  }

  return blocks
    .map((block) => markup(block, 0))
    .filter((each) => each.trim() !== '')
    .join('\n');
}

/** Link as Slack's texts have it; in rich text, neither words nor, as a rule, the address are escaped. */
function linkMarkup(url: string, words: string | undefined): string {
  const address = escapeSlackText(unescapeSlackText(url));
  return words === undefined ? `<${address}>` : `<${address}|${escapeSlackText(words)}>`;
}

/** Files of a message, and of one that it forwards, as far as they are still there. */
export function filesOf({ files = [], attachments = [] }: Message): SlackFile[] {
  return [...files, ...attachments.flatMap((each) => each.files ?? [])].flatMap((given) => {
    const file = fileSchema.safeParse(given).data;
    if (file === undefined || file.mode === 'tombstone') return [];
    const { id, name, title, size, url_private, permalink } = file;
    return [{ id, name: name || title || id, size: size ?? null, url: url_private ?? null, link: permalink ?? null }];
  });
}

/** Who wrote a message. */
export function authorOf({ user, username, bot_profile }: Message): {
  author: string | null;
  authorName: string | null;
} {
  return { author: user ?? null, authorName: username || bot_profile?.name || null };
}

/** Kinds of messages that people and programs write; all others tell what happened in the channel. */
const written: ReadonlySet<string | undefined> = new Set([
  undefined,
  'bot_message',
  'file_share',
  'me_message',
  'thread_broadcast',
]);

/** Whether it is a message that says something: no notice of Slack's, and not deleted. */
export function isWritten({ subtype, hidden }: Message): boolean {
  return written.has(subtype) && hidden !== true;
}

/** The first message of the thread that a message is in; its own `ts` where it is in none. */
export function threadOf({ ts, thread_ts }: Message): string {
  return thread_ts === undefined || thread_ts === '' ? ts : thread_ts;
}
