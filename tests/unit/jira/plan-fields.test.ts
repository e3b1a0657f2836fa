import { describe, expect, it } from 'vitest';
import type { ScreenField } from '../../../electron/jira/api/jira-api.ts';
import { planFields } from '../../../electron/jira/fields/plan-fields.ts';
import type { IssueDraft } from '../../../electron/tickets/ports/issue-tracker.ts';
import { aField, options } from './a-field.ts';

const colours = options('Red', 'Green');
const plan = (draft: Partial<IssueDraft>, ...fields: ScreenField[] | [null]) => {
  const [first] = fields;
  const screen = first === null ? null : new Map(fields.flatMap((field) => (field ? [[field.id, field]] : [])));
  const given = { labels: [], defaultFields: {}, wantedFields: {}, ...draft };
  return planFields(given, { screen, typeName: 'Bug' }, { findAccount: async () => null });
};
const team = aField('select', { options: colours });
const components = aField('components', { id: 'components', name: 'Komponenten', options: options('Backend') });

describe('the keys of values', () => {
  it.each(['customfield_1', 'CUSTOMFIELD_1', 'Team', 'team', ' TEAM '])('%j is the field Team', async (key) => {
    expect((await plan({ defaultFields: { [key]: 'Red' } }, team)).fields).toEqual({ customfield_1: { id: '101' } });
  });

  it('are ids in the language of the API, whatever the screen calls the field', async () => {
    for (const key of ['components', 'Components', 'Komponenten']) {
      const { fields } = await plan({ defaultFields: { [key]: 'Backend' } }, components);
      expect(fields).toEqual({ components: [{ id: '101' }] });
    }
    const due = aField('due', { id: 'duedate', name: 'Fällig' });
    expect((await plan({ defaultFields: { 'Due date': '2026-12-24' } }, due)).fields).toEqual({
      duedate: '2026-12-24',
    });
  });

  it('that mean several fields are told', async () => {
    const { fields, notes } = await plan({ defaultFields: { Team: 'Red' } }, team, { ...team, id: 'customfield_2' });
    expect(fields).toEqual({});
    expect(notes).toEqual([
      'Team was left out: several fields are called so. Use the id of one: customfield_1, customfield_2.',
    ]);
  });

  it('go as they are, by id, where the screen is not known', async () => {
    const { fields, notes } = await plan(
      { defaultFields: { customfield_9: 'x', Team: 'Red', priority: 'High' } },
      null,
    );
    expect(fields).toEqual({ customfield_9: 'x', priority: 'High' });
    expect((await plan({ defaultFields: { priority: { id: 2 }, customfield_8: 5 } }, null)).fields).toEqual({
      priority: { id: '2' },
      customfield_8: 5,
    });
    expect(notes).toEqual([
      'Team was left out: Jira does not tell which fields there are, so it is known only by its id.',
    ]);
  });
});

describe('what a person types where nobody knows what the field takes', () => {
  const typed: [string, unknown][] = [
    ['{"value": "Berlin"}', { value: 'Berlin' }],
    ['[{"id": 5}, "x"]', [{ id: '5' }, 'x']],
    ['{"value": "A", "child": {"id": 7}}', { value: 'A', child: { id: '7' } }],
    ['5', 5],
    [' -1.5 ', -1.5],
    ['true', true],
    ['"4711"', '4711'],
    // What a number would lose something of, or is none in JSON, is text.
    ['2024.10', '2024.10'],
    ['0815', '0815'],
    ['1e3', '1e3'],
    ['12345678901234567890', '12345678901234567890'],
    ['2026-12-24', '2026-12-24'],
    ['null', 'null'],
    ['Two words', 'Two words'],
    ['{no json', '{no json'],
  ];

  it.each(typed)('is sent as Jira’s REST API takes it: %s', async (words, value) => {
    const { fields } = await plan({ wantedFields: { customfield_1: words } }, null);
    expect(fields).toEqual({ customfield_1: value });
  });

  it.each(typed.filter(([words]) => !words.startsWith('[{') && !words.includes('child')))(
    'in a field of a kind that is not known, too: %s',
    async (words, value) => {
      const { fields } = await plan({ wantedFields: { customfield_1: words } }, aField('strange'));
      expect(fields).toEqual({ customfield_1: value });
    },
  );

  it('is not what the settings say, which have their own way to write a number', async () => {
    const draft = { defaultFields: { customfield_1: '5' } };
    expect((await plan(draft, null)).fields).toEqual({ customfield_1: '5' });
    expect((await plan(draft, aField('strange'))).fields).toEqual({ customfield_1: '5' });
  });
});

describe('nothing is dropped without a word', () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      'that is not on the screen',
      { Squad: 'Red' },
      'Squad was left out: the form for Bug has no such field in this project.',
    ],
    ['that is not understood', { Team: 'Blue' }, 'Team was left out: “Blue” is none of Red, Green.'],
    ['that the ticket says itself', { description: 'x' }, 'description was left out: the ticket says it itself.'],
  ])('a value %s', async (_, defaultFields, note) => {
    const { fields, notes, asked } = await plan(
      { defaultFields },
      team,
      aField('rich', { id: 'description', name: 'description' }),
    );
    expect([fields, notes, asked]).toEqual([{}, [note], []]);
  });

  it('but an empty one says nothing', async () => {
    expect((await plan({ defaultFields: { Team: '', Squad: null, Crew: [] } }, team)).notes).toEqual([]);
  });
});

describe('a person is asked', () => {
  const required = { ...team, required: true };

  it('for what is required and has no default', async () => {
    const withDefault = { ...required, id: 'customfield_2', hasDefault: true };
    expect((await plan({}, required, withDefault)).asked).toEqual([{ field: required, problem: null }]);
    expect((await plan({ defaultFields: { Team: 'Red' } }, required)).asked).toEqual([]);
  });

  it('for what is required and was configured in a way that is not understood', async () => {
    const { asked, notes } = await plan({ defaultFields: { Team: 'Blue' } }, required);
    expect(asked).toEqual([{ field: required, problem: '“Blue” is none of Red, Green.' }]);
    expect(notes).toEqual([]);
  });

  it('for what a person gave in such a way, required or not', async () => {
    const { asked } = await plan({ wantedFields: { customfield_1: 'Blue' } }, team);
    expect(asked).toMatchObject([{ problem: '“Blue” is none of Red, Green.' }]);
  });

  it('not for what Jira or the program fills', async () => {
    const filled = ['project', 'issuetype', 'summary', 'description', 'labels', 'reporter'];
    const fields = filled.map((id) => aField('text', { id, name: id, required: true }));
    expect((await plan({}, ...fields)).asked).toEqual([]);
  });
});

it('a person’s value counts before the settings’', async () => {
  const draft = { wantedFields: { customfield_1: 'Green' }, defaultFields: { Team: 'Red' } };
  expect(await plan(draft, team)).toMatchObject({ fields: { customfield_1: { id: '102' } }, notes: [] });
  const unset = { wantedFields: { customfield_1: null }, defaultFields: { Team: 'Red' } };
  expect((await plan(unset, team)).fields).toEqual({ customfield_1: { id: '101' } });
});

it('labels of all places are added to ours', async () => {
  const screen = aField('ownLabels', { id: 'labels', name: 'Labels' });
  const draft = { labels: ['from slack'], defaultFields: { Labels: 'a, b' }, wantedFields: { labels: ['b', 'c'] } };
  expect(await plan(draft, screen)).toMatchObject({ labels: ['from-slack', 'b', 'c', 'a'], fields: {} });
});

it('a label that is too long is left out alone, in whichever field', async () => {
  const screen = aField('ownLabels', { id: 'labels', name: 'Étiquettes' });
  const own = await plan({ labels: ['from slack'], defaultFields: { labels: ['vip', 'x'.repeat(256)] } }, screen);
  expect(own.labels).toEqual(['from-slack', 'vip']);
  expect(own.notes).toEqual([
    `One of Étiquettes was left out: “${'x'.repeat(60)}…” is too long: a label has at most 255 characters.`,
  ]);
  const tags = aField('labels', { required: true });
  expect((await plan({ defaultFields: { Team: `ok, ${'x'.repeat(256)}` } }, tags)).asked).toEqual([
    { field: tags, problem: expect.stringContaining('at most 255 characters') },
  ]);
});

it('no to a consent is nothing: neither sent nor told, unless the field is demanded', async () => {
  const consent = aField('checkboxes', { options: options('I agree') });
  expect(await plan({ defaultFields: { Team: false } }, consent)).toMatchObject({ fields: {}, notes: [], asked: [] });
  const demanded = { ...consent, required: true };
  expect((await plan({ defaultFields: { Team: false } }, demanded)).asked).toEqual([
    { field: demanded, problem: null },
  ]);
});
