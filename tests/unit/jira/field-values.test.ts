import { describe, expect, it } from 'vitest';
import type { FieldOption, ScreenField } from '../../../electron/jira/api/jira-api.ts';
import { convertValue } from '../../../electron/jira/fields/field-values.ts';
import { plainText } from '../../../electron/rich-text/rich-text.ts';
import { aField, options, type schemas } from './a-field.ts';

const people = {
  findAccount: async (words: string) => (words === 'ada@example.com' ? { accountId: '5b10' } : null),
};
const colours = options('Red', 'Green, dark', 'Blé');
const tree: FieldOption[] = [
  { id: '1', name: 'Hardware', children: options('Laptop', 'Printer') },
  { id: '2', name: 'Software', children: [] },
];
const signed: FieldOption[] = [{ id: '3', name: 'A > B', children: options('C > D') }];
type Kind = keyof typeof schemas;
const converted = (kind: Kind, given: unknown, change: Partial<ScreenField> = {}) =>
  convertValue(given, aField(kind, change), people);

describe('a short form becomes Jira’s', () => {
  it.each<[string, Kind, unknown, unknown, Partial<ScreenField>?]>([
    ['text', 'text', ' one\n two ', 'one two'],
    ['a number as text', 'text', 7, '7'],
    ['a number', 'number', '1.5', 1.5],
    ['a number as a number', 'number', 1500, 1500],
    ['a number with a comma', 'number', '-3,25', -3.25],
    ['an address', 'url', 'https://example.com/a?b', 'https://example.com/a?b'],
    ['an address without its scheme', 'url', 'example.com/a', 'https://example.com/a'],
    ['a select by name', 'select', 'Red', { id: '101' }, { options: colours }],
    ['a select in any case, without accents', 'select', ' ble ', { id: '103' }, { options: colours }],
    ['a select by id', 'select', '103', { id: '103' }, { options: colours }],
    ['a select by a number', 'select', 103, { id: '103' }, { options: colours }],
    ['a select that is not listed', 'select', 'Red', { value: 'Red' }],
    ['an option without id', 'select', 'Red', { value: 'Red' }, { options: [{ id: null, name: 'Red', children: [] }] }],
    ['radio buttons', 'radio', 'Red', { id: '101' }, { options: colours }],
    ['several', 'multiSelect', 'Red, Blé', [{ id: '101' }, { id: '103' }], { options: colours }],
    ['one whose name has a comma', 'multiSelect', 'Green, dark', [{ id: '102' }], { options: colours }],
    ['a list', 'multiSelect', ['Red', 'Green, dark'], [{ id: '101' }, { id: '102' }], { options: colours }],
    ['checkboxes', 'checkboxes', 'Red; Blé', [{ id: '101' }, { id: '103' }], { options: colours }],
    ['a single checkbox', 'checkboxes', true, [{ id: '101' }], { options: options('Agreed') }],
    ['a single checkbox, in letters', 'checkboxes', 'True', [{ id: '101' }], { options: options('Agreed') }],
    ['an option in such letters', 'select', 'TRUE', { id: '102' }, { options: options('False', 'True') }],
    ['a cascade', 'cascading', 'Hardware > Printer', { id: '1', child: { id: '102' } }, { options: tree }],
    ['a cascade’s parent', 'cascading', 'software', { id: '2' }, { options: tree }],
    [
      'a cascade in parts',
      'cascading',
      { value: 'Hardware', child: 'Laptop' },
      { value: 'Hardware', child: { id: '101' } },
      { options: tree },
    ],
    ['a cascade as a list', 'cascading', ['Hardware', 'Printer'], { id: '1', child: { id: '102' } }, { options: tree }],
    [
      'a cascade alone in a list',
      'cascading',
      ['Hardware > Printer'],
      { id: '1', child: { id: '102' } },
      { options: tree },
    ],
    ['a cascade by other names', 'cascading', { name: 'Software' }, { id: '2' }, { options: tree }],
    ['an option with the sign', 'cascading', 'A > B', { id: '3' }, { options: signed }],
    ['a cascade with the sign', 'cascading', 'A > B > C > D', { id: '3', child: { id: '101' } }, { options: signed }],
    ['a select called by name', 'select', { name: 'red' }, { id: '101' }, { options: colours }],
    ['a select in a list', 'select', ['Red'], { id: '101' }, { options: colours }],
    ['a select called by name that is not listed', 'select', { name: 'Red' }, { value: 'Red' }],
    [
      'several called by name',
      'multiSelect',
      [{ name: 'Red' }, 'Blé'],
      [{ id: '101' }, { id: '103' }],
      { options: colours },
    ],
    ['a priority called by value', 'priority', { value: 'Red' }, { id: '101' }, { options: colours }],
    ['components called by value', 'components', { value: 'Backend' }, [{ name: 'Backend' }]],
    ['a list as text', 'text', ['a', 2], 'a, 2'],
    ['a number in a list', 'number', ['1.5'], 1.5],
    ['a number as YAML may have it', 'number', '.5', 0.5],
    ['a number with a last point', 'number', '5.', 5],
    ['a number with an exponent', 'number', '1e3', 1000],
    ['a number with noughts', 'number', '0815', 815],
    ['a number below one', 'number', '0,125', 0.125],
    ['a number that is one', 'number', 1.125, 1.125],
    ['a date in a list', 'date', ['24.12.2026'], '2026-12-24'],
    ['a person in a list', 'user', ['ada@example.com'], { accountId: '5b10' }],
    ['a person’s address', 'users', [{ emailAddress: 'ada@example.com' }], [{ accountId: '5b10' }]],
    ['labels called by name', 'labels', [{ name: 'vip one' }, 'b'], ['vip-one', 'b']],
    ['an answer by name', 'select', false, { id: '101' }, { options: options('false', 'true') }],
    ['a cascade that is not listed', 'cascading', 'A > B', { value: 'A', child: { value: 'B' } }],
    ['a date', 'date', '24.12.2026', '2026-12-24'],
    ['a due date', 'due', '2026-12-24', '2026-12-24'],
    ['a moment', 'moment', '2026-12-24T15:30+01:00', '2026-12-24T14:30:00.000+0000'],
    ['a person by address', 'user', 'ada@example.com', { accountId: '5b10' }],
    ['a person by id', 'user', '5b10a2844c20165700ede21a', { accountId: '5b10a2844c20165700ede21a' }],
    [
      'a person by a newer id',
      'user',
      '712020:3d51a5b0-4b1c-4f9a-9c3e-1d2f3a4b5c6d',
      { accountId: '712020:3d51a5b0-4b1c-4f9a-9c3e-1d2f3a4b5c6d' },
    ],
    ['people', 'users', 'ada@example.com', [{ accountId: '5b10' }]],
    ['a group', 'group', 'admins', { name: 'admins' }],
    ['labels', 'labels', 'customer portal, vip', ['customer-portal', 'vip']],
    ['a component', 'components', 'Red', [{ id: '101' }], { options: colours }],
    ['components that are not listed', 'components', ['Backend'], [{ name: 'Backend' }]],
    ['versions', 'versions', 'Red', [{ id: '101' }], { options: colours }],
    ['a version', 'version', '1.0', { name: '1.0' }],
    ['a priority', 'priority', 'red', { id: '101' }, { options: colours }],
    ['a project', 'project', 'OPS', { key: 'OPS' }],
    ['a project by id', 'project', '10001', { id: '10001' }],
    ['a project that is listed', 'project', 'Red', { id: '101' }, { options: colours }],
    ['a parent', 'parent', 'kan-7', { key: 'KAN-7' }],
    ['an epic', 'epicLink', 'KAN-7', 'KAN-7'],
    ['a sprint', 'sprint', '37', 37],
    ['a sprint by name', 'sprint', 'Red', 101, { options: colours }],
    ['a request type', 'requestType', 'it/getithelp', 'it/getithelp'],
    ['a request type by its number', 'requestType', 12, '12'],
    ['a request type that is listed', 'requestType', 'Red', '101', { options: colours }],
    ['an estimate', 'time', '2d', { originalEstimate: '2d' }],
    ['JSON for a kind that is not known', 'strange', '{"stars":3}', { stars: 3 }],
    ['words for a kind that is not known', 'strange', 'three', 'three'],
  ])('%s', async (_, kind, given, value, change = {}) => {
    expect(await converted(kind, given, change)).toEqual({ value });
  });

  it.each<Kind>(['checkboxes', 'radio', 'select'])('no for a single %s is nothing', async (kind) => {
    for (const no of [false, 'False', 'FALSE']) {
      expect(await converted(kind, no, { options: options('I agree') })).toEqual({ nothing: true });
    }
  });

  it('a sentence for rich text, which each dialect renders', async () => {
    for (const kind of ['rich', 'environment'] as const) {
      expect(await converted(kind, 'One.\n\nTwo.')).toEqual({ text: plainText('One.\n\nTwo.') });
      expect(await converted(kind, ['One.', 'Two.'])).toEqual({ text: plainText('One.\nTwo.') });
    }
  });
});

describe('what has Jira’s form already stays as it is', () => {
  it.each<[Kind, unknown]>([
    ['select', { value: 'Red' }],
    ['select', { id: '999' }],
    ['multiSelect', [{ value: 'Red' }, { id: '999' }]],
    ['cascading', { value: 'Hardware', child: { value: 'Laptop' } }],
    ['user', { accountId: 'x' }],
    ['users', [{ name: 'ada' }]],
    ['components', [{ name: 'Backend' }]],
    ['priority', { name: 'High' }],
    ['rich', { type: 'doc', version: 1, content: [] }],
    ['parent', { key: 'KAN-7' }],
    ['project', { key: 'OPS' }],
    ['sprint', 37],
    ['time', { originalEstimate: '1d', remainingEstimate: '1d' }],
    ['strange', { stars: 3 }],
    ['labels', ['a', 'b']],
    ['number', 3],
    ['date', '2026-12-24'],
  ])('%s %j', async (kind, given) => {
    const change = kind === 'select' || kind === 'multiSelect' ? { options: colours } : {};
    expect(await converted(kind, given, change)).toEqual({ value: given });
  });
});

describe('what has Jira’s form but for numbers, as YAML reads them, gets text where Jira wants that', () => {
  it.each<[Kind, unknown, unknown]>([
    ['select', { id: 20001 }, { id: '20001' }],
    ['radio', { value: 2024 }, { value: '2024' }],
    ['select', { value: true }, { value: 'true' }],
    ['multiSelect', [{ id: 20100 }, { value: 7 }], [{ id: '20100' }, { value: '7' }]],
    ['checkboxes', { id: 20300 }, [{ id: '20300' }]],
    ['cascading', { id: 20200, child: { id: 20201 } }, { id: '20200', child: { id: '20201' } }],
    ['cascading', { value: 2024, child: [{ value: 1 }] }, { value: '2024', child: { value: '1' } }],
    ['cascading', [{ id: 20200 }, { id: 20201 }], { id: '20200', child: { id: '20201' } }],
    ['priority', { id: 2 }, { id: '2' }],
    ['components', [{ id: 20500 }], [{ id: '20500' }]],
    ['versions', [{ name: 1.5 }, { id: 3, archived: false }], [{ name: '1.5' }, { id: '3', archived: false }]],
    ['version', { id: 20600 }, { id: '20600' }],
    ['group', { name: 42 }, { name: '42' }],
    ['project', { id: 10001 }, { id: '10001' }],
    ['parent', { id: 10001 }, { id: '10001' }],
    ['user', { name: 4711 }, { name: '4711' }],
    ['users', [{ name: 4711 }], [{ name: '4711' }]],
    ['time', { originalEstimate: 30 }, { originalEstimate: '30' }],
    ['requestType', { id: 35 }, '35'],
    ['sprint', { id: 37 }, 37],
    ['strange', { id: 3 }, { id: 3 }],
  ])('%s %j', async (kind, given, value) => {
    expect(await converted(kind, given)).toEqual({ value });
  });
});

describe('what cannot be understood is told', () => {
  it.each<[Kind, unknown, RegExp, Partial<ScreenField>?]>([
    ['number', '1,500', /no clear number/],
    ['number', '1.500', /“1\.500” is no clear number/],
    ['number', '-12.500', /no clear number/],
    ['number', [1, 2], /one value goes there, not several/],
    ['select', ['Red', 'Blé'], /one value goes there, not several/, { options: colours }],
    ['select', { name: 'Blue' }, /“Blue” is none of Red/, { options: colours }],
    ['cascading', 'Hardware > Printer > A4', /“Printer > A4” is none of Laptop, Printer/, { options: tree }],
    ['cascading', ['Hardware', 'Printer', 'A4'], /“Printer > A4” is none of Laptop, Printer/, { options: tree }],
    ['number', 'many', /“many” is no clear number: write it as 1500 or 1\.5\./],
    ['url', 'not an address', /no address/],
    ['date', '03/04/2026', /no clear date: write it as 2026-12-24\./],
    ['moment', 'tomorrow', /no clear date and time/],
    ['select', 'Blue', /^“Blue” is none of Red, Green, dark, Blé\.$/, { options: colours }],
    ['multiSelect', 'Red, Blue', /“Blue” is none of/, { options: colours }],
    ['cascading', 'Hardware > Phone', /“Phone” is none of Laptop, Printer/, { options: tree }],
    ['cascading', 'Furniture', /“Furniture” is none of Hardware, Software/, { options: tree }],
    ['user', 'bob@example.com', /leads to nobody/],
    ['users', 'ada@example.com, bob@example.com', /“bob@example\.com”/],
    ['sprint', 'Sprint 7', /write the sprint’s number/],
    ['checkboxes', true, /“true” is none of Red/, { options: colours }],
  ])('%s %j', async (kind, given, problem, change = {}) => {
    expect(await converted(kind, given, change)).toEqual({ problem: expect.stringMatching(problem) });
  });

  it('names eight of what there is at most', async () => {
    const many = options(...Array.from({ length: 11 }, (_, index) => `Option ${index}`));
    expect(await converted('select', 'x', { options: many })).toEqual({
      problem: expect.stringMatching(/Option 7 and 3 more\.$/),
    });
  });
});
