import { z } from 'zod';
import { issueKeyPattern } from '../../shared/issue-key.ts';

/**
 * What Approve and Reject carry, so that any teammate's desktop can take the click, also one that never saw
 * the ticket and also from an ephemeral message. Slack allows 2,000 characters.
 */
const buttonValueSchema = z.object({
  request: z.string().regex(/^[0-9a-f]{32}$/),
  key: z.string().regex(issueKeyPattern),
  /** Slack id of who asked. */
  user: z.string().regex(/^[A-Za-z0-9]+$/),
});
export type ButtonValue = z.infer<typeof buttonValueSchema>;

export function encodeButtonValue(value: ButtonValue): string {
  return JSON.stringify(value);
}

/** The value of a clicked button, or null where it is not one of ours. */
export function decodeButtonValue(text: string | undefined): ButtonValue | null {
  try {
    return buttonValueSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}
