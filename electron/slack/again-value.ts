import { z } from 'zod';
import { longestValue } from './button-value.ts';

const id = z.string().regex(/^[\w.-]{1,100}$/);

/**
 * What “File anyway” carries where a message has a ticket already, so that any desktop can file the message again, also
 * one that never saw the first request. Where words were sent twice, the button carries the first request's id alone.
 */
const againSchema = z.object({ request: id, team: id, channel: id, ts: id, threadTs: id });
export type AgainValue = z.infer<typeof againSchema>;

export const encodeAgain = (value: AgainValue): string => JSON.stringify(value);

/** The value of a clicked button; null where it is of the other kind. */
export function decodeAgain(text: string): AgainValue | null {
  try {
    return againSchema.parse(JSON.parse(text.slice(0, longestValue)));
  } catch {
    return null;
  }
}
