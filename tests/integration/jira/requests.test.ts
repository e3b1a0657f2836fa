import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { IssueDraft } from '../../../electron/tickets/ports/issue-tracker.ts';
import { defaultLabelToIssueType } from '../../../shared/settings-table.ts';
import { createJiraSite, type JiraSite, type JiraSiteOptions } from '../../../stand-ins/jira/site.ts';
import { draft } from '../../unit/jira/draft.ts';
import { type DocumentedJira, readDocumentedJira } from './documented-jira.ts';
import { trackerFor } from './scripted-jira.ts';

const folder = process.env['CONTRACTS_DIR'];
if (!folder)
  console.warn('CONTRACTS_DIR is not set: the requests to Jira are NOT compared with what Atlassian documents.');

describe.skipIf(!folder)("every request, held against Atlassian's documents", () => {
  let documented: DocumentedJira;
  let site: JiraSite;
  beforeAll(() => {
    documented = readDocumentedJira(folder ?? '');
  });
  afterEach(() => site.close());

  async function start(options: JiraSiteOptions = {}) {
    site = await createJiraSite(options);
    const { email, apiToken } = site;
    const tracker = trackerFor(site.baseUrl, { email, apiToken });
    const project = site.projects[0]?.id ?? '';
    // By its number, which the documents know too.
    return { ...tracker, createIssue: (wanted: IssueDraft) => tracker.createIssue({ ...wanted, project }) };
  }
  const faults = () => {
    const root = new URL(site.baseUrl).pathname.replace(/\/$/, '');
    return site.requests.flatMap((request) =>
      documented.faultsIn({ ...request, path: request.path.slice(root.length) }),
    );
  };

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
        'bulkFetchIssues',
        'getIssue',
        'setIssueProperty',
        'getCurrentUser',
        'getMyPermissions',
        'searchProjects',
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

  it('would notice a request that is not as documented', async () => {
    site = await createJiraSite();
    const query = new URLSearchParams('nonsense=1');
    const path = '/rest/api/3/issue';
    const bodyOf = (description: unknown, properties: unknown) =>
      JSON.stringify({ fields: { description }, properties });
    const text = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: '' }] }] };
    expect(documented.faultsIn({ method: 'POST', path, query, body: bodyOf(text, {}) })).toEqual([
      'POST /rest/api/3/issue takes no nonsense',
      expect.stringContaining('properties'),
      expect.stringContaining('description'),
    ]);
    expect(documented.faultsIn({ method: 'GET', path: '/rest/api/3/search', query, body: 'x' })).not.toEqual([]);
  });
});
