import type { ActionsBlock, Button, KnownBlock, StaticSelect } from '@slack/types';
import { z } from 'zod';
import { issueKeyPattern } from '../../shared/issue-key.ts';
import { type Label, labelSchema, labels } from '../../shared/labels.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { longestValue } from './button-value.ts';

/** Ids of the two likeliest other labels, and of the list of all. */
export const typeActionIds = { first: 'set_type_1', second: 'set_type_2', list: 'correct_type' } as const;

/** What an option carries; Slack allows 150 characters, so it is less than a button's value. */
const typeValueSchema = z.object({
  request: z.string().regex(/^[0-9a-f]{32}$/),
  key: z.string().regex(issueKeyPattern),
  label: labelSchema,
  /** Slack id of who asked, since a click on an ephemeral message brings nothing but this. Older messages lack it. */
  user: z
    .string()
    .regex(/^[\w.-]*$/)
    .default(''),
});
export type TypeValue = z.infer<typeof typeValueSchema>;

/** The value of a chosen label, or null where it is not one of ours. */
export function decodeTypeValue(text: string | undefined): TypeValue | null {
  try {
    return typeValueSchema.parse(JSON.parse(text?.slice(0, longestValue) ?? ''));
  } catch {
    return null;
  }
}

/** A list to say which type it is instead. */
export function typeList(ticket: Ticket): StaticSelect {
  return {
    type: 'static_select',
    action_id: typeActionIds.list,
    placeholder: { type: 'plain_text', text: 'Wrong type?' },
    options: labels
      .filter((label) => label !== ticket.classification?.label)
      .map((label) => ({ text: { type: 'plain_text', text: label }, value: typeValue(ticket, label) })),
  };
}

/** Where the classifier was not sure: the two likeliest other labels, a click each. */
export function doubtBlocks(ticket: Ticket, section: (text: string) => KnownBlock): KnownBlock[] {
  const { classification, isUnsure } = ticket;
  const others = likeliestOthers(ticket);
  if (!isUnsure || classification === null || others.length === 0) return [];
  const ids = [typeActionIds.first, typeActionIds.second];
  const buttons = others.map(
    (label, index): Button => ({
      type: 'button',
      action_id: ids[index] ?? typeActionIds.second,
      text: { type: 'plain_text', text: label },
      accessibility_label: `${ticket.issueKey}: ${label}`,
      value: typeValue(ticket, label),
    }),
  );
  const actions: ActionsBlock = { type: 'actions', block_id: 'type', elements: buttons };
  return [
    section(`:grey_question: Not sure about *${classification.label}*. If it is one of these, press it:`),
    actions,
  ];
}

function likeliestOthers({ classification }: Ticket): Label[] {
  const probabilities = classification?.probabilities ?? null;
  if (probabilities === null) return [];
  return labels
    .filter((label) => label !== classification?.label)
    .sort((one, other) => probabilities[other] - probabilities[one])
    .slice(0, 2);
}

function typeValue({ requestId, issueKey, user }: Ticket, label: Label): string {
  return JSON.stringify({ request: requestId, key: issueKey ?? '', label, user } satisfies TypeValue);
}
