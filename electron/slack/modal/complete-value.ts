import { z } from 'zod';
import { type Label, labelSchema } from '../../../shared/labels.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import { escapeSlackText, unescapeSlackText } from '../../rich-text/slack-sequences.ts';
import { messagePlaceSchema } from './metadata.ts';

/** Slack's limit on a button's value, in characters. */
const longestValue = 2_000;
/** Ids that a value has room for. */
const mostAsked = 20;

/**
 * What the button carries that asks for missing fields, so that a desktop that never saw the request can take the click.
 */
const valueSchema = z.object({
  request: z.string().regex(/^[0-9a-f]{32}$/),
  channel: z.string().max(64),
  channelName: z.string().max(255).nullable().default(null),
  label: labelSchema.nullable().default(null),
  message: messagePlaceSchema,
  summary: z.string().max(1_500).default(''),
  text: z.string().max(longestValue).default(''),
  /** Ids of the fields that were missing. */
  asked: z.array(z.string().max(64)).max(30).catch([]).default([]),
  /** There is more of the text than stands here. */
  isCut: z.boolean().default(false),
});
export interface CompleteValue extends z.infer<typeof valueSchema> {
  label: Label | null;
}

/** The value, with as much of the text as there is room for. */
export function encodeCompleteValue(ticket: Ticket): string {
  const { requestId: request, channel, channelName, classification, summary, text, sourceMessage } = ticket;
  const asked = Object.keys(ticket.wantedFields ?? {}).slice(0, mostAsked);
  const known = {
    asked,
    request,
    channel,
    channelName,
    label: classification?.label ?? null,
    ...(sourceMessage === null ? {} : { message: { ts: sourceMessage.ts, threadTs: sourceMessage.threadTs } }),
    summary: escapeSlackText(summary),
  };
  const isOneLine = text === summary;
  const encoded = (characters: number) =>
    JSON.stringify({
      ...known,
      text: isOneLine ? '' : escapeSlackText(text.slice(0, characters).replace(/[\uD800-\uDBFF]$/, '')),
      isCut: characters < text.length && !isOneLine,
    });
  if (encoded(text.length).length <= longestValue) return encoded(text.length);
  let [fits, tooMany] = [0, Math.min(text.length, longestValue)];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (encoded(middle).length <= longestValue) fits = middle;
    else tooMany = middle;
  }
  return encoded(fits);
}

/** The value of a clicked button, or null where it is not one of ours. */
export function decodeCompleteValue(value: string | undefined): CompleteValue | null {
  try {
    const { summary, text, ...known } = valueSchema.parse(JSON.parse(value?.slice(0, longestValue) ?? ''));
    return { ...known, summary: unescapeSlackText(summary), text: unescapeSlackText(text) };
  } catch {
    return null;
  }
}
