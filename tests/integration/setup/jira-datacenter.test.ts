import { afterEach, describe, expect, it } from 'vitest';
import type { JiraSite, JiraSiteOptions } from '../../../stand-ins/jira/site.ts';
import { createJiraSite } from '../../../stand-ins/jira/site.ts';
import { dataCenters } from '../../contract/data-centers.ts';
import { linesOf, setupOn } from './setup-on.ts';

let jira: JiraSite;
afterEach(() => jira.close());

async function testIt(options: JiraSiteOptions = dataCenters.keeping, change: Record<string, string> = {}) {
  jira = await createJiraSite(options);
  const saved = { JIRA_BASE_URL: jira.baseUrl, JIRA_API_TOKEN: jira.apiToken, JIRA_PROJECT_KEY: 'KAN' };
  return linesOf(await setupOn({ ...saved, ...change }).test('jira', {}));
}

describe('testing the account of a Data Center', () => {
  it.each(Object.entries(dataCenters))('says who is signed in by the token alone (%s)', async (_name, options) => {
    const lines = await testIt(options);
    expect(lines.slice(0, 2)).toEqual([
      `ok: Signed in to Jira as ${jira.account.displayName}.`,
      'ok: It may create issues in KAN.',
    ]);
    expect(jira.basicLogins).toEqual([]);
  });

  it('says what may be wrong with a token, and asks for no e-mail', async () => {
    const lines = await testIt(dataCenters.behindPath, {
      JIRA_API_TOKEN: 'another-one',
      JIRA_EMAIL: 'ada@example.com',
    });
    expect(lines).toEqual([expect.stringMatching(/^problem: .*refused the login.*expired.*Personal Access Tokens/)]);
    expect(lines.join()).not.toMatch(/e-?mail|a year/i);
    expect(jira.basicLogins).toEqual([]);
  });

  it('says that a path is missing in the address', async () => {
    jira = await createJiraSite(dataCenters.behindPath);
    const saved = { JIRA_BASE_URL: jira.baseUrl.replace(/\/jira$/, ''), JIRA_API_TOKEN: jira.apiToken };
    const lines = linesOf(await setupOn({ ...saved, JIRA_PROJECT_KEY: 'KAN' }).test('jira', {}));
    expect(lines).toEqual([expect.stringMatching(/^problem: .*path/)]);
    expect(jira.requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
  });

  it('says that a captcha is to be solved', async () => {
    jira = await createJiraSite(dataCenters.keeping);
    jira.setCaptcha(true);
    const saved = { JIRA_BASE_URL: jira.baseUrl, JIRA_API_TOKEN: jira.apiToken, JIRA_PROJECT_KEY: 'KAN' };
    const lines = linesOf(await setupOn(saved).test('jira', {}));
    expect(lines).toEqual([expect.stringMatching(/^problem: Jira wants a captcha: log in to/)]);
  });

  it('offers the projects in which issues may be created', async () => {
    jira = await createJiraSite({ ...dataCenters.keeping, projects: [{ key: 'KAN' }, { key: 'OPS' }, { key: 'SEE' }] });
    jira.setPermission('SEE', 'create', false);
    const saved = { JIRA_BASE_URL: jira.baseUrl, JIRA_API_TOKEN: jira.apiToken };
    const { projects } = await setupOn(saved).projects({});
    expect(projects.map(({ key }) => key)).toEqual(['KAN', 'OPS']);
  });
});
