import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JiraFieldSeed } from '../../stand-ins/jira/field-kinds.ts';
import { createJiraSite, type JiraSite } from '../../stand-ins/jira/site.ts';
import { createJiraCaller, type JiraCaller } from './stand-in-jira-caller.ts';

const field = (number: number) => `customfield_${10_000 + number}`;

/** The kinds of field: the create screen's, a value that Jira takes, and some that it refuses. */
const kinds: (Omit<JiraFieldSeed, 'name'> & { right: unknown; wrong: unknown[] })[] = [
  { id: field(1), type: 'string', right: 'one line', wrong: [5, 'x'.repeat(256), { value: 'a' }] },
  { id: field(3), type: 'number', right: 4.5, wrong: ['4.5'] },
  {
    id: field(4),
    type: 'option',
    values: ['Berlin', 'Paris'],
    right: { value: 'Paris' },
    wrong: ['Paris', { value: 'Rome' }, { id: 10_100 }, { name: 'Paris' }],
  },
  {
    id: field(5),
    type: 'radio',
    values: ['Yes', 'No'],
    right: { id: '10101' },
    wrong: [{ id: '7' }, [{ value: 'Yes' }]],
  },
  {
    id: field(6),
    type: 'options',
    values: ['a', 'b'],
    right: [{ value: 'a' }, { id: '10101' }],
    wrong: [{ value: 'a' }, ['a'], [{ value: 'c' }]],
  },
  { id: field(7), type: 'checkboxes', values: ['a', 'b'], right: [{ value: 'b' }], wrong: [[{}], 'b'] },
  {
    id: field(8),
    type: 'cascading',
    values: ['Hardware > Laptop', 'Hardware > Phone', 'Software'],
    right: { value: 'Hardware', child: { value: 'Phone' } },
    wrong: [{ value: 'Phone' }, { value: 'Software', child: { value: 'Phone' } }],
  },
  {
    id: field(9),
    type: 'date',
    right: '2026-02-28',
    wrong: ['2026-02-31', '28.02.2026', '2026-02-28T10:00:00.000+0000'],
  },
  {
    id: field(10),
    type: 'datetime',
    right: '2026-02-28T10:00:00.000+0100',
    wrong: ['2026-02-28', '2026-02-28T10:00:00Z', '2026-02-28T25:00:00.000+0000'],
  },
  { id: field(13), type: 'labels', right: ['one', 'two'], wrong: [['two words'], 'one'] },
  { id: field(14), type: 'url', right: 'https://example.com/a', wrong: ['example', { url: 'https://example.com' }] },
  { id: field(15), type: 'version', values: ['1.0'], right: { name: '1.0' }, wrong: ['1.0', { name: '2.0' }] },
  {
    id: field(16),
    type: 'versions',
    values: ['1.0', '2.0'],
    right: [{ id: '10101' }],
    wrong: [{ name: '1.0' }, [{ name: '3.0' }]],
  },
  { id: field(17), type: 'sprint', values: ['7', '8'], right: 8, wrong: ['8', [8], 9] },
  { id: field(18), type: 'epicLink', right: 'OLD-1', wrong: ['OLD-99', { key: 'OLD-1' }] },
  {
    id: field(19),
    type: 'requestType',
    values: ['help/incident'],
    right: 'help/incident',
    wrong: ['incident', { id: 'help/incident' }],
  },
  { id: field(20), type: 'group', values: ['staff'], right: { name: 'staff' }, wrong: ['staff', { name: 'nobody' }] },
  { id: 'components', values: ['Backend'], right: [{ name: 'Backend' }], wrong: [['Backend'], [{ name: 'Frontend' }]] },
  { id: 'fixVersions', values: ['1.0'], right: [{ name: '1.0' }], wrong: [[{ name: '2.0' }]] },
  { id: 'priority', values: ['High', 'Low'], right: { name: 'High' }, wrong: ['High', { name: 'Huge' }] },
  { id: 'duedate', right: '2026-01-31', wrong: ['soon'] },
];

describe.each([
  ['Jira Cloud', 'cloud'],
  ['Jira Data Center', 'datacenter'],
] as const)('the fields of the demo’s %s', (_name, deployment) => {
  let site: JiraSite;
  let call: JiraCaller;

  beforeAll(async () => {
    site = await createJiraSite({
      deployment,
      people: [
        { email: 'ann@example.com' },
        { email: 'gone@example.com', active: false },
        { email: 'guest@example.com', mayReport: false },
      ],
      projects: [
        { key: 'OLD' },
        ...kinds.map(({ right: _right, wrong: _wrong, ...seed }, index) => ({
          key: `F${index}`,
          customFields: [{ name: 'The field', required: true, ...seed }],
        })),
        {
          key: 'RICH',
          customFields: [
            { id: field(2), name: 'Story', type: 'textarea', required: true },
            { id: 'description', name: 'Beschreibung', required: true },
          ],
        },
        {
          key: 'WHO',
          customFields: [
            { id: field(11), name: 'Owner', type: 'user' },
            { id: field(12), name: 'Readers', type: 'users' },
          ],
        },
        {
          key: 'TWO',
          issueTypes: ['Task', 'Bug'],
          customFields: [
            { id: field(1), name: 'Place', required: true, types: ['Bug'] },
            { id: field(3), name: 'Cost', type: 'number', required: true, hasDefault: true },
          ],
        },
      ],
    });
    site.addIssue({ projectKey: 'OLD', issueType: 'Task', fields: { summary: 'An epic' } });
    call = createJiraCaller(site);
  });
  afterAll(() => site.close());

  async function create(project: string, fields: object, type = 'Task') {
    const all = { project: { key: project }, issuetype: { name: type }, summary: 'x', ...fields };
    return call('POST', '/issue', { fields: all });
  }
  const refusal = (id: string, message = /./) => ({
    status: 400,
    body: { errors: { [id]: expect.stringMatching(message) } },
  });

  it.each(kinds.map((kind, index) => ({ ...kind, index, label: kind.type ?? kind.id })))(
    '$label takes what Jira takes, and nothing else',
    async ({ id, right, wrong, index }) => {
      const project = `F${index}`;
      expect(await create(project, { [id]: right })).toMatchObject({ status: 201 });
      expect(await create(project, {})).toMatchObject(refusal(id, /^The field is required\.$/));
      for (const value of wrong) expect(await create(project, { [id]: value })).toMatchObject(refusal(id));
      const type = site.projects.find(({ key }) => key === project)?.issueTypes[0]?.id;
      const meta = await call('GET', `/issue/createmeta/${project}/issuetypes/${type}`);
      const listed = expect.arrayContaining([
        expect.objectContaining({ fieldId: id, required: true, hasDefaultValue: false }),
      ]);
      expect(meta.body).toMatchObject({ [deployment === 'cloud' ? 'fields' : 'values']: listed });
    },
  );

  it('takes rich text in its own form only, and no more than the limit', async () => {
    const story = site.toText('A story');
    const foreign = deployment === 'cloud' ? 'A story' : { type: 'doc', version: 1, content: [] };
    expect(await create('RICH', { [field(2)]: story, description: story })).toMatchObject({ status: 201 });
    expect(await create('RICH', { [field(2)]: story })).toMatchObject(
      refusal('description', /^Beschreibung is required/),
    );
    expect(await create('RICH', { [field(2)]: foreign, description: story })).toMatchObject(refusal(field(2)));
    const long = site.toText('x'.repeat(32_768));
    expect(await create('RICH', { [field(2)]: story, description: long })).toMatchObject(
      refusal('description', /32,767/),
    );
  });

  it('names people in its own way only', async () => {
    const named = (email: string) => {
      const person = site.people.find((each) => each.email === email);
      return deployment === 'cloud' ? { accountId: person?.accountId } : { name: person?.name };
    };
    const ann = named('ann@example.com');
    const right = { [field(11)]: ann, [field(12)]: [ann], reporter: ann };
    expect(await create('WHO', right)).toMatchObject({ status: 201 });
    expect(site.issues.at(-1)).toMatchObject({ reporter: 'ann@example.com', creator: site.email });
    for (const wrong of [
      'ann',
      { emailAddress: 'ann@example.com' },
      named('gone@example.com'),
      deployment === 'cloud' ? { name: 'ann' } : { accountId: ann.accountId },
    ]) {
      expect(await create('WHO', { [field(11)]: wrong })).toMatchObject(refusal(field(11)));
    }
    expect(await create('WHO', { reporter: named('guest@example.com') })).toMatchObject(
      refusal('reporter', /permission/),
    );
    site.setPermission('WHO', 'modifyReporter', false);
    expect(await create('WHO', { reporter: ann })).toMatchObject(refusal('reporter', /not on the appropriate screen/));
  });

  it('asks for a field on the screen of its type alone, and for none that Jira fills in', async () => {
    expect(await create('TWO', {})).toMatchObject({ status: 201 });
    expect(await create('TWO', {}, 'Bug')).toMatchObject(refusal(field(1), /Place is required/));
    expect(await create('TWO', { [field(1)]: 'here' })).toMatchObject(
      refusal(field(1), /not on the appropriate screen/),
    );
  });

  it('changes fields by the same rules', async () => {
    const issue = '/issue/OLD-1';
    expect(await call('PUT', issue, { fields: { description: site.toText('New') } })).toMatchObject({ status: 204 });
    expect(await call('PUT', issue, { fields: { description: 5 } })).toMatchObject(refusal('description'));
    expect(await call('PUT', issue, { fields: { [field(1)]: 'x' } })).toMatchObject(refusal(field(1)));
    expect(site.paragraphs(site.issues[0]?.fields['description'])).toEqual(['New']);
  });
});
