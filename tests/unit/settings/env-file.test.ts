import { expect, it } from 'vitest';
import { parseEnvFile } from '../../../electron/settings/env-file.ts';

const values = (text: string) =>
  Object.fromEntries(parseEnvFile(text).flatMap(({ name, value }) => (value === null ? [] : [[name, value]])));
const problems = (text: string) =>
  parseEnvFile(text).flatMap(({ line, problem }) => (problem ? [[line, problem]] : []));

it.each([
  ['A=b', 'b'],
  ['  export A = b  ', 'b'],
  ['A: b', 'b'],
  ['A: b=c', 'b=c'],
  ['A=b: c', 'b: c'],
  ["A='b # c'", 'b # c'],
  ['A="b \\"c\\"" # d', 'b \\"c\\"'],
  ['A="C:\\new\\"', 'C:\\new\\'],
  ['A=`b`', 'b'],
  ['A="b\nc"', 'b\nc'],
  ['A=b#c', 'b#c'],
  ['A=b # c', 'b'],
  ['A=b #', 'b'],
  ['A=', ''],
  ['A= # nothing', ''],
  ['# A=x\r\n\rA=b=c\r', 'b=c'],
])('reads %j', (text, value) => {
  expect(values(text)).toEqual({ A: value });
  expect(problems(text)).toEqual([]);
});

it.each([
  ['x\nA=b #c', 2, /cut at the #/],
  ['A=#c d #e', 1, /cut at the #/],
  ['A b', 1, /Expected NAME=value/],
  ['A B=c', 1, /no blanks/],
  ['A="b\nB=c', 1, /never closed/],
  ['A="b"c', 1, /after its closing quotation mark/],
])('says what of %j is left out, and in which line', (text, line, words) => {
  expect(problems(text).find(([at]) => at === line)).toEqual([line, expect.stringMatching(words)]);
});

it('goes on with the next setting where a quotation mark was forgotten', () => {
  expect(values('A="b c\nB=d\nC="e"')).toEqual({ A: 'b c', B: 'd', C: 'e' });
});
