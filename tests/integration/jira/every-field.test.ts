import { afterEach, describe, expect, it } from 'vitest';
import type { JiraFieldSeed } from '../../../stand-ins/jira/field-kinds.ts';
import type { JiraDeployment } from '../../../stand-ins/jira/make.ts';
import { createJiraSite, type JiraSite } from '../../../stand-ins/jira/site.ts';
import { expectDocumented } from '../../contract/documented-requests.ts';
import { draft } from '../../unit/jira/draft.ts';
import { trackerFor } from './scripted-jira.ts';

const cloudPerson = (site: JiraSite) => site.people.find(({ email }) => email === 'ana@example.com');
const colours = ['Red', 'Green, dark', 'Blue'];

/** A required field of every kind, what a person would write for it, and what Jira has to get. */
const kinds: [JiraFieldSeed, unknown, unknown][] = [
  [{ id: 'customfield_1', name: 'Team', type: 'string' }, 'Blue', 'Blue'],
  [{ id: 'customfield_2', name: 'Steps', type: 'textarea' }, 'First.\n\nThen.', 'rich'],
  [{ id: 'customfield_3', name: 'Seats', type: 'number' }, '12', 12],
  [{ id: 'customfield_4', name: 'Colour', type: 'option', values: colours }, 'green, dark', { id: '10101' }],
  [
    { id: 'customfield_5', name: 'Colours', type: 'options', values: colours },
    'Red, Blue',
    [{ id: '10100' }, { id: '10102' }],
  ],
  [
    { id: 'customfield_6', name: 'Place', type: 'cascading', values: ['Berlin > Mitte', 'Berlin > Wedding', 'Wien'] },
    'Berlin > Wedding',
    { id: '10100', child: { id: '10501' } },
  ],
  [{ id: 'customfield_7', name: 'Seen in', type: 'checkboxes', values: colours }, ['Blue'], [{ id: '10102' }]],
  [{ id: 'customfield_8', name: 'Impact', type: 'radio', values: ['High', 'Low'] }, 'Low', { id: '10101' }],
  [{ id: 'duedate', name: 'Due date' }, '24.12.2026', '2026-12-24'],
  [{ id: 'customfield_10', name: 'Since', type: 'datetime' }, '2026-12-24T15:30+01:00', '2026-12-24T14:30:00.000+0000'],
  [{ id: 'customfield_11', name: 'Approver', type: 'user' }, 'ana@example.com', 'person'],
  [{ id: 'customfield_12', name: 'Tags', type: 'labels' }, 'customer portal, vip', ['customer-portal', 'vip']],
  [{ id: 'components', name: 'Components', values: ['Backend', 'Frontend'] }, 'backend', [{ id: '10100' }]],
  [{ id: 'fixVersions', name: 'Fix versions', values: ['1.0', '2.0'] }, '2.0', [{ id: '10101' }]],
  [{ id: 'priority', name: 'Priority', values: ['High', 'Low'] }, 'High', { id: '10100' }],
  [{ id: 'customfield_16', name: 'Link', type: 'url' }, 'example.com/a', 'https://example.com/a'],
  [{ id: 'customfield_17', name: 'Sprint', type: 'sprint' }, '37', 37],
  [{ id: 'customfield_18', name: 'Epic link', type: 'epicLink' }, 'kan-1', 'KAN-1'],
  [
    { id: 'customfield_19', name: 'Request type', type: 'requestType', values: ['it/getithelp'] },
    'it/getithelp',
    'it/getithelp',
  ],
  [{ id: 'customfield_20', name: 'Approvers', type: 'users' }, 'ana@example.com', 'people'],
  [{ id: 'customfield_21', name: 'Group', type: 'group', values: ['admins'] }, 'admins', { name: 'admins' }],
  [{ id: 'customfield_22', name: 'Release', type: 'version', values: ['1.0'] }, '1.0', { id: '10100' }],
];

describe.each<[string, JiraDeployment]>([
  ['Cloud', {}],
  ['Data Center', { deployment: 'datacenter', contextPath: '/jira' }],
  [
    'a Data Center whose lists have other names',
    { deployment: 'datacenter', metaLists: 'named', createProperties: false },
  ],
])('a project on %s that demands a field of every kind', (_, make) => {
  let site: JiraSite;
  afterEach(() => site.close());

  async function start(customFields: JiraFieldSeed[]) {
    site = await createJiraSite({
      ...make,
      people: [{ email: 'ana@example.com' }],
      projects: [{ key: 'KAN', customFields }],
    });
    const [epicType] = site.projects[0]?.issueTypes ?? [];
    if (epicType !== undefined)
      site.addIssue({ projectKey: 'KAN', issueType: epicType.name, fields: { summary: 'The epic' } });
    return trackerFor(site.baseUrl, { deployment: site.deployment, email: site.email, apiToken: site.apiToken });
  }

  it('takes ids that YAML reads as numbers, also of what it does not demand', async () => {
    const byId = kinds.filter(([, , wanted]) => JSON.stringify(wanted).includes('"id"'));
    const tracker = await start(byId.map(([field]) => field));
    const numbers = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value), (key, part) => (key === 'id' ? Number(part) : part));
    const defaultFields = Object.fromEntries(byId.map(([{ name }, , wanted]) => [name, numbers(wanted)]));
    const { key, note } = await tracker.createIssue(draft({ defaultFields }));
    expect(note).toBeNull();
    const { fields } = site.issues.find((issue) => issue.key === key) ?? { fields: {} };
    expect(byId.length).toBeGreaterThan(7);
    for (const [{ id }, , wanted] of byId) expect([id, Reflect.get(fields, id)]).toEqual([id, wanted]);
    expectDocumented(site, ...site.requests);
  });

  it('is asked what it wants, and gets it in the form that it wants', async () => {
    const tracker = await start(kinds.map(([field]) => ({ ...field, required: true })));
    const before = site.issues.length;
    const ids = kinds.map(([{ id }]) => id).sort();
    const refused = await tracker.createIssue(draft()).catch((error) => error);
    expect(refused).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('fields') });
    expect(refused.fields.toSorted()).toEqual(ids);
    // Nothing was sent that Jira had to refuse.
    expect(site.issues).toHaveLength(before);
    expect(site.requests.filter(({ operation }) => operation === 'createIssue')).toEqual([]);

    const form = await tracker.formFor(draft());
    expect(form.fields.map(({ id }) => id).sort()).toEqual(ids);
    expect(form.fields.every(({ required }) => required)).toBe(true);

    const defaultFields = Object.fromEntries(kinds.map(([{ name }, given]) => [name, given]));
    const { key, note } = await tracker.createIssue(draft({ defaultFields }));
    expect(note).toBeNull();
    expectDocumented(site, ...site.requests);
    const { fields } = site.issues.find((issue) => issue.key === key) ?? { fields: {} };
    const person = cloudPerson(site);
    const account = make.deployment === 'datacenter' ? { name: person?.name } : { accountId: person?.accountId };
    for (const [{ id, name }, , wanted] of kinds) {
      const value = Reflect.get(fields, id);
      if (wanted === 'rich') expect([name, JSON.stringify(value)]).toEqual([name, expect.stringContaining('First.')]);
      else if (wanted === 'person') expect([name, value]).toEqual([name, account]);
      else if (wanted === 'people') expect([name, value]).toEqual([name, [account]]);
      else expect([name, value]).toEqual([name, wanted]);
    }
  });
});
