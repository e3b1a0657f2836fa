import { expect, it } from 'vitest';
import { lateNote } from '../../../electron/tickets/late-note.ts';
import type { ErrorCode } from '../../../shared/errors.ts';

const createdAt = '2026-01-02T03:04:05.000Z';
const after = (minutes: number) => Date.parse(createdAt) + minutes * 60_000;
const error = (code: ErrorCode) => ({ code, message: 'x' });

it.each([
  [12, error('unavailable'), 'Created after 12 minutes: Jira was unreachable.'],
  [1, error('rate_limited'), 'Created after 1 minute: Jira asked for a pause.'],
  [200, null, 'Created after 3 hours: the desktop that took it was not running.'],
  [2, null, 'Created after 2 minutes.'],
  [3 * 24 * 60, error('unauthorized'), 'Created after 3 days: the login to Jira had to be renewed.'],
  [5, error('invalid_input'), 'Created after 5 minutes: somebody had to look at it.'],
])('after %d minutes says why', (minutes, last, words) => {
  const startedAt = minutes > 100 ? after(10) : after(-10);
  expect(lateNote({ createdAt, error: last }, { now: after(minutes), startedAt })).toBe(words);
});

it('says nothing of a ticket that took less than a minute', () => {
  expect(lateNote({ createdAt, error: error('unavailable') }, { now: after(0.9), startedAt: after(-10) })).toBeNull();
});
