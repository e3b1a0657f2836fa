import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openJira } from '../../../electron/jira/api/open-jira.ts';
import { plainText } from '../../../electron/rich-text/rich-text.ts';
import { defaultLabelToIssueType } from '../../../shared/settings-table.ts';
import { createJiraSite, type JiraSite, type JiraSiteOptions } from '../../../stand-ins/jira/site.ts';
import type { ReceivedRequest } from '../../../stand-ins/loopback-server.ts';
import { dataCenters } from '../../contract/data-centers.ts';
import { hasContracts } from '../../contract/stand-in-contracts.ts';
import { type JiraContract, openJiraContract } from '../../contract/stand-in-jira-openapi.ts';
import { draft } from '../../unit/jira/draft.ts';
import { trackerFor } from './scripted-jira.ts';

const makes: [string, 'cloud' | 'datacenter', JiraSiteOptions][] = [
  ['Jira Cloud', 'cloud', {}],
  ['a Data Center', 'datacenter', dataCenters.keeping],
  ['a Data Center behind a path', 'datacenter', dataCenters.behindPath],
  ['a Data Center that ignores properties', 'datacenter', dataCenters.forgetful],
];

describe.skipIf(!hasContracts).each(makes)(
  "every request to %s, held against Atlassian's documents",
  (_name, deployment, make) => {
    let contract: JiraContract;
    let site: JiraSite;
    beforeAll(() => {
      contract = openJiraContract(deployment);
    });
    afterEach(() => site.close());

    async function start(options: JiraSiteOptions = {}) {
      site = await createJiraSite({ ...options, ...make });
      const { email, apiToken } = site;
      return trackerFor(site.baseUrl, { deployment: null, email, apiToken });
    }

    /** What is wrong with the requests so far: in their form, in their login, or in their version. */
    function faults(): string[] {
      const root = new URL(site.baseUrl).pathname.replace(/\/$/, '');
      const looksForged = ({ method, headers }: ReceivedRequest) =>
        /mozilla/i.test(headers['user-agent'] ?? '') ||
        (deployment === 'datacenter' && method !== 'GET' && headers['x-atlassian-token'] !== 'no-check');
      const isOdd = ({ path }: ReceivedRequest) => deployment === 'datacenter' && path.includes('/rest/api/3/');
      return [
        ...site.requests.flatMap((request) =>
          faultsIn(contract, { ...request, path: request.path.slice(root.length) }),
        ),
        ...site.requests.filter(isOdd).map(({ path }) => `${path} is Cloud's`),
        ...site.basicLogins.map(({ path }) => `${path} was asked with Basic`),
        ...site.requests.filter(looksForged).map(({ path }) => `${path} looks like a forged form`),
      ];
    }

    it.each([
      ['one line', 'The printer is broken'],
      ['empty lines', '\n\n\nfirst\n\n\n\nsecond\n'],
      ['windows line ends and tabs', 'one\r\n\ttwo\r\n\r\nthree'],
      ['control characters and broken emoji', 'a\u0000b\u001b[31mc\uD800d'],
      ['markup and mentions', '<!channel> {code} [~ada] *bold* <script>alert(1)</script> @here'],
      ['10,000 characters', 'Everything is on fire. '.repeat(435)],
      ['more than Jira takes', '😀 line\n'.repeat(10_000)],
    ])('files %s', async (_what, text) => {
      const tracker = await start();
      await tracker.createIssue(draft({ text }));
      expect(site.issues).toHaveLength(1);
      expect(faults()).toEqual([]);
    });

    it('files into a project without labels and description on its screen', async () => {
      const tracker = await start({ projects: [{ key: 'KAN', labels: false, description: false }] });
      await tracker.createIssue(draft());
      expect(site.issues).toHaveLength(1);
      expect(faults()).toEqual([]);
    });

    it('looks for, shows, decides and checks', async () => {
      const tracker = await start({ indexLagMs: 600_000 });
      const { requestId, receivedAt } = draft();
      const sent = { ...(await tracker.beforeCreate(site.projects[0]?.id ?? '')), lookUntil: receivedAt };
      const project = 'KAN';
      const early = { requestId, receivedAt, project, sent: { ...sent, project, anchorKey: 'KAN-0' } };
      expect(await tracker.findCreated(early)).toEqual({ issue: null, isCertain: true });
      const { key } = await tracker.createIssue(draft());
      const request = { requestId, receivedAt, project, sent };
      expect((await tracker.findCreated(request)).issue?.key).toBe(key);
      site.setIndexLag(0);
      expect((await tracker.findCreated({ ...request, requestId: 'b'.repeat(32) })).isCertain).toBe(true);
      await tracker.readMarks([{ key, requestId }]);
      await tracker.relabel(
        key,
        { requestId, label: 'Task', from: 'Bug', by: 'U2', at: receivedAt, via: 'slack' },
        defaultLabelToIssueType,
      );
      await tracker.getIssue(key);
      await tracker.recordDecision(key, { requestId, status: 'approved', by: 'U2', at: receivedAt });
      await tracker.check('KAN');
      expect(site.requests.map(({ operation }) => operation)).toEqual(
        expect.arrayContaining([
          'search',
          ...(deployment === 'cloud' ? ['bulkFetchIssues', 'searchProjects'] : ['getIssueProperty']),
          'getIssue',
          'setIssueProperty',
          'getCurrentUser',
          'getMyPermissions',
        ]),
      );
      expect(faults()).toEqual([]);
    });

    it('lists issues and clears tests', async () => {
      const tracker = await start();
      const { key } = await tracker.createIssue(draft());
      await tracker.listIssues('KAN', null);
      site.setPermission('KAN', 'delete', false);
      expect(await tracker.clearTest(key)).toBe('closed');
      site.setPermission('KAN', 'transition', false);
      expect(await tracker.clearTest(key)).toBe('labelled');
      expect(faults()).toEqual([]);
    });

    it('comments, attaches and looks for people', async () => {
      await start();
      const { baseUrl, email, apiToken } = site;
      const api = openJira({ deployment: null, baseUrl, email, apiToken });
      const { key } = site.addIssue({ projectKey: 'KAN', issueType: 'Task', fields: { summary: 'Old' } });
      await api.addComment(key, plainText('Hello'), { requestId: 'r1' });
      await api.findComment(key, 'r2', 'Hello');
      await api.attach(key, { name: 'request.txt', content: 'Hello' });
      await api.attachmentNames(key);
      await api.findAccount('ada@example.com');
      await api.projects();
      await api.ownUrl();
      expect(faults()).toEqual([]);
    });
  },
);

function faultsIn(
  contract: JiraContract,
  { method, path, query, body, headers }: Pick<ReceivedRequest, 'method' | 'path' | 'query' | 'body' | 'headers'>,
): string[] {
  // Which Jira it is is asked of the version that both have.
  if (path === '/rest/api/2/serverInfo') return [];
  const contentType = headers['content-type']?.split(';')[0] ?? '';
  const value: unknown = body === '' ? undefined : contentType === 'application/json' ? JSON.parse(body) : body;
  const search = query.size === 0 ? '' : `?${query}`;
  return contract.requestFaults(method, `${path}${search}`, value, contentType);
}

describe.skipIf(!hasContracts)('what is not as documented', () => {
  it('would be noticed', () => {
    const contract = openJiraContract('cloud');
    const query = new URLSearchParams('nonsense=1');
    const text = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: '' }] }] };
    const body = JSON.stringify({ fields: { description: text }, properties: {} });
    const headers = { 'content-type': 'application/json' };
    const faults = faultsIn(contract, { method: 'POST', path: '/rest/api/3/issue', query, body, headers });
    expect(faults).toEqual(
      expect.arrayContaining([
        expect.stringContaining('nonsense'),
        expect.stringContaining('properties'),
        expect.stringContaining('text'),
      ]),
    );
  });
});
