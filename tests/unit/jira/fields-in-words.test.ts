import { expect, it } from 'vitest';
import { fieldsInWords } from '../../../electron/jira/fields/fields-in-words.ts';
import { aField } from './a-field.ts';

const screen = new Map(
  [
    ['summary', 'Summary'],
    ['issuetype', 'Issue Type'],
    ['customfield_1', 'Office'],
    ['customfield_2', 'Office manager'],
    ['customfield_3', 'Kostenstelle (für Büro)'],
    ['customfield_4', 'オフィス'],
    ['customfield_5', '사무실'],
    ['customfield_6', 'Type'],
    ['customfield_7', '部门'],
    ['customfield_8', 'Team'],
    ['customfield_9', 'team'],
    ['priority', 'Priorität'],
    ['customfield_11', '!?'],
  ].map(([id = '', name = '']) => [id, aField('text', { id, name })]),
);

it.each<[string, string[]]>([
  ['Office is required.', ['customfield_1']],
  ['You must enter a value for “OFFICE”!', ['customfield_1']],
  ['Office manager is required.', ['customfield_2']],
  ['Office manager and Office are required.', ['customfield_1', 'customfield_2']],
  ['Kostenstelle (fur Buro) ist erforderlich', ['customfield_3']],
  ['オフィスは必須です。', ['customfield_4']],
  ['사무실은 필수입니다.', ['customfield_5']],
  ['部门为必填项', ['customfield_7']],
  ['Issue type is wrong.', ['issuetype']],
  ['Type is wrong.', ['customfield_6']],
  ['Team is required.', ['customfield_8', 'customfield_9']],
  ['customfield_1 is required.', ['customfield_1']],
  ['Priority is required.', ['priority']],
  ['Priorität ist Pflicht.', ['priority']],
  ['Officers are required.', []],
  ['Something is wrong!?', []],
  ['customfield_99 is required.', []],
  ['', []],
])('%s', (words, ids) => {
  expect(fieldsInWords([words], screen)).toEqual(ids);
  expect(fieldsInWords(['No.', words], screen)).toEqual(ids);
});

it('a name is not put together of two messages', () => {
  expect(fieldsInWords(['The Office', 'manager said no.'], screen)).toEqual(['customfield_1']);
});

it('ids alone are known where Jira does not tell its fields', () => {
  expect(fieldsInWords(['Office (customfield_10) is required.', 'customfield_10'], null)).toEqual(['customfield_10']);
});
