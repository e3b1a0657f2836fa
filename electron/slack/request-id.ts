import { createHash } from 'node:crypto';

/**
 * The id of one request: the same Slack delivery always has the same one, on every desktop.
 *
 * @param key Slack's own key: `trigger_id` of a command or shortcut, `view.id` of a submission, `event_id` of an event;
 *   channel and `ts` of a message with an emoji, so that a second person or emoji is no other request.
 * @returns 32 hexadecimal digits.
 */
export function requestIdOf(
  team: string,
  kind: 'command' | 'file_anyway' | 'shortcut' | 'mention' | 'direct' | 'reaction',
  key: string,
): string {
  return createHash('sha256')
    .update(JSON.stringify([team, kind, key]))
    .digest('hex')
    .slice(0, 32);
}
