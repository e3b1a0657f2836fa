import { WebAPIPlatformError } from '@slack/web-api';
import { expect, it } from 'vitest';
import { failureLine } from '../../../electron/logging/failure-line.ts';
import { AppError, toAppError } from '../../../shared/errors.ts';

it('names code, subject and the codes of the causes', () => {
  const socket = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  const error = new AppError('unconfirmed', 'Jira did not answer.', {
    cause: new TypeError('fetch failed', { cause: socket }),
  });
  expect(failureLine(error, 'abc123')).toBe('unconfirmed abc123 TypeError ECONNRESET');
});

it('names what Slack or Jira answered with', () => {
  const slack = new WebAPIPlatformError({ ok: false, error: 'not_in_channel' });
  expect(failureLine(new AppError('forbidden', 'x', { cause: slack }), '')).toContain('not_in_channel');
  const talkative = new WebAPIPlatformError({ ok: false, error: 'my secret ticket' });
  expect(failureLine(new AppError('forbidden', 'x', { cause: talkative }), '')).not.toContain('secret');
  expect(failureLine(new AppError('invalid_input', 'x', { cause: { status: 400 } }), '')).toBe(
    'invalid_input HTTP 400',
  );
});

it('keeps quiet what the other side said, which may quote a ticket', () => {
  const error = new AppError('invalid_input', 'Jira did not accept: "my secret ticket"');
  expect(failureLine(error, 'abc123')).toBe('invalid_input abc123');
});

it('says what is wrong with this machine in words', () => {
  expect(failureLine(new AppError('storage_failed', 'The disk is full.'), 'open log')).toBe(
    'storage_failed open log The disk is full.',
  );
});

it('shows where a bug happened, without its message', () => {
  const line = failureLine(toAppError(new Error('cannot read "my secret ticket"')), '');
  expect(line).toMatch(/^bug Error at .*failure-line\.test\.ts/);
  expect(line).not.toContain('secret');
});

it('finds the frames behind a message of any length', () => {
  const line = failureLine(toAppError(new Error('a\n'.repeat(500_000))), '');
  expect(line).toMatch(/^bug Error( at [^\n]+)+$/);
});

it('takes no line of the message for a place, and is one line itself', () => {
  const line = failureLine(toAppError(new Error('boom\n    at my secret ticket (KAN-7)\n    at another')), '');
  expect(line).not.toMatch(/secret|another|\n/);
  expect(line).toContain('failure-line.test.ts');
});
