import { expect, it } from 'vitest';
import { decodeText } from '../../../electron/settings/decode-text.ts';

const text = 'JIRA_EMAIL=jürgen@example.com\r\nOPENAI_MODEL=it\r\n';
const little = Buffer.from(text, 'utf16le');
const big = Buffer.from(little).swap16();

it.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
  ['UTF-16 LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), little])],
  ['UTF-16 BE with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), big])],
  ['UTF-16 LE without one', little],
  ['UTF-16 BE without one', big],
  ['Windows-1252', Buffer.from(text, 'latin1')],
])('reads %s', (_name, bytes) => expect(decodeText(bytes)).toBe(text));

it('reads Windows’ own letters, and lines that are UTF-8 beside them as such', () => {
  const mixed = Buffer.concat([Buffer.from([0x80, 0x93, 0x9f, 0x0a]), Buffer.from('ä€\uFFFD\n')]);
  expect(decodeText(mixed)).toBe('€“Ÿ\nä€\uFFFD\n');
});

it.each([
  '# 以上の設定はここに書きます。一つの行に一つの値を書いてください\r\nA=b\r\n',
  '# Настройки программы для команды и её заявок\nA: b\n',
])('reads UTF-16 without a mark where most of it is a comment: %s', (written) => {
  const wide = Buffer.from(written, 'utf16le');
  expect(decodeText(wide)).toBe(written);
  expect(decodeText(wide.swap16())).toBe(written);
});

it('takes a stray NUL for what it is', () => expect(decodeText(Buffer.from('A=\0\n'))).toBe('A=\0\n'));
it('takes several for what they are', () => expect(decodeText(Buffer.from('AB=\0\nC\0=\n\0'))).toBe('AB=\0\nC\0=\n\0'));
