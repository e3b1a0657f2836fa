import { afterEach, describe, expect, it } from 'vitest';
import { openJira } from '../../../electron/jira/api/open-jira.ts';
import { troubleWith } from '../../../electron/tickets/follow-issues.ts';
import { AppError, toAppError } from '../../../shared/errors.ts';
import { type Answer, createLoopbackServer, type LoopbackServer } from '../../../stand-ins/loopback-server.ts';
import { draft } from '../../unit/jira/draft.ts';
import { jiraError, startScriptedJira, trackerFor } from './scripted-jira.ts';

let jira: LoopbackServer;
afterEach(() => jira.close());

const issue = { id: '1', key: 'KAN-1', fields: { issuetype: { name: 'Bug' }, labels: ['ticket-agent'] } };
const comment = { id: '7', author: { name: 'agent' }, body: 'Hello' };

/** A Data Center that does not list properties, and answers so where it is asked for one. */
async function answering(answer: Answer) {
  const answerTo = (path: string): Answer => {
    if (path.includes('/properties/')) return answer;
    if (path.endsWith('/comment')) return { status: 200, body: { comments: [comment] } };
    return { status: 200, body: path.endsWith('/myself') ? { name: 'agent' } : issue };
  };
  jira = await createLoopbackServer({ operationOf: (method) => method, answer: ({ path }) => answerTo(path) });
  return openJira({ deployment: 'datacenter', baseUrl: jira.origin, email: null, apiToken: 'x' });
}

const nothingThere: [string, Answer][] = [
  ['404 as a page', { status: 404, body: '<html><title>404</title></html>' }],
  ['404 with nothing', { status: 404, body: '' }],
  ['404', jiraError(404, 'null for uri')],
  ['405', jiraError(405, 'Method Not Allowed')],
];

describe('a server without entity properties', () => {
  it.each<[string, Answer]>([...nothingThere, ['403', jiraError(403, 'Nein.')]])(
    'that says %s has issues and comments all the same',
    async (_what, answer) => {
      const api = await answering(answer);
      expect(await api.getIssue('KAN-1')).toMatchObject({ key: 'KAN-1', property: undefined });
      expect([...(await api.readIssues(['KAN-1'])).keys()]).toEqual(['KAN-1']);
      expect(await api.getProperty('KAN-1')).toBeUndefined();
      expect(await api.findComment('KAN-1', 'r1', 'Hello')).not.toBeNull();
      expect(await api.findComment('KAN-1', 'r1', 'Something else')).toBeNull();
    },
  );

  it.each<[string, Answer, string]>([
    ['a firewall', { status: 403, body: '<html>Blocked</html>' }, 'bad_response'],
    ['a login', { status: 404, body: '<html><title>Log in</title></html>' }, 'unauthorized'],
    [
      'a login that failed',
      { status: 404, headers: { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' } },
      'unauthorized',
    ],
    ['a Jira in trouble', { status: 503, body: '' }, 'unavailable'],
  ])('is not taken for one where %s answers', async (_who, answer, code) => {
    const api = await answering(answer);
    await expect(api.getProperty('KAN-1')).rejects.toMatchObject({ code });
    await expect(api.getIssue('KAN-1')).rejects.toMatchObject({ code });
    await expect(api.findComment('KAN-1', 'r1', 'Hello')).rejects.toMatchObject({ code });
  });

  it.each(nothingThere)(
    'that says %s is asked for ours in vain, which nobody is troubled with',
    async (_what, answer) => {
      const { baseUrl } = await answering(answer);
      const tracker = trackerFor(baseUrl, { deployment: 'datacenter', email: null });
      expect(await tracker.supplement('KAN-1', 'property', draft())).toEqual([]);
      expect(jira.requests.map(({ method }) => method)).toContain('PUT');
      const decision = { requestId: draft().requestId, status: 'approved', by: 'U2', at: draft().receivedAt } as const;
      expect(await tracker.recordDecision('KAN-1', decision)).toMatchObject({
        decision: { status: 'approved', by: 'U2' },
      });
      // The issue is there, whatever was not found.
      expect(await troubleWith('KAN-1', new AppError('not_found', 'No.'), tracker)).toBeNull();
    },
  );

  it('does not hide that an issue is gone, or may not be edited', async () => {
    jira = await startScriptedJira({ 'GET /project/KAN': { status: 200, body: { id: '1', key: 'KAN' } } });
    const gone = trackerFor(jira.origin);
    const thrown = toAppError(await gone.supplement('KAN-1', 'property', draft()).catch((error) => error));
    expect(thrown.code).toBe('not_found');
    expect(await troubleWith('KAN-1', thrown, gone)).toBe('KAN-1 was deleted in Jira.');
    await jira.close();
    const { baseUrl } = await answering(jiraError(403, 'Nein.'));
    const tracker = trackerFor(baseUrl, { deployment: 'datacenter', email: null });
    await expect(tracker.supplement('KAN-1', 'property', draft())).rejects.toMatchObject({ code: 'forbidden' });
  });
});
