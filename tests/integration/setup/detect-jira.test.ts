import { expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { accessTokensPage } from '../../../shared/jira-login.ts';
import type { Answer } from '../../../stand-ins/loopback-server.ts';
import { startScriptedJira } from '../jira/scripted-jira.ts';
import { deadAddress, setupOn } from './setup-on.ts';

/** Asks a server that answers so about itself, below this path. */
async function findAt(answer: Answer, { path = '', saved = {} } = {}) {
  const server = await startScriptedJira({ [`GET ${path}/rest/api/2/serverInfo`]: answer });
  onTestFinished(() => server.close());
  const found = await setupOn(saved).detect({ JIRA_BASE_URL: `${server.origin}${path}/browse/OPS-7` }, false);
  return { server, host: new URL(server.origin).host, found };
}
const says = (deploymentType: string, version = '9.12.4'): Answer => ({
  status: 200,
  body: { deploymentType, version, baseUrl: 'https://jira.example.com', serverTitle: 'Jira' },
});

it.each(['Server', 'Data Center'])('finds a Data Center that calls itself %s, also below a path', async (name) => {
  const { server, host, found } = await findAt(says(name), { path: '/jira' });
  expect(found).toEqual({
    deployment: 'datacenter',
    finding: { level: 'ok', message: `Found Jira Data Center 9.12.4 at ${host}.` },
    needsPerson: false,
  });
  expect(server.requests.map(({ headers }) => headers.authorization)).not.toContain(expect.anything());
});

it('says that a Data Center is older than what is supported', async () => {
  const { found } = await findAt(says('Server', '9.4.0'));
  expect(found).toMatchObject({ deployment: 'datacenter', finding: { level: 'warning' } });
  expect(found.finding?.message).toMatch(/9\.4\.0 at .* made for 9\.12 and later/);
});

it('finds a Cloud under another name than Atlassian’s, and Atlassian’s without asking', async () => {
  expect((await findAt(says('Cloud', '1001.0.0'))).found).toMatchObject({
    deployment: 'cloud',
    finding: { level: 'ok' },
  });
  const cloud = { deployment: 'cloud', finding: { level: 'ok', message: 'This is Jira Cloud.' }, needsPerson: false };
  for (const address of ['your-team', 'https://api.atlassian.com/ex/jira/1/rest/api/3']) {
    expect(await setupOn({}).detect({ JIRA_BASE_URL: address }, false)).toEqual(cloud);
  }
});

it.each<[string, Answer]>([
  ['a login page', { status: 200, body: '<html><title>Sign in</title><input type="password"></html>' }],
  ['a way to a login page', { status: 302, headers: { location: 'https://sso.example/login' } }],
  ['something else', { status: 200, body: { hello: 'world' } }],
  ['nothing', { status: 404, body: 'no' }],
])('takes %s for no Jira, and says so', async (_, answer) => {
  expect((await findAt(answer)).found).toMatchObject({ deployment: null, finding: { level: 'problem' } });
});

it('says that nobody answers, and what is wrong with an address', async () => {
  const dead = await setupOn({}).detect({ JIRA_BASE_URL: await deadAddress() }, false);
  expect(dead).toMatchObject({ deployment: null, finding: { level: 'problem' } });
  const mail = await setupOn({}).detect({ JIRA_BASE_URL: 'ana@example.com' }, false);
  expect(mail).toMatchObject({ finding: { level: 'problem', message: expect.stringMatching(/an email address/) } });
  expect(await setupOn({}).detect({}, false)).toEqual({ deployment: null, finding: null, needsPerson: false });
});

it('keeps to what JIRA_DEPLOYMENT says, and says that something else answers', async () => {
  const { found } = await findAt(says('Cloud'), { saved: { JIRA_DEPLOYMENT: 'datacenter' } });
  expect(found).toMatchObject({ deployment: 'datacenter', finding: { level: 'warning' } });
  expect(found.finding?.message).toMatch(/Found Jira Cloud at .* But “Which Jira it is” says Jira Data Center/);
});

it('asks an address that the token is not meant for only where a person wants it', async () => {
  const { server } = await findAt(says('Server'));
  const origins = { JIRA_API_TOKEN: 'https://former.example' };
  const setup = setupOn({ JIRA_BASE_URL: server.origin, JIRA_API_TOKEN: 'x', secret_origins: origins });
  const before = server.requests.length;
  expect(await setup.detect({}, false)).toEqual({ deployment: null, finding: null, needsPerson: true });
  expect(server.requests).toHaveLength(before);
  expect(await setup.detect({}, true)).toMatchObject({ deployment: 'datacenter', needsPerson: false });
});

it('asks nobody where the address may not be reached', async () => {
  const refused = new AppError('not_configured', 'Jira is not connected: too old.');
  const setup = setupOn({}, {}, () => refused);
  expect(await setup.detect({ JIRA_BASE_URL: 'https://jira.invalid' }, false)).toEqual({
    deployment: null,
    finding: { level: 'problem', message: refused.message },
    needsPerson: false,
  });
});

it('asks a Data Center’s people for a personal access token, and for no email', async () => {
  const { server } = await findAt(says('Data Center'));
  const report = await setupOn({}).test('jira', { JIRA_BASE_URL: server.origin });
  expect(report.findings.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^“Personal access token” is missing\. Create one in Jira under Profile/),
  ]);
});

it('knows where a Data Center makes its tokens', async () => {
  const page =
    'https://jira.example.com/jira/secure/ViewProfile.jspa?selectedTab=com.atlassian.pats.pats-plugin:jira-user-personal-access-tokens';
  expect(accessTokensPage('https://jira.example.com/jira')).toBe(page);
  expect(await setupOn({}).tokensPage({ JIRA_BASE_URL: 'jira.example.com/jira/browse/OPS-7' })).toBe(page);
  await expect(setupOn({}).tokensPage({})).rejects.toMatchObject({ code: 'not_configured' });
});

it('calls settings as the fields are called, but those that the environment fixes', async () => {
  const told = async (env: Record<string, string>) => {
    const setup = setupOn({ JIRA_EMAIL: 'a@b.example', JIRA_API_TOKEN: 'x' }, env);
    const { findings } = await setup.test('jira', { JIRA_BASE_URL: await deadAddress() });
    return findings.map(({ message }) => message).join(' ');
  };
  expect(await told({})).toMatch(/cannot be reached.*the VPN and “Address of your site”/);
  expect(await told({ JIRA_BASE_URL: await deadAddress() })).toMatch(/cannot be reached.*the VPN and JIRA_BASE_URL/);
});
