import { z } from 'zod';
import { issueKeyPattern } from '../../shared/issue-key.ts';
import { listOf } from '../network/bounded-schema.ts';
import { escapeSlackText, unescapeSlackText } from '../rich-text/slack-sequences.ts';

/**
 * What Approve and Reject carry, so that any teammate's desktop can take the click and show the decision, also one
 * that never saw the ticket, also from an ephemeral message and also while Jira is away. Slack allows 2,000
 * characters.
 */
const buttonValueSchema = z.object({
  request: z.string().regex(/^[0-9a-f]{32}$/),
  key: z.string().regex(issueKeyPattern),
  /** Slack id of who asked; empty where the desktop that wrote the message did not know. */
  user: z.string().regex(/^[\w.-]*$/),
  summary: z.string().max(1_500).default(''),
  type: z.string().max(255).nullable().default(null),
  url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
});
/** Slack's limit on a value, in characters. */
export const longestValue = 2_000;
export type ButtonValue = z.infer<typeof buttonValueSchema>;

/** The summary is escaped like every text that leaves for Slack. */
export function encodeButtonValue(value: ButtonValue): string {
  return JSON.stringify({ ...value, summary: escapeSlackText(value.summary) });
}

const messageBlocksSchema = listOf(
  z
    .object({ elements: listOf(z.object({ value: z.string() }).catch({ value: '' })).catch([]) })
    .catch({ elements: [] }),
);

/** The value of the first of our buttons among a message's blocks; null where there is none. */
export function approveValueIn(blocks: unknown): ButtonValue | null {
  const parsed = messageBlocksSchema.safeParse(blocks);
  const values = (parsed.data ?? []).flatMap(({ elements }) => elements.map(({ value }) => decodeButtonValue(value)));
  return values.find((value) => value !== null) ?? null;
}

/** The value of a clicked button, or null where it is not one of ours. */
export function decodeButtonValue(text: string | undefined): ButtonValue | null {
  try {
    const { summary, ...value } = buttonValueSchema.parse(JSON.parse(text?.slice(0, longestValue) ?? ''));
    return { ...value, summary: unescapeSlackText(summary) };
  } catch {
    return null;
  }
}
