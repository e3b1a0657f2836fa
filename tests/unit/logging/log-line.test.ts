import { WebAPIPlatformError } from '@slack/web-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureLine, redact, visibleLine } from '../../../electron/logging/log-line.ts';
import { AppError, toAppError } from '../../../shared/errors.ts';

describe('a failure', () => {
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
    expect(line).toMatch(/^bug Error at .*log-line\.test\.ts/);
    expect(line).not.toContain('secret');
  });

  it('finds the frames behind a message of any length', () => {
    const line = failureLine(toAppError(new Error('a\n'.repeat(500_000))), '');
    expect(line).toMatch(/^bug Error( at [^\n]+)+$/);
  });

  it('takes no line of the message for a place, and is one line itself', () => {
    const line = failureLine(toAppError(new Error('boom\n    at my secret ticket (KAN-7)\n    at another')), '');
    expect(line).not.toMatch(/secret|another|\n/);
    expect(line).toContain('log-line.test.ts');
  });
});

describe('an entry without secrets', () => {
  // Put together here, so that no scanner takes them for real ones.
  const secrets = [
    ['xoxb', '123-456-abcDEF'].join('-'),
    ['xapp', '1-A111-222-abcdef'].join('-'),
    ['ATATT3xFfGF0', 'T_a-b=1234'].join(''),
    ['sk', 'proj-abcdefgh123'].join('-'),
    'Basic dXNlcjpwYXNz',
    'Bearer abc.def.ghi',
    ['https://hooks.slack.com', 'commands/T1/2/3'].join('/'),
  ];

  it.each(secrets)('leaves nothing of %s in a log line', (secret) => {
    expect(redact(`before ${secret} after`)).toBe('before [redacted] after');
  });

  it('hides a login inside an address and keeps the address', () => {
    expect(redact('http://user:pass@proxy.example:3128/')).toBe('http://[redacted]@proxy.example:3128/');
  });

  it('keeps everything else', () => {
    const line = 'unavailable KAN-7 Jira at acme.example cannot be reached (ECONNREFUSED).';
    expect(redact(line)).toBe(line);
  });

  it('cuts an entry that quotes a whole answer, never within a secret', () => {
    const line = `${'word '.repeat(3_990)}http://user:${'p'.repeat(200)}@proxy.example/ ${'x'.repeat(1_000_000)}`;
    expect(redact(line)).toBe('word '.repeat(3_990).trim());
    expect(redact('x'.repeat(1_000_000))).toBe('');
  });
});

describe('an entry', () => {
  it.each([
    ['loading a.gguf\nslack: connected', 'loading a.gguf\\nslack: connected'],
    ['a\r\n[2026-01-01 00:00:00.000] [error] forged', 'a\\r\\n[2026-01-01 00:00:00.000] [error] forged'],
    ['\u001b[2K\u001b[1A\u009b31mred', '\\u001b[2K\\u001b[1A\\u009b31mred'],
    ['a\u2028b\u2029c\u0085d\u0000e\u007ff', 'a\\u2028b\\u2029c\\u0085d\\u0000e\\u007ff'],
    ['a\u202Egnp.fugg', 'a\\u202egnp.fugg'],
  ])('%j stays one line that hides nothing', (text, line) => {
    expect(visibleLine(text)).toBe(line);
  });

  it('leaves alone what can be seen', () => {
    const text = 'unavailable KAN-7 größer 😀 المدفأة C:\\temp (ECONNREFUSED)';
    expect(visibleLine(text)).toBe(text);
  });

  it('is one line, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visibleLine(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
      }),
    );
  });
});
