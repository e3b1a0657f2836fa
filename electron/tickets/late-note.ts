import type { ErrorCode } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';

/** Time after which a ticket owes its person an explanation, in milliseconds. */
const lateAfterMs = 60_000;

const reasons: Partial<Record<ErrorCode, string>> = {
  unavailable: 'Jira was unreachable',
  bad_response: 'Jira was unreachable',
  unconfirmed: 'Jira’s answer was lost, so it was looked for first',
  rate_limited: 'Jira asked for a pause',
  unauthorized: 'the login to Jira had to be renewed',
  not_configured: 'the settings had to be completed',
  storage_failed: 'the log on the desktop could not be written',
};

/**
 * "Created after 12 minutes: Jira was unreachable." Null where a ticket is not late.
 *
 * @param ticket As it was when its issue was made: its error is the last thing that went wrong.
 * @param times Milliseconds since 1970; `startedAt`: since when this program runs.
 */
export function lateNote(
  { createdAt, error }: Pick<Ticket, 'createdAt' | 'error'>,
  { now, startedAt }: { now: number; startedAt: number },
): string | null {
  const lateMs = now - Date.parse(createdAt);
  if (lateMs < lateAfterMs) return null;
  const after = `Created after ${inWords(lateMs)}`;
  if (error !== null) return `${after}: ${reasons[error.code] ?? 'somebody had to look at it'}.`;
  return Date.parse(createdAt) < startedAt ? `${after}: the desktop that took it was not running.` : `${after}.`;
}

/** Says a time in the largest unit that is not less than two, "1 minute" apart. */
function inWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

/** Note for a ticket whose acknowledgement did not reach Slack in time, which then shows its own error. */
export const ackLostNote = 'Your ticket was received although Slack showed an error.';
