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
  ['A="C:\\new\\" # c', 'C:\\new\\'],
  ['A="x\\" # y "z"', 'x\\'],
  ['A="{"b": "c"}"', '{"b": "c"}'],
  ['A="{"b": "c"}" # d', '{"b": "c"}'],
  ["A='it's'", "it's"],
  ['A="{\\"b\\":\n\\"c\\"\n}"', '{\\"b\\":\n\\"c\\"\n}'],
  ['A="C:\\a\nC:\\b\\"', 'C:\\a\nC:\\b\\'],
  ['A=“b c” # d', 'b c'],
  ['A=„b“', 'b'],
  ['A=‘b’', 'b'],
  ['A="-----BEGIN\nMIIB+/\nABC=\n-----END"', '-----BEGIN\nMIIB+/\nABC=\n-----END'],
  ['A="MIIB\nABC=="', 'MIIB\nABC=='],
  ['A="MIIB\nABC="', 'MIIB\nABC='],
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
  ['A="b\nc "d" e', 1, /never closed/],
  ['A=“b\nB=c', 1, /never closed/],
  ['A="b "c" # d"', 1, /taken for a part of it/],
  ['A="b"c', 1, /after its closing quotation mark/],
])('says what of %j is left out, and in which line', (text, line, words) => {
  expect(problems(text).find(([at]) => at === line)).toEqual([line, expect.stringMatching(words)]);
});

it.each(['JIRA_EMAIL = d', 'JIRA_EMAIL: d', 'export  JIRA_EMAIL = "d"', 'JIRA_EMAIL="d"'])(
  'goes on after a forgotten quotation mark with %s',
  (line) => {
    const text = `A="https://b\n${line}\nC = "e"`;
    expect(values(text)).toEqual({ A: 'https://b', JIRA_EMAIL: 'd', C: 'e' });
    expect(values(text.replace('JIRA_EMAIL', 'jira_email'))).toMatchObject({ jira_email: 'd', C: 'e' });
    expect(problems(text)).toEqual([[1, expect.stringMatching(/never closed/)]]);
  },
);

it('goes on with the next setting where a quotation mark was forgotten', () => {
  expect(values('A="b c\nB=d\nC="e"')).toEqual({ A: 'b c', B: 'd', C: 'e' });
});
