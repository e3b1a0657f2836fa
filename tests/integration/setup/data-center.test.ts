import { afterEach, beforeEach, expect, it } from 'vitest';
import { createJiraSite, type JiraSite } from '../../../stand-ins/jira/site.ts';
import { linesOf, setupOn } from './setup-on.ts';

let jira: JiraSite;
beforeEach(async () => {
  jira = await createJiraSite({ deployment: 'datacenter', contextPath: '/jira', projects: [{ key: 'OPS' }] });
});
afterEach(() => jira.close());

const account = () => ({ JIRA_BASE_URL: `${jira.baseUrl}/browse/OPS-7`, JIRA_API_TOKEN: jira.apiToken });
const testIt = (change: Record<string, string>) => setupOn(account()).test('jira', change);

it('is tested with its token alone, which only ever goes as a bearer', async () => {
  const report = await testIt({ JIRA_PROJECT_KEY: 'OPS' });
  expect(linesOf(report)).toEqual([
    `ok: Signed in to Jira as ${jira.account.displayName}.`,
    'ok: It may create issues in OPS.',
    'ok: The project has an issue type for every kind of ticket.',
  ]);
  const sent = jira.requests.map(({ headers }) => headers.authorization);
  expect(new Set(sent)).toEqual(new Set([undefined, `Bearer ${jira.apiToken}`]));
  expect(jira.issues).toEqual([]);
});

it('needs no email, and an email that is set from before does no harm', async () => {
  expect((await testIt({ JIRA_EMAIL: 'ana@example.com' })).ok).toBe(true);
  expect((await testIt({ JIRA_DEPLOYMENT: 'datacenter' })).ok).toBe(true);
});

it('says of a wrong token where a new one is made, by the field’s label', async () => {
  const [line, ...others] = linesOf(await testIt({ JIRA_API_TOKEN: 'wrong' }));
  expect(others).toEqual([]);
  expect(line).toMatch(/^problem: .*“Personal access token”.*Profile > Personal Access Tokens/);
  expect(line).not.toMatch(/JIRA_|email|after a year/);
});

it('says that it wants a captcha, and what to do', async () => {
  for (let tries = 0; tries < 4; tries += 1) await testIt({ JIRA_API_TOKEN: 'wrong' });
  expect(linesOf(await testIt({}))).toEqual([expect.stringMatching(/^problem: .*captcha: log in to .* in a browser/)]);
});

it('offers its projects, and what each kind of ticket becomes in one of them', async () => {
  jira.addProject({ key: 'DE', name: 'Kundendienst', issueTypes: ['Aufgabe', 'Fehler', '[System] Incident'] });
  const setup = setupOn(account());
  const { projects } = await setup.projects({});
  expect(projects.map(({ key }) => key)).toEqual(['DE', 'OPS']);
  const { preview } = await setup.types({ JIRA_PROJECT_KEY: 'DE' });
  expect(preview).toMatchObject({
    Task: { issueType: 'Aufgabe', reason: 'German for Task', note: null },
    Bug: { issueType: 'Fehler', reason: 'German for Bug', note: null },
    Incident: { issueType: '[System] Incident', note: null },
    Question: { issueType: 'Aufgabe', note: expect.stringContaining('no type Question') },
  });
});
