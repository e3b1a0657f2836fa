import { expect, it } from 'vitest';
import { redact } from '../../../electron/logging/redact.ts';

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
