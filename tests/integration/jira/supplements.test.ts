import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { fileOfRequest } from '../../../electron/jira/api/request-file.ts';
import { createJiraSite } from '../../../stand-ins/jira/site.ts';
import type { LoopbackServer } from '../../../stand-ins/loopback-server.ts';
import { dataCenters } from '../../contract/data-centers.ts';
import { draft } from '../../unit/jira/draft.ts';
import { inTurn, jiraError, startScriptedJira, trackerFor } from './scripted-jira.ts';

let jira: LoopbackServer;
afterEach(() => jira.close());

const ok = (body: unknown) => ({ status: 200, body });
const long = draft({ text: 'word '.repeat(10_000) });
const withFiles = (...names: string[]) => ok({ fields: { attachment: names.map((filename) => ({ filename })) } });
const sentTo = (operation: string) => jira.requests.filter((request) => request.operation === operation);

async function supplement(
  part: 'property' | 'description' | 'rest',
  routes: Parameters<typeof startScriptedJira>[0],
  of = long,
) {
  jira = await startScriptedJira(routes);
  return trackerFor(jira.origin).supplement('KAN-1', part, of);
}

describe('the whole text as a file', () => {
  const files = 'POST /issue/KAN-1/attachments';

  it('is attached as UTF-8, and once', async () => {
    const name = fileOfRequest(long.requestId);
    await supplement('rest', { 'GET /issue/KAN-1': withFiles('other.txt'), [files]: ok([{}]) });
    expect(sentTo(files)).toHaveLength(1);
    expect(sentTo(files)[0]?.body).toContain(`filename="${name}"`);
    await jira.close();
    await supplement('rest', { 'GET /issue/KAN-1': withFiles(name) });
    expect(sentTo(files)).toHaveLength(0);
  });

  it('is not asked for where the text is surely whole', async () => {
    await supplement('rest', {}, draft());
    expect(jira.requests.filter(({ path }) => path.includes('/issue/'))).toEqual([]);
  });

  it.each([
    [403, 'forbidden'],
    [404, 'not_found'],
    [413, 'invalid_input'],
    [503, 'unconfirmed'],
  ])('is refused with %i', async (status, code) => {
    const routes = { 'GET /issue/KAN-1': withFiles(), [files]: jiraError(status, 'Attachments are disabled.') };
    await expect(supplement('rest', routes)).rejects.toMatchObject({ code });
  });

  it('that is refused with 404 blames the issue only where that is gone', async () => {
    const refused = { [files]: jiraError(404, 'Attachments are disabled') };
    const there = { ...refused, 'GET /issue/KAN-1': withFiles() };
    await expect(supplement('rest', there)).rejects.toMatchObject({
      message:
        'Jira takes no file on KAN-1: attachments are switched off there, or this account may not add any. Attachments are disabled.',
    });
    await jira.close();
    const gone = { ...refused, 'GET /issue/KAN-1': inTurn(withFiles(), jiraError(404, 'Issue Does Not Exist')) };
    await expect(supplement('rest', gone)).rejects.toMatchObject({
      message: 'Jira has no issue KAN-1, or this account may not see it. Issue Does Not Exist.',
    });
  });
});

describe('the text as a comment', () => {
  const comments = 'POST /issue/KAN-1/comment';
  const none = {
    'GET /issue/KAN-1/comment': ok({ comments: [] }),
    'GET /issue/KAN-1': ok({ fields: { description: null } }),
  };

  it('is shortened to what Jira says, and then all of it is due as a file', async () => {
    const said = jiraError(400, null, { comment: 'Der Text überschreitet die Länge von 4.000 Zeichen.' });
    expect(await supplement('description', { ...none, [comments]: inTurn(said, { status: 201, body: {} }) })).toEqual([
      'rest',
    ]);
    const [, second] = sentTo(comments).map(({ body }) => body.length);
    expect(second).toBeLessThan(6_000);
  });

  it('is sent shorter once where a number may be a limit', async () => {
    const said = jiraError(400, 'Budget over 1500 EUR needs a cost centre');
    await expect(supplement('description', { ...none, [comments]: said })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(sentTo(comments)).toHaveLength(2);
  });

  it.each([
    ['as a message', jiraError(400, 'Unrecognized field "properties" (class CommentJsonBean)')],
    ['as a field', jiraError(400, null, { properties: 'Unbekanntes Feld.' })],
  ])('goes without our property where a server refuses that, %s, and then at once', async (_how, refusal) => {
    jira = await startScriptedJira({ ...none, [comments]: inTurn(refusal, { status: 201, body: {} }) });
    const tracker = trackerFor(jira.origin);
    await tracker.supplement('KAN-1', 'description', draft());
    await tracker.supplement('KAN-1', 'description', draft());
    const sent = sentTo(comments).map(({ body }) => 'properties' in JSON.parse(body));
    expect(sent).toEqual([true, false, false]);
  });

  it('is sent where the form has no description, so that the issue has none either', async () => {
    const routes = { ...none, 'GET /issue/KAN-1': ok({ fields: {} }), [comments]: { status: 201, body: {} } };
    expect(await supplement('description', routes, draft())).toEqual([]);
    expect(sentTo(comments)).toHaveLength(1);
  });

  it('is not sent where the description has it after all', async () => {
    const paragraph = { type: 'paragraph', content: [{ type: 'text', text: draft().text }] };
    const description = { type: 'doc', version: 1, content: [paragraph] };
    const routes = { ...none, 'GET /issue/KAN-1': ok({ fields: { description } }) };
    expect(await supplement('description', routes, draft())).toEqual([]);
    expect(sentTo(comments)).toEqual([]);
  });

  it('is not sent where the description has it below what somebody wrote meanwhile, on each kind of Jira', async () => {
    for (const options of [{}, dataCenters.keeping, dataCenters.forgetful]) {
      const site = await createJiraSite(options);
      onTestFinished(site.close);
      const { baseUrl, email, apiToken, deployment } = site;
      const tracker = trackerFor(baseUrl, { deployment, email: deployment === 'cloud' ? email : null, apiToken });
      const { key } = await tracker.createIssue(draft());
      const fields = site.issues[0]?.fields ?? {};
      fields['description'] = JSON.parse(
        JSON.stringify(fields['description']).replace('The printer', '[Triage] What a printer'),
      );
      expect(JSON.stringify(fields['description'])).toContain('[Triage]');
      expect(await tracker.supplement(key, 'description', draft())).toEqual([]);
      expect(site.requests.map(({ operation }) => operation)).not.toContain('addComment');
    }
  });

  it('that was cut has the whole attached, however it was cut and whatever is remembered of that, on each kind of Jira', async () => {
    for (const options of [{}, dataCenters.keeping, dataCenters.forgetful]) {
      for (const answer of [jiraError(413, null), jiraError(400, null, { comment: 'At most 5,000 characters.' })]) {
        const site = await createJiraSite(options);
        onTestFinished(site.close);
        const { baseUrl, email, apiToken, deployment } = site;
        const restarted = () =>
          trackerFor(baseUrl, { deployment, email: deployment === 'cloud' ? email : null, apiToken });
        const { key, attachments } = site.addIssue({ projectKey: 'KAN', issueType: 'Task', fields: {} });
        const cut = draft({ text: 'word '.repeat(4_000) });
        site.failNext('addComment', answer);
        expect(await restarted().supplement(key, 'description', cut), JSON.stringify({ options, answer })).toEqual([
          'rest',
        ]);
        // As after a stop before that was stored.
        expect(await restarted().supplement(key, 'description', cut), JSON.stringify({ options, answer })).toEqual([
          'rest',
        ]);
        expect(site.issues.map(({ comments }) => comments.length)).toEqual([1]);
        expect(await restarted().supplement(key, 'rest', cut)).toEqual([]);
        expect(attachments.map(({ name }) => name)).toEqual([fileOfRequest(cut.requestId)]);
      }
    }
  });

  it('is sent where a project has a description of its own', async () => {
    const paragraph = { type: 'paragraph', content: [{ type: 'text', text: 'Steps to reproduce:' }] };
    const description = { type: 'doc', version: 1, content: [paragraph] };
    const routes = {
      ...none,
      'GET /issue/KAN-1': ok({ fields: { description } }),
      [comments]: { status: 201, body: {} },
    };
    expect(await supplement('description', routes, draft())).toEqual([]);
    expect(sentTo(comments)).toHaveLength(1);
  });

  it('is refused where this account may not comment, and where the issue is not there', async () => {
    const routes = { ...none, [comments]: jiraError(403, 'No.') };
    await expect(supplement('description', routes)).rejects.toMatchObject({ code: 'forbidden' });
    await jira.close();
    await expect(supplement('description', {})).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('our property', () => {
  const property = '/issue/KAN-1/properties/ticket-agent';

  it('is set where it is missing, and keeps the decision that was stored meanwhile', async () => {
    const stored = { requestId: long.requestId, decision: { status: 'approved' }, mac: {} };
    await supplement('property', {
      [`GET ${property}`]: ok({ key: 'ticket-agent', value: stored }),
      [`PUT ${property}`]: { status: 200, body: {} },
    });
    expect(JSON.parse(sentTo(`PUT ${property}`)[0]?.body ?? '')).toMatchObject({ ...stored, label: 'Bug' });
  });

  it.each([{ requestId: 'another' }, { requestId: long.requestId, createdBy: 'AI Ticket Agent' }])(
    'stays as it is: %j',
    async (value) => {
      await supplement('property', { [`GET ${property}`]: ok({ key: 'ticket-agent', value }) });
      expect(sentTo(`PUT ${property}`)).toEqual([]);
    },
  );
});
