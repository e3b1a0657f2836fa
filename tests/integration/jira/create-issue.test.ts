import { afterEach, describe, expect, it } from 'vitest';
import type { LoopbackServer } from '../../../stand-ins/loopback-server.ts';
import { draft } from '../../unit/jira/draft.ts';
import {
  bodiesOf,
  inTurn,
  jiraError,
  ordinaryProject,
  screenOf,
  startScriptedJira,
  trackerFor,
} from './scripted-jira.ts';

const created = { status: 201, body: { id: '10007', key: 'KAN-7', self: 'x' } };
/** A screen on which only this field is required. */
const demanding = (id: string) => {
  const fields = ['summary', 'description', 'labels', id].map((each) => {
    return { fieldId: each, name: `Name of ${each}`, required: each === id };
  });
  return { status: 200, body: { total: fields.length, fields } };
};
const types = (id: string) => ({ status: 200, body: { total: 1, issueTypes: [{ id, name: 'Bug', subtask: false }] } });
const notOnScreen = (field: string) =>
  jiraError(400, null, { [field]: `Field '${field}' cannot be set. It is not on the appropriate screen, or unknown.` });

describe('filing an issue', () => {
  let jira: LoopbackServer;
  afterEach(() => jira.close());

  it('takes the type by its id, marks the issue, and links to it', async () => {
    jira = await startScriptedJira(ordinaryProject);
    const issue = await trackerFor(jira.origin).createIssue(draft());
    expect(issue).toEqual({
      id: '10007',
      key: 'KAN-7',
      url: `${jira.origin}/browse/KAN-7`,
      issueType: 'Bug',
      note: null,
      due: [],
    });
    const [body] = bodiesOf(jira, 'POST /issue');
    expect(body?.fields).toMatchObject({
      project: { key: 'KAN' },
      issuetype: { id: '2' },
      summary: 'The printer on floor 3 is broken',
      labels: ['ticket-agent'],
      description: { type: 'doc', version: 1 },
    });
    expect(body).toMatchObject({ properties: [{ key: 'ticket-agent', value: { requestId: 'a'.repeat(32) } }] });
  });

  it('logs in with e-mail and token', async () => {
    jira = await startScriptedJira(ordinaryProject);
    await trackerFor(jira.origin).createIssue(draft());
    const expected = `Basic ${Buffer.from('ada@example.com:secret-token').toString('base64')}`;
    expect(jira.requests.map(({ headers }) => headers.authorization)).toEqual(jira.requests.map(() => expected));
  });

  it('asks for the types and the screen once in ten minutes', async () => {
    let now = 0;
    jira = await startScriptedJira(ordinaryProject);
    const tracker = trackerFor(jira.origin, { now: () => now });
    await tracker.createIssue(draft());
    now = 9 * 60_000;
    await tracker.createIssue(draft());
    const asked = () => jira.requests.filter(({ path }) => path.includes('createmeta')).length;
    expect(asked()).toBe(2);
    now = 11 * 60_000;
    await tracker.createIssue(draft());
    expect(asked()).toBe(4);
  });

  it('reads every page of the types', async () => {
    const types = Array.from({ length: 51 }, (_, index) => ({
      id: `${index}`,
      name: index === 50 ? 'Bug' : `T${index}`,
    }));
    jira = await startScriptedJira({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes': ({ query }) => {
        const startAt = Number(query.get('startAt'));
        return { status: 200, body: { total: 51, issueTypes: types.slice(startAt, startAt + 50) } };
      },
    });
    await trackerFor(jira.origin).createIssue(draft());
    expect(bodiesOf(jira, 'POST /issue')[0]?.fields['issuetype']).toEqual({ id: '50' });
  });

  it('guesses no type: without the one that is wanted and without a Task it says which there are', async () => {
    const issueTypes = [
      { id: '1', name: 'Epic', subtask: false, hierarchyLevel: 1 },
      { id: '2', name: 'Story', subtask: false, hierarchyLevel: 0 },
    ];
    const offered = { status: 200, body: { total: 2, issueTypes } };
    jira = await startScriptedJira({ ...ordinaryProject, 'GET /issue/createmeta/KAN/issuetypes': offered });
    await expect(trackerFor(jira.origin).createIssue(draft())).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(/^The project has no type Bug and no Task, but Story\. .*Fix and retry/),
    });
    expect(bodiesOf(jira, 'POST /issue')).toEqual([]);
  });

  it('takes a German project’s Fehler for a Bug, without a word', async () => {
    const issueTypes = [
      { id: '1', name: 'Epic', subtask: false, hierarchyLevel: 1 },
      { id: '2', name: 'Fehler', subtask: false, hierarchyLevel: 0 },
    ];
    const offered = { status: 200, body: { total: 2, issueTypes } };
    jira = await startScriptedJira({ ...ordinaryProject, 'GET /issue/createmeta/KAN/issuetypes': offered });
    expect(await trackerFor(jira.origin).createIssue(draft())).toMatchObject({ issueType: 'Fehler', note: null });
    expect(bodiesOf(jira, 'POST /issue')[0]?.fields['issuetype']).toEqual({ id: '2' });
  });

  it('reads lists by the name that older answers give them', async () => {
    const types = { status: 200, body: { values: [{ id: '2', name: 'Bug' }] } };
    const screen = { status: 200, body: { values: [{ fieldId: 'summary', name: 'Summary' }] } };
    jira = await startScriptedJira({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes': types,
      'GET /issue/createmeta/KAN/issuetypes/2': screen,
    });
    await trackerFor(jira.origin).createIssue(draft());
    const fields = bodiesOf(jira, 'POST /issue')[0]?.fields;
    expect(fields).toMatchObject({ issuetype: { id: '2' } });
    expect(fields).not.toHaveProperty('description');
  });

  it.each([
    ['does not say how many there are', undefined],
    ['says that there are more than it has', 400],
  ])('reads one page more at most where Jira %s', async (_what, total) => {
    const issueTypes = [{ id: '2', name: 'Bug' }];
    jira = await startScriptedJira({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes': ({ query }) => {
        return { status: 200, body: { total, issueTypes: query.get('startAt') === '0' ? issueTypes : [] } };
      },
    });
    expect(await trackerFor(jira.origin).createIssue(draft())).toMatchObject({ issueType: 'Bug' });
    const pages = jira.requests.filter(({ path }) => path.endsWith('/KAN/issuetypes'));
    expect(pages).toHaveLength(total === undefined ? 1 : 2);
  });

  it('goes by names alone where the project seems to have no types', async () => {
    const none = { status: 200, body: { total: 0, issueTypes: [] } };
    jira = await startScriptedJira({ ...ordinaryProject, 'GET /issue/createmeta/KAN/issuetypes': none });
    await trackerFor(jira.origin).createIssue(draft());
    expect(bodiesOf(jira, 'POST /issue')[0]?.fields['issuetype']).toEqual({ name: 'Bug' });
  });

  it.each([
    [401, 'unauthorized'],
    [429, 'rate_limited'],
  ])('sends nothing where Jira answers %i to what the project offers', async (status, code) => {
    jira = await startScriptedJira({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes': jiraError(status, 'No.'),
    });
    await expect(trackerFor(jira.origin).createIssue(draft())).rejects.toMatchObject({ code });
    expect(bodiesOf(jira, 'POST /issue')).toEqual([]);
  });

  it('makes a Task where the project lacks the type, and says so', async () => {
    jira = await startScriptedJira(ordinaryProject);
    const { classification } = draft();
    const issue = await trackerFor(jira.origin).createIssue(
      draft({ classification: { ...classification, label: 'Incident' } }),
    );
    expect(issue).toMatchObject({
      issueType: 'Task',
      note: 'The project has no type Incident, so this is a Task.',
    });
  });

  it('asks for the types anew when Jira refuses the one it remembers', async () => {
    const types = (id: string) => ({ status: 200, body: { total: 1, issueTypes: [{ id, name: 'Bug' }] } });
    jira = await startScriptedJira({
      'GET /issue/createmeta/KAN/issuetypes': inTurn(types('2'), types('3')),
      'POST /issue': inTurn(jiraError(400, null, { issuetype: 'The issue type selected is invalid.' }), created),
    });
    await trackerFor(jira.origin).createIssue(draft());
    expect(bodiesOf(jira, 'POST /issue').map(({ fields }) => fields['issuetype'])).toEqual([{ id: '2' }, { id: '3' }]);
  });

  it('asks for the types anew once, however often Jira refuses them', async () => {
    let id = 1;
    jira = await startScriptedJira({
      'GET /issue/createmeta/KAN/issuetypes': () => {
        id += 1;
        return { status: 200, body: { total: 1, issueTypes: [{ id: String(id), name: 'Bug' }] } };
      },
      'POST /issue': jiraError(400, null, { issuetype: 'The issue type selected is invalid.' }),
    });
    await expect(trackerFor(jira.origin).createIssue(draft())).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('Check the type Bug.'),
    });
    expect(bodiesOf(jira, 'POST /issue')).toHaveLength(2);
  });

  it.each([403, 404, 500])('goes by names alone where Jira answers %i to what the project offers', async (status) => {
    jira = await startScriptedJira({
      'GET /issue/createmeta/KAN/issuetypes': jiraError(status, 'No.'),
      'POST /issue': inTurn(jiraError(400, null, { issuetype: 'Specify a valid issue type' }), created),
    });
    const issue = await trackerFor(jira.origin).createIssue(draft());
    expect(bodiesOf(jira, 'POST /issue').map(({ fields }) => fields['issuetype'])).toEqual([
      { name: 'Bug' },
      { name: 'Task' },
    ]);
    expect(issue.note).toBe('The project has no type Bug, so this is a Task.');
  });

  it('leaves out what the screen is known to lack, without being refused first', async () => {
    jira = await startScriptedJira({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes/2': screenOf('summary'),
    });
    const issue = await trackerFor(jira.origin).createIssue(draft());
    const bodies = bodiesOf(jira, 'POST /issue');
    expect(bodies).toHaveLength(1);
    expect(Object.keys(bodies[0]?.fields ?? {}).sort()).toEqual(['issuetype', 'project', 'summary']);
    expect(issue.note).toContain('no description field');
  });

  it('does not believe a screen without a summary, which every screen has, and sends all fields', async () => {
    jira = await startScriptedJira({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes/2': screenOf('labels'),
    });
    const defaultFields = { customfield_10: { value: 'Infra' } };
    expect(await trackerFor(jira.origin).createIssue(draft({ defaultFields }))).toMatchObject({
      issueType: 'Bug',
      note: null,
    });
    const [body] = bodiesOf(jira, 'POST /issue');
    expect(Object.keys(body?.fields ?? {}).sort()).toEqual([
      'customfield_10',
      'description',
      'issuetype',
      'labels',
      'project',
      'summary',
    ]);
  });

  it('files the issue without labels, and without a description, when Jira refuses them', async () => {
    jira = await startScriptedJira({
      ...ordinaryProject,
      'POST /issue': inTurn(notOnScreen('labels'), notOnScreen('description'), created),
    });
    await trackerFor(jira.origin).createIssue(draft());
    const sent = bodiesOf(jira, 'POST /issue').map(({ fields }) => ['labels' in fields, 'description' in fields]);
    expect(sent).toEqual([
      [true, true],
      [false, true],
      [false, false],
    ]);
  });

  it('keeps our own label where Jira refuses one of others, and leaves the field out only where it refuses ours', async () => {
    const ticket = draft({ labels: ['a', 'b'] });
    const refused = jiraError(400, null, { labels: 'Das Stichwort ist ungültig.' });
    jira = await startScriptedJira({ ...ordinaryProject, 'POST /issue': inTurn(refused, created) });
    const note = 'Labels were left out: Jira does not take all of a, b.';
    expect(await trackerFor(jira.origin).createIssue(ticket)).toMatchObject({ note });
    const labels = () => bodiesOf(jira, 'POST /issue').map(({ fields }) => fields['labels']);
    expect(labels()).toEqual([['ticket-agent', 'a', 'b'], ['ticket-agent']]);
    await jira.close();

    jira = await startScriptedJira({ ...ordinaryProject, 'POST /issue': inTurn(refused, refused, created) });
    expect(await trackerFor(jira.origin).createIssue(ticket)).toMatchObject({ note });
    expect(labels()).toEqual([['ticket-agent', 'a', 'b'], ['ticket-agent'], undefined]);
    await jira.close();

    jira = await startScriptedJira({ ...ordinaryProject, 'POST /issue': inTurn(notOnScreen('labels'), created) });
    expect(await trackerFor(jira.origin).createIssue(ticket)).toMatchObject({
      note: 'Name of labels was left out: Jira does not take it here.',
    });
    expect(labels()).toEqual([['ticket-agent', 'a', 'b'], undefined]);
  });

  it('still says what it left out, and leaves it out, where it asks anew what the project offers', async () => {
    const stale = jiraError(400, null, { issuetype: 'The issue type selected is invalid.' });
    jira = await startScriptedJira({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes': inTurn(types('2'), types('3')),
      'GET /issue/createmeta/KAN/issuetypes/3': screenOf('summary', 'description', 'labels'),
      'POST /issue': inTurn(jiraError(400, null, { labels: 'Ungültig.' }), stale, created),
    });
    expect(await trackerFor(jira.origin).createIssue(draft({ labels: ['a'] }))).toMatchObject({
      note: 'Labels were left out: Jira does not take all of a.',
    });
    expect(bodiesOf(jira, 'POST /issue').at(-1)?.fields).toMatchObject({
      issuetype: { id: '3' },
      labels: ['ticket-agent'],
    });
  });

  it('does not throw a description away that Jira refuses for what it says', async () => {
    jira = await startScriptedJira({
      ...ordinaryProject,
      'POST /issue': jiraError(400, null, { description: 'Too long.' }),
    });
    await expect(trackerFor(jira.origin).createIssue(draft())).rejects.toMatchObject({ code: 'invalid_input' });
    expect(bodiesOf(jira, 'POST /issue')).toHaveLength(1);
  });

  it('names the fields that Jira misses and where to set them', async () => {
    jira = await startScriptedJira({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes/2': screenOf('summary', 'description', 'labels', 'customfield_10'),
      'POST /issue': jiraError(400, null, { customfield_10: 'Team is required.' }),
    });
    await expect(trackerFor(jira.origin).createIssue(draft())).rejects.toMatchObject({
      code: 'invalid_input',
      message:
        'Jira did not accept the issue. Name of customfield_10: Team is required. ' +
        'Fill in the field Name of customfield_10 with Fix and retry in the window, ' +
        'or set a value for every ticket under jira_default_fields in config.yml.',
      fields: ['customfield_10'],
    });
  });

  describe('where a workflow’s validator says in words alone what it objects to', () => {
    const office = { fieldId: 'customfield_10', name: 'Büro', required: false, schema: { type: 'string' } };
    const routes = (words: string, errors: Record<string, string> = {}) => ({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes/2': {
        status: 200,
        body: {
          fields: [
            ...['summary', 'description', 'labels'].map((id) => ({ fieldId: id, name: id, required: false })),
            office,
            { ...office, fieldId: 'customfield_11', name: 'Cost centre' },
          ],
        },
      },
      'POST /issue': jiraError(400, words, errors),
    });

    it('asks for the field that the words name, also for one that they call wrong', async () => {
      jira = await startScriptedJira(routes('Büro ist erforderlich.'));
      const tracker = trackerFor(jira.origin);
      const everyTicket = 'in the window, or set a value for every ticket under jira_default_fields in config.yml.';
      await expect(tracker.createIssue(draft())).rejects.toMatchObject({
        message:
          `Jira did not accept the issue. Büro ist erforderlich. Fill in the field Büro with Fix and retry ${everyTicket} ` +
          'If that does not help, ask whoever looks after KAN in Jira.',
        fields: ['customfield_10'],
      });
      expect((await tracker.formFor(draft({ wantedFields: { customfield_10: null } }))).fields).toMatchObject([
        { id: 'customfield_10', name: 'Büro', kind: 'text' },
      ]);
      const given = tracker.createIssue(draft({ wantedFields: { customfield_10: 'Nowhere' } }));
      await expect(given).rejects.toMatchObject({
        message: expect.stringContaining('Correct the field Büro with Fix and retry'),
        fields: ['customfield_10'],
      });
    });

    it('asks for what is named by words and for what is named by id', async () => {
      jira = await startScriptedJira(routes('Büro fehlt.', { customfield_11: 'Cost centre is required.' }));
      await expect(trackerFor(jira.origin).createIssue(draft())).rejects.toMatchObject({
        message: expect.stringContaining('Fill in the fields Cost centre, Büro with'),
        fields: ['customfield_11', 'customfield_10'],
      });
    });

    it('promises no field where the words name none that can be given', async () => {
      for (const words of ['Etwas fehlt.', 'Description must be longer.', 'Labels are wrong.']) {
        jira = await startScriptedJira(routes(words));
        await expect(trackerFor(jira.origin).createIssue(draft())).rejects.toMatchObject({
          message: `Jira did not accept the issue. ${words} Change what Jira objects to with Fix and retry in the window: summary, type or project; or ask whoever looks after KAN in Jira.`,
          fields: undefined,
        });
        await jira.close();
      }
    });

    it('promises none that the form in Jira does not have, by whichever name', async () => {
      jira = await startScriptedJira(routes('', { customfield_99: 'Required.' }));
      await expect(trackerFor(jira.origin).createIssue(draft())).rejects.toMatchObject({
        message:
          'Jira did not accept the issue. customfield_99: Required. The form in Jira lacks the field customfield_99, ' +
          'so nothing can be given there: ask whoever looks after KAN in Jira.',
        fields: undefined,
      });
    });

    it('asks for an id in the words where Jira does not tell its fields', async () => {
      jira = await startScriptedJira({ 'POST /issue': jiraError(400, 'customfield_10 is required.') });
      await expect(trackerFor(jira.origin).createIssue(draft())).rejects.toMatchObject({ fields: ['customfield_10'] });
    });

    it('names itself where they want a reporter in another language', async () => {
      jira = await startScriptedJira({
        ...ordinaryProject,
        'GET /issue/createmeta/KAN/issuetypes/2': {
          status: 200,
          body: {
            fields: ['summary', 'description', 'labels', 'reporter'].map((id) => {
              return { fieldId: id, name: id === 'reporter' ? 'Autor' : id, required: false };
            }),
          },
        },
        'GET /myself': { status: 200, body: { accountId: 'ours' } },
        'POST /issue': inTurn(jiraError(400, 'Autor ist erforderlich.'), created),
      });
      await trackerFor(jira.origin).createIssue(draft());
      expect(bodiesOf(jira, 'POST /issue').map(({ fields }) => fields['reporter'])).toEqual([
        undefined,
        { accountId: 'ours' },
      ]);
    });
  });

  it('does not send people to config.yml for what the program fills itself', async () => {
    jira = await startScriptedJira({ ...ordinaryProject, 'POST /issue': jiraError(400, null, { summary: 'Odd.' }) });
    await expect(trackerFor(jira.origin).createIssue(draft())).rejects.toMatchObject({
      message:
        'Jira did not accept the issue. Name of summary: Odd. Change the summary with Fix and retry in the window.',
    });
  });

  it.each([
    [
      ['Vous devez choisir un composant'],
      {},
      /composant\. Change what Jira objects to with Fix and retry .* after KAN/,
    ],
    [[], {}, /accept the issue\. Change what Jira objects to with Fix and retry in the window: .* in Jira\.$/],
    [[], { description: 'Wrong!' }, /Wrong! Send the ticket again in other words, or ask whoever looks after KAN/],
    [[], { issuetype: 'No' }, /No\. Check the type Bug\. Fix and retry in the window changes that\.$/],
    [['No.'], { reporter: 'Required' }, /Required\. The form in Jira lacks the field reporter, .* ask whoever looks/],
  ])('says what to do, whatever Jira says: %j %j', async (messages, fields, said) => {
    const refused = { status: 400, body: { errorMessages: messages, errors: fields } };
    jira = await startScriptedJira({ ...ordinaryProject, 'POST /issue': refused });
    await expect(trackerFor(jira.origin).createIssue(draft())).rejects.toMatchObject({
      message: expect.stringMatching(said),
    });
  });

  it('names the configured values that Jira refuses', async () => {
    jira = await startScriptedJira({ 'POST /issue': jiraError(400, null, { customfield_10: 'Not an option.' }) });
    const ticket = draft({ defaultFields: { customfield_10: 'x' } });
    await expect(trackerFor(jira.origin).createIssue(ticket)).rejects.toMatchObject({
      message:
        'Jira did not accept the issue. customfield_10: Not an option. ' +
        'Correct the field customfield_10 with Fix and retry in the window, or under jira_default_fields in config.yml.',
      fields: ['customfield_10'],
    });
  });

  it('sends configured values for the fields that this type has', async () => {
    jira = await startScriptedJira({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes/2': screenOf('summary', 'description', 'labels', 'customfield_10'),
    });
    const defaultFields = { customfield_10: { value: 'Infra' }, customfield_11: 'of another type' };
    await trackerFor(jira.origin).createIssue(draft({ defaultFields }));
    const fields = bodiesOf(jira, 'POST /issue')[0]?.fields;
    expect(fields?.['customfield_10']).toEqual({ value: 'Infra' });
    expect(fields).not.toHaveProperty('customfield_11');
  });

  it('asks anew what the project offers when Jira objects to the fields, and sends what is wanted now', async () => {
    jira = await startScriptedJira({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes/2': inTurn(
        screenOf('summary', 'description', 'labels'),
        screenOf('summary', 'description', 'labels', 'customfield_10'),
      ),
      'POST /issue': inTurn(jiraError(400, null, { customfield_10: 'Team is required.' }), created),
    });
    const { note } = await trackerFor(jira.origin).createIssue(draft({ defaultFields: { customfield_10: 'Blue' } }));
    const sent = bodiesOf(jira, 'POST /issue').map(({ fields }) => fields['customfield_10']);
    expect(sent).toEqual([undefined, 'Blue']);
    expect(note).toBeNull();
  });

  it('asks for a field that became required, with the words that it has now', async () => {
    jira = await startScriptedJira({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes/2': inTurn(
        screenOf('summary', 'description', 'labels'),
        demanding('customfield_10'),
      ),
      'POST /issue': jiraError(400, null, { customfield_10: 'Pflichtfeld.' }),
    });
    await expect(trackerFor(jira.origin).createIssue(draft())).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('The field Name of customfield_10 is missing: KAN takes no Bug without it.'),
      fields: ['customfield_10'],
    });
    expect(bodiesOf(jira, 'POST /issue')).toHaveLength(1);
  });

  it('asks anew before it says that something is missing, since what is remembered may not be so any more', async () => {
    jira = await startScriptedJira({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes/2': inTurn(
        demanding('customfield_10'),
        screenOf('summary', 'description', 'labels'),
      ),
    });
    const tracker = trackerFor(jira.origin);
    await expect(tracker.createIssue(draft())).rejects.toMatchObject({ fields: ['customfield_10'] });
    // However soon somebody mended the project.
    expect(await tracker.createIssue(draft())).toMatchObject({ key: 'KAN-7' });
  });

  it('sends nothing that lacks what the project is known to demand', async () => {
    jira = await startScriptedJira({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes/2': demanding('customfield_10'),
    });
    await expect(trackerFor(jira.origin).createIssue(draft())).rejects.toMatchObject({ fields: ['customfield_10'] });
    expect(bodiesOf(jira, 'POST /issue')).toEqual([]);
  });

  describe('says what was configured and left out also where the issue is refused for what is missing', () => {
    const screenWith = (
      ...fields: { fieldId: string; name: string; required: boolean; allowedValues?: object[] }[]
    ) => ({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes/2': {
        status: 200,
        body: {
          fields: [
            ...['summary', 'description', 'labels'].map((id) => ({ fieldId: id, name: id, required: false })),
            ...fields.map((field) => ({
              ...field,
              schema: { type: 'option' },
              allowedValues: [{ id: '1', value: 'Berlin' }],
            })),
          ],
        },
      },
    });
    const office = { fieldId: 'customfield_10', name: 'Office', required: true };
    const optional = { ...office, required: false };
    const refused = { 'POST /issue': jiraError(400, null, { customfield_10: 'Office is required.' }) };

    it.each<[string, Parameters<typeof startScriptedJira>[0], Record<string, unknown>, string]>([
      [
        'by a name that no field has',
        screenWith(office),
        { Ofice: 'Berlin' },
        'The field Office is missing: KAN takes no Bug without it. Ofice was left out: the form for Bug has no such field in ' +
          'this project. Use Fix and retry',
      ],
      [
        'by a name that several have',
        screenWith(office, { ...optional, fieldId: 'customfield_11' }),
        { Office: 'Berlin' },
        'Office was left out: several fields are called so. Use the id of one: customfield_10, customfield_11. Use Fix and',
      ],
      [
        'with a value that cannot be used, of a field that only the create says is required',
        { ...screenWith(optional), ...refused },
        { Office: 'Berln' },
        'Office: Office is required. Office was left out: “Berln” is none of Berlin. Fill in the field Office',
      ],
      [
        'by name, where Jira does not tell its fields',
        refused,
        { Office: 'Berlin' },
        'Office was left out: Jira does not tell which fields there are, so it is known only by its id. Fill in the field',
      ],
      [
        'and that Jira did not take',
        { 'POST /issue': inTurn(notOnScreen('customfield_11'), jiraError(400, null, { customfield_10: 'Required.' })) },
        { customfield_11: 'x' },
        'customfield_11 was left out: Jira does not take it here. Fill in the field customfield_10',
      ],
      [
        'where Jira has words only',
        { ...screenWith(optional), 'POST /issue': jiraError(400, 'Something is required.') },
        { Ofice: 'Berlin' },
        'Ofice was left out: the form for Bug has no such field in this project.',
      ],
    ])('%s', async (_, routes, defaultFields, said) => {
      jira = await startScriptedJira(routes);
      await expect(trackerFor(jira.origin).createIssue(draft({ defaultFields }))).rejects.toMatchObject({
        message: expect.stringContaining(said),
      });
    });

    it('but not where that is none of the matter', async () => {
      jira = await startScriptedJira({ ...ordinaryProject, 'POST /issue': jiraError(400, null, { summary: 'Odd.' }) });
      await expect(trackerFor(jira.origin).createIssue(draft({ defaultFields: { Ofice: 1 } }))).rejects.toMatchObject({
        message: expect.not.stringContaining('left out'),
      });
    });
  });

  it('does without a configured field that Jira says is not on the screen, and says so', async () => {
    jira = await startScriptedJira({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes/2': screenOf('summary', 'description', 'labels', 'customfield_10'),
      'POST /issue': inTurn(notOnScreen('customfield_10'), created),
    });
    const { note } = await trackerFor(jira.origin).createIssue(draft({ defaultFields: { customfield_10: 'Blue' } }));
    expect(note).toBe('Name of customfield_10 was left out: Jira does not take it here.');
    expect(bodiesOf(jira, 'POST /issue').map(({ fields }) => 'customfield_10' in fields)).toEqual([true, false]);
  });

  describe('where Jira does not tell its fields', () => {
    const german = jiraError(400, null, {
      customfield_10: 'Feld kann nicht gesetzt werden. Es befindet sich nicht auf dem entsprechenden Bildschirm.',
    });

    it('does without a configured one that it objects to in another language, and says so', async () => {
      jira = await startScriptedJira({ 'POST /issue': inTurn(german, created) });
      const { note } = await trackerFor(jira.origin).createIssue(draft({ defaultFields: { customfield_10: 'Blue' } }));
      expect(note).toBe('customfield_10 was left out: Jira does not take it here.');
      expect(bodiesOf(jira, 'POST /issue').map(({ fields }) => 'customfield_10' in fields)).toEqual([true, false]);
    });

    it('does not do without what a person gave, nor without what it demands', async () => {
      jira = await startScriptedJira({ 'POST /issue': german });
      const tracker = trackerFor(jira.origin);
      const fields = { customfield_10: 'Blue' };
      const given = tracker.createIssue(draft({ defaultFields: fields, wantedFields: fields }));
      await expect(given).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringContaining('Feld') });
      await expect(tracker.createIssue(draft({ defaultFields: fields }))).rejects.toMatchObject({
        code: 'invalid_input',
        fields: ['customfield_10'],
      });
      const sent = bodiesOf(jira, 'POST /issue').map((body) => 'customfield_10' in body.fields);
      expect(sent).toEqual([true, true, false]);
    });
  });

  it('says which configured values did not come along', async () => {
    jira = await startScriptedJira(ordinaryProject);
    const ticket = draft({ defaultFields: { Team: 'Blue', labels: ['vip'] }, labels: ['from slack'] });
    const { note } = await trackerFor(jira.origin).createIssue(ticket);
    expect(note).toBe('Team was left out: the form for Bug has no such field in this project.');
    expect(bodiesOf(jira, 'POST /issue')[0]?.fields['labels']).toEqual(['ticket-agent', 'from-slack', 'vip']);
  });

  it('names itself where Jira wants a reporter and takes nobody else', async () => {
    const refused = jiraError(400, null, { reporter: 'Reporter is required.' });
    jira = await startScriptedJira({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes/2': screenOf('summary', 'description', 'labels', 'reporter'),
      'GET /user/search': { status: 200, body: [{ accountId: 'requester' }] },
      'GET /myself': { status: 200, body: { accountId: 'ours' } },
      'POST /issue': inTurn(refused, refused, created),
    });
    await trackerFor(jira.origin).createIssue(draft({ requesterEmail: async () => 'ada@example.com' }));
    expect(bodiesOf(jira, 'POST /issue').map(({ fields }) => fields['reporter'])).toEqual([
      { accountId: 'requester' },
      undefined,
      { accountId: 'ours' },
    ]);
  });

  it('asks a person for a reporter where Jira does not take itself either', async () => {
    jira = await startScriptedJira({
      ...ordinaryProject,
      'GET /issue/createmeta/KAN/issuetypes/2': screenOf('summary', 'description', 'labels', 'reporter'),
      'GET /myself': { status: 200, body: { accountId: 'ours' } },
      'POST /issue': jiraError(400, null, { reporter: 'No.' }),
    });
    await expect(trackerFor(jira.origin).createIssue(draft())).rejects.toMatchObject({ fields: ['reporter'] });
    expect(bodiesOf(jira, 'POST /issue')).toHaveLength(2);
  });

  it('goes by the id of a type where Jira does not tell which there are', async () => {
    jira = await startScriptedJira({ 'POST /issue': created });
    await trackerFor(jira.origin).createIssue(draft({ issueType: '10004' }));
    expect(bodiesOf(jira, 'POST /issue')[0]?.fields['issuetype']).toEqual({ id: '10004' });
  });

  describe('where a person chose type or project', () => {
    const ops = (name: string) => name.replaceAll('KAN', 'OPS');
    const both = Object.fromEntries(
      Object.entries(ordinaryProject).flatMap(([name, answer]) => [
        [name, answer],
        [ops(name), answer],
      ]),
    );

    it('asks that project for its types, and remembers each project’s apart', async () => {
      jira = await startScriptedJira(both);
      const tracker = trackerFor(jira.origin);
      await tracker.createIssue(draft());
      await tracker.createIssue(draft({ project: 'ops', issueType: 'TASK' }));
      await tracker.createIssue(draft({ project: 'OPS' }));
      expect(bodiesOf(jira, 'POST /issue').map(({ fields }) => [fields['project'], fields['issuetype']])).toEqual([
        [{ key: 'KAN' }, { id: '2' }],
        [{ key: 'OPS' }, { id: '1' }],
        [{ key: 'OPS' }, { id: '2' }],
      ]);
      expect(jira.requests.filter(({ path }) => path.endsWith('/OPS/issuetypes'))).toHaveLength(1);
    });

    it('names that project where the account may not create issues in it', async () => {
      jira = await startScriptedJira({ ...both, 'POST /issue': jiraError(403, 'No.') });
      await expect(trackerFor(jira.origin).createIssue(draft({ project: 'OPS' }))).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('may not create issues in OPS'),
      });
    });

    it('names what was chosen where Jira refuses it', async () => {
      const errors = { project: 'valid project is required', issuetype: 'Specify a valid issue type' };
      jira = await startScriptedJira({ 'POST /issue': jiraError(400, null, errors) });
      const chosen = draft({ project: 'OPS', issueType: 'Task' });
      const refused = {
        message: expect.stringMatching(
          /Check the project OPS\. Check the type Task\. Fix and retry in the window changes that\.$/,
        ),
      };
      await expect(trackerFor(jira.origin).createIssue(chosen)).rejects.toMatchObject(refused);
    });
  });

  it.each([
    ['a server error', { status: 502, body: '<html>Bad gateway</html>' }],
    ['a lost connection', 'cut' as const],
    ['silence', 'hang' as const],
    ['a success without a key', { status: 201, body: { id: '10007' } }],
    ['an empty success', { status: 201 }],
    ['a login page', { status: 200, body: '<html>Log in</html>' }],
  ])('never sends it twice after %s, since the issue may exist', async (_what, fault) => {
    jira = await startScriptedJira(ordinaryProject);
    jira.failNext('POST /issue', fault);
    const tracker = trackerFor(jira.origin, { timeoutMs: 400 });
    await expect(tracker.createIssue(draft())).rejects.toMatchObject({ code: 'unconfirmed' });
    expect(jira.requests.filter(({ operation }) => operation === 'POST /issue')).toHaveLength(1);
  });

  it('refuses a project setting that is neither key nor id, before anything is sent', async () => {
    jira = await startScriptedJira(ordinaryProject);
    for (const project of ['KAN/../../x', 'K AN', '10?x=1']) {
      const refused = trackerFor(jira.origin).createIssue(draft({ project }));
      await expect(refused).rejects.toMatchObject({ code: 'invalid_input' });
    }
    const unset = trackerFor(jira.origin).createIssue(draft({ project: '' }));
    await expect(unset).rejects.toMatchObject({ code: 'not_configured' });
    expect(jira.requests).toEqual([]);
  });

  it('sends less to a proxy that takes no more, and all of it is due as a file', async () => {
    const tooLarge = { status: 413, body: '<html><title>413 Request Entity Too Large</title></html>' };
    jira = await startScriptedJira({ ...ordinaryProject, 'POST /issue': inTurn(tooLarge, tooLarge, created) });
    const issue = await trackerFor(jira.origin).createIssue(draft({ text: 'word '.repeat(4_000) }));
    expect(issue).toMatchObject({ key: 'KAN-7', due: ['rest'] });
    const [first = 0, , last = 0] = bodiesOf(jira, 'POST /issue').map((body) => JSON.stringify(body).length);
    expect(last).toBeLessThan(first / 3);
    await jira.close();
    jira = await startScriptedJira({ ...ordinaryProject, 'POST /issue': tooLarge });
    await expect(trackerFor(jira.origin).createIssue(draft())).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('larger than Jira'),
    });
  });
});
