import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openJira } from '../../../electron/jira/api/open-jira.ts';
import { checkCredentials } from '../../../electron/jira/check-credentials.ts';
import { nearestName } from '../../../electron/settings/nearest-name.ts';
import { AppError } from '../../../shared/errors.ts';
import { defaultLabelToIssueType } from '../../../shared/settings-table.ts';
import { createJiraSite, type JiraSite } from '../../../stand-ins/jira/site.ts';
import type { Answer } from '../../../stand-ins/loopback-server.ts';
import { jiraError, startScriptedJira } from '../jira/scripted-jira.ts';
import { deadAddress, linesOf, setupOn } from './setup-on.ts';

let jira: JiraSite;
beforeEach(async () => {
  jira = await createJiraSite({ projects: [{ key: 'KAN' }, { key: 'OPS', name: 'Operations' }] });
});
afterEach(() => jira.close());

const account = () => ({ JIRA_BASE_URL: jira.baseUrl, JIRA_EMAIL: jira.email, JIRA_API_TOKEN: jira.apiToken });
const testIt = (change: Record<string, string>) =>
  setupOn({ ...account(), JIRA_PROJECT_KEY: 'KAN' }).test('jira', change);

/** The report of a test against a server that answers as told. */
async function testAgainst(routes: Record<string, Answer>, change: Record<string, string> = {}) {
  const server = await startScriptedJira(routes);
  onTestFinished(() => server.close());
  return { server, report: await testIt({ JIRA_BASE_URL: server.origin, JIRA_API_TOKEN: 'typed', ...change }) };
}

describe('testing the Jira account', () => {
  it('says who is signed in and what they may do', async () => {
    const report = await testIt({});
    expect(report.ok).toBe(true);
    expect(linesOf(report)).toEqual([
      `ok: Signed in to Jira as ${jira.account.displayName}.`,
      'ok: It may create issues in KAN.',
      'ok: The project has an issue type for every kind of ticket.',
    ]);
    expect(jira.issues).toEqual([]);
    expect(JSON.stringify(report)).not.toContain(jira.apiToken);
  });

  it('names everything that is missing and everything that is wrong in its form', async () => {
    const report = await setupOn({ JIRA_BASE_URL: 'our Jira' }).test('jira', {});
    expect(linesOf(report)).toEqual([
      expect.stringMatching(/^problem: “Address of your site”: Expected the address/),
      expect.stringMatching(/^problem: “API token” is missing/),
    ]);
    const fixed = await setupOn({}, { JIRA_BASE_URL: 'our Jira' }).test('jira', {});
    expect(linesOf(fixed)[0]).toMatch(/^problem: JIRA_BASE_URL: Expected the address/);
  });

  it.each([
    ['Atlassian’s', 'your-team', /“Email of the Atlassian account” is missing/],
    ['one that says so', null, /“Email of the Atlassian account” is missing/],
  ])('asks for an email where the site is a Cloud: %s', async (_, address, words) => {
    const report = await setupOn({ JIRA_BASE_URL: address ?? jira.baseUrl, JIRA_API_TOKEN: 'x' }).test('jira', {});
    expect(linesOf(report)).toEqual([expect.stringMatching(words)]);
    expect(jira.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  it('lets the account be tested before a project is chosen', async () => {
    const report = await setupOn(account()).test('jira', {});
    expect(report.ok).toBe(true);
    expect(linesOf(report)[1]).toMatch(/^warning: No project is chosen yet/);
  });

  it('says that a wrong token may have ended', async () => {
    const report = await testIt({ JIRA_API_TOKEN: 'wrong' });
    expect(report.ok).toBe(false);
    expect(linesOf(report)).toEqual([expect.stringMatching(/refused the login.*ends after a year/)]);
  });

  it('names the projects near a key that is not there', async () => {
    const report = await testIt({ JIRA_PROJECT_KEY: 'OBS' });
    expect(linesOf(report)[1]).toMatch(
      /no project OBS.*Did you mean OPS\?.*KAN \(Project KAN\), OPS \(Operations\)\.$/,
    );
  });

  it('guesses at no project where none has a name like that', async () => {
    const [, missing] = linesOf(await testIt({ JIRA_PROJECT_KEY: 'WAREHOUSE' }));
    expect(missing).toMatch(/no project WAREHOUSE, or this account may not see it\. It may create issues in KAN/);
  });

  it('says what went wrong behind the login', async () => {
    const me = { status: 200, body: { displayName: 'Ada' } };
    const slow = jiraError(429, 'Slow down.');
    const routes = { 'GET /myself': me, 'GET /mypermissions': slow, 'GET /project/KAN': slow };
    expect(linesOf((await testAgainst(routes)).report)).toEqual([
      'ok: Signed in to Jira as Ada.',
      expect.stringMatching(/^problem: .*asks to slow down/),
    ]);
  });

  it('says so where the account may create issues in no project', async () => {
    for (const key of ['KAN', 'OPS']) jira.setPermission(key, 'create', false);
    expect(linesOf(await testIt({ JIRA_PROJECT_KEY: 'OBS' }))[1]).toMatch(/may create issues in no project/);
  });

  it('asks for the permission that filing takes, and warns of the one that decisions take', async () => {
    jira.setPermission('KAN', 'edit', false);
    const report = await testIt({});
    expect(report.ok).toBe(true);
    expect(linesOf(report)).toContainEqual(expect.stringMatching(/^warning: It may not edit issues in KAN/));
    jira.setPermission('KAN', 'create', false);
    expect(linesOf(await testIt({}))[1]).toMatch(/^problem: This account may not create issues in KAN/);
  });

  it('warns of labels whose issue type the project lacks', async () => {
    jira.addProject({ key: 'LEAN', issueTypes: ['Task', 'Bug'] });
    const report = await testIt({ JIRA_PROJECT_KEY: 'LEAN' });
    expect(linesOf(report).slice(2)).toEqual([
      'warning: Incident: The project has no type Incident, so this is a Task.',
      'warning: Question: The project has no type Question, so this is a Task.',
    ]);
  });

  it('refuses a project that has sub-tasks only', async () => {
    jira.addProject({ key: 'SUB', issueTypes: [{ name: 'Sub-task', subtask: true }] });
    expect(linesOf(await testIt({ JIRA_PROJECT_KEY: 'SUB' }))).toContainEqual(
      expect.stringMatching(/^problem: The project has types for sub-tasks and epics only/),
    );
  });

  it.each<[string, Record<string, Answer>, RegExp]>([
    [
      'a web page',
      { 'GET /myself': { status: 200, body: '<html><title>Shop</title></html>' } },
      /a web page \("Shop"\)/,
    ],
    ['nothing there', {}, /There is no Jira at this address/],
    [
      'another address',
      { 'GET /myself': { status: 301, headers: { location: 'https://new.example/' } } },
      /redirects to new\.example/,
    ],
    [
      'a login page',
      { 'GET /myself': { status: 302, headers: { location: 'https://sso.example/login' } } },
      /sends us to a login page/,
    ],
    ['JSON of something else', { 'GET /myself': { status: 200, body: ['hello'] } }, /something else/],
    ['a wish for a pause', { 'GET /myself': jiraError(429, 'Slow down.') }, /asks to slow down/],
  ])('recognises %s at the address', async (_what, routes, words) => {
    const { report } = await testAgainst(routes);
    expect(report.ok).toBe(false);
    expect(linesOf(report)).toEqual([expect.stringMatching(words)]);
  });

  it.each([
    ['Server', 'cloud', /is a Jira Data Center, and “Which Jira it is” says cloud.*personal access token/],
    ['Cloud', 'datacenter', /is Jira Cloud, and “Which Jira it is” says datacenter.*API token/],
  ])('says that %s answers where %s is set', async (deploymentType, deployment, words) => {
    const routes = { 'GET /rest/api/2/serverInfo': { status: 200, body: { deploymentType, version: '10.3' } } };
    const { report } = await testAgainst(routes, { JIRA_DEPLOYMENT: deployment });
    expect(linesOf(report)).toEqual([expect.stringMatching(words)]);
  });

  it('says that the address cannot be reached', async () => {
    expect(linesOf(await testIt({ JIRA_BASE_URL: await deadAddress(), JIRA_API_TOKEN: 'typed' }))).toEqual([
      expect.stringMatching(/cannot be reached \(ECONNREFUSED\)/),
    ]);
  });
});

describe('another address', () => {
  const project = { JIRA_PROJECT_KEY: 'KAN' };
  const words = () =>
    `The address is another one. Enter the API token again: it is not sent to a new address by itself. It was saved for ${new URL(jira.baseUrl).origin}.`;

  async function aServer() {
    const server = await startScriptedJira({});
    onTestFinished(() => server.close());
    return server;
  }

  it('is not sent the token that is saved', async () => {
    const server = await aServer();
    const setup = setupOn({ ...account(), ...project });
    const change = { JIRA_BASE_URL: server.origin };
    expect(linesOf(await setup.test('jira', change))).toEqual([`problem: ${words()}`]);
    await expect(setup.projects(change)).rejects.toMatchObject({ code: 'invalid_input', message: words() });
    await expect(setup.types(change)).rejects.toMatchObject({ code: 'invalid_input', message: words() });
    expect(server.requests).toEqual([]);
  });

  it.each(['', 'typed'])('is not sent the token of the environment, with %j typed', async (typed) => {
    const server = await aServer();
    const setup = setupOn({ ...account(), ...project }, { JIRA_API_TOKEN: jira.apiToken });
    const change = { JIRA_BASE_URL: server.origin, JIRA_API_TOKEN: typed };
    expect(linesOf(await setup.test('jira', change)).at(-1)).toMatch(
      /^problem: JIRA_API_TOKEN is fixed by environment, and it is not sent to a new address/,
    );
    await expect(setup.projects(change)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(server.requests).toEqual([]);
  });

  it('is sent the token that is typed with it', async () => {
    const server = await aServer();
    await setupOn({ ...account(), ...project }).test('jira', { JIRA_BASE_URL: server.origin, JIRA_API_TOKEN: 'typed' });
    const sent = Buffer.from(`${jira.email}:typed`).toString('base64');
    expect(server.requests.map(({ headers }) => headers.authorization)).toContain(`Basic ${sent}`);
  });

  it('needs no token again where only the path differs, or where it is the first', async () => {
    for (const page of ['/', '/browse/KAN-1', '/projects/KAN']) {
      expect((await testIt({ JIRA_BASE_URL: `${jira.baseUrl}${page}` })).ok).toBe(true);
    }
    const { JIRA_BASE_URL, ...login } = account();
    expect((await setupOn({ ...login, ...project }).test('jira', { JIRA_BASE_URL })).ok).toBe(true);
  });
});

describe('a token with scopes', () => {
  const cloudId = '11111111-2222-4333-8444-555555555555';
  const withoutLogin = { 'GET /_edge/tenant_info': { status: 200, body: { cloudId } } };
  const refused = { 'GET /myself': { status: 401, body: 'Client must be authenticated to access this resource.' } };

  async function testScoped(atGateway: Answer) {
    const site = await startScriptedJira({ ...withoutLogin, ...refused });
    const gateway = await startScriptedJira({ [`GET /ex/jira/${cloudId}/myself`]: atGateway });
    onTestFinished(() => Promise.all([site.close(), gateway.close()]).then(() => {}));
    const access = { deployment: null, baseUrl: site.origin, email: 'ada@example.com', apiToken: 'scoped-token' };
    const findings = await checkCredentials(openJira(access), {
      ...access,
      project: 'KAN',
      labelToIssueType: defaultLabelToIssueType,
      nearest: nearestName,
      gateway: gateway.origin,
    });
    return { site, gateway, lines: linesOf({ findings }) };
  }

  it.each<[string, Answer]>([
    ['works', { status: 200, body: { displayName: 'Ada' } }],
    ['lacks a scope', { status: 401, body: { code: 401, message: 'Unauthorized; scope does not match' } }],
  ])('is told the address where it %s', async (_what, atGateway) => {
    const { site, gateway, lines } = await testScoped(atGateway);
    expect(lines).toEqual([expect.stringContaining(`Set JIRA_BASE_URL to ${gateway.origin}/ex/jira/${cloudId} `)]);
    const anonymous = site.requests.filter(({ path }) => path === '/_edge/tenant_info');
    expect(anonymous.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it('is not suspected where the gateway does not answer like one', async () => {
    const { lines } = await testScoped({ status: 200, body: '<html>Log in</html>' });
    expect(lines).toEqual([expect.stringContaining('refused the login')]);
  });

  it('is not suspected where it is unknown there too', async () => {
    const { lines } = await testScoped({ status: 401, body: { message: 'Unauthorized' } });
    expect(lines).toEqual([expect.stringContaining('refused the login')]);
  });
});

describe('what Jira offers', () => {
  it('lists the projects in which the account may create issues', async () => {
    jira.setPermission('KAN', 'create', false);
    const { projects, isCut } = await setupOn(account()).projects({});
    expect(projects).toEqual([{ id: expect.any(String), key: 'OPS', name: 'Operations' }]);
    expect(isCut).toBe(false);
  });

  it('says so where there are more projects than it lists', async () => {
    for (let number = 0; number < 100; number += 1) jira.addProject({ key: `P${number}` });
    const { projects, isCut } = await setupOn(account()).projects({});
    expect(projects).toHaveLength(100);
    expect(isCut).toBe(true);
  });

  it('lists the issue types, with what each label would become', async () => {
    jira.addProject({ key: 'LEAN', issueTypes: [{ name: 'Sub-task', subtask: true }, 'Task', 'Story'] });
    const saved = { ...account(), label_to_issue_type: { Question: 'Story', Task: 'Chore' } };
    const offered = await setupOn(saved).types({
      JIRA_PROJECT_KEY: 'lean',
      label_to_issue_type: { 'Feature Request': 'story', Task: '', Bug: 'Defect' },
    });
    expect(offered.types).toEqual(['Task', 'Story']);
    expect(offered.preview).toEqual({
      Task: { issueType: 'Task', reason: null, note: null },
      Bug: { issueType: 'Task', reason: null, note: 'The project has no type Defect, so this is a Task.' },
      Incident: { issueType: 'Task', reason: null, note: 'The project has no type Incident, so this is a Task.' },
      'Feature Request': { issueType: 'Story', reason: null, note: null },
      Question: { issueType: 'Story', reason: null, note: null },
    });
  });

  it('shows what the settings name where Jira does not tell the types', async () => {
    const server = await startScriptedJira({ 'GET /issue/createmeta/KAN/issuetypes': jiraError(403, 'No.') });
    onTestFinished(() => server.close());
    const login = { JIRA_BASE_URL: server.origin, JIRA_API_TOKEN: 'typed', JIRA_PROJECT_KEY: 'KAN' };
    const { types, preview } = await setupOn(account()).types({ ...login, label_to_issue_type: { Bug: 'Defect' } });
    expect(types).toEqual([]);
    expect(preview.Bug).toEqual({
      issueType: 'Defect',
      reason: null,
      note: 'Jira does not tell which types the project has.',
    });
  });

  it('names what is missing before Jira can be asked', async () => {
    const message = expect.stringMatching(/“Email of the Atlassian account” is missing.*“API token” is missing/);
    const asked = setupOn({ JIRA_BASE_URL: jira.baseUrl }).projects({});
    await expect(asked).rejects.toMatchObject({ code: 'not_configured', message });
    await expect(setupOn(account()).types({})).rejects.toMatchObject({ code: 'not_configured' });
  });

  it('passes on what Jira refuses', async () => {
    const asked = setupOn(account()).projects({ JIRA_API_TOKEN: 'wrong' });
    await expect(asked).rejects.toMatchObject({ code: 'unauthorized' });
  });
});

it('asks nothing where this Electron may not reach it, and binds no secret to the address', async () => {
  const refusal = (service: string) => new AppError('not_configured', `${service} is not connected: too old.`);
  const saved = { JIRA_BASE_URL: 'https://team.invalid', JIRA_EMAIL: 'a@b.example', JIRA_API_TOKEN: 'x' };
  const slack = { SLACK_BOT_TOKEN: 'xoxb-1-1-a', SLACK_APP_TOKEN: 'xapp-1-A1-1-a' };
  const onBind = vi.fn();
  const setup = setupOn({ ...saved, ...slack }, {}, refusal, onBind);
  expect(linesOf(await setup.test('jira', {}))).toEqual(['problem: Jira is not connected: too old.']);
  expect(linesOf(await setup.test('slack_bot', {}))).toEqual(['problem: Slack is not connected: too old.']);
  expect(linesOf(await setup.test('slack_app', {}))).toEqual(['problem: Slack is not connected: too old.']);
  await expect(setup.projects({})).rejects.toMatchObject({ code: 'not_configured' });
  expect(onBind).not.toHaveBeenCalled();
});
