import { expect, it, onTestFinished, vi } from 'vitest';
import { createJiraPart } from '../../../electron/app/jira-part.ts';
import type { JiraHealth } from '../../../shared/app-status.ts';
import type { FaultyAnswer } from '../../../stand-ins/faults.ts';
import { createJiraSite, type JiraSiteOptions } from '../../../stand-ins/jira/site.ts';
import { dataCenters } from '../../contract/data-centers.ts';
import { settingsWith } from '../../fakes/settings.ts';
import { draft } from '../../unit/jira/draft.ts';
import { scriptedSeal } from '../jira/scripted-jira.ts';

/** The part of a Jira with these options. `probeDelayMs`: how fast a pause that did not help grows. */
async function startPart(options: JiraSiteOptions, probeDelayMs: (round: number) => number) {
  const site = await createJiraSite({ ...options, indexLagMs: 600_000 });
  const { baseUrl: JIRA_BASE_URL, apiToken: JIRA_API_TOKEN, email: JIRA_EMAIL } = site;
  const login = options.deployment === 'datacenter' ? { JIRA_API_TOKEN } : { JIRA_API_TOKEN, JIRA_EMAIL };
  const settings = settingsWith({ JIRA_BASE_URL, ...login, JIRA_PROJECT_KEY: 'KAN' });
  const counted = { requests: 0 };
  const part = createJiraPart(settings.jira, {
    async beforeRequest() {
      counted.requests += 1;
    },
    send: (request) => request(),
    seal: scriptedSeal,
    probeDelayMs,
    refusal: () => null,
    onState() {},
    onBack() {},
  });
  onTestFinished(async () => {
    part.stop();
    await site.close();
  });
  const receivedAt = new Date().toISOString();
  const sent = { site: site.baseUrl, project: 'KAN', anchorKey: 'KAN-0', lookUntil: receivedAt };
  return { site, part, counted, asked: { requestId: 'a'.repeat(32), receivedAt, project: 'KAN', sent } };
}

it('counts the pages of a form as one request of a ticket, however many a server makes of it', async () => {
  const many = Array.from({ length: 240 }, (_, index) => ({ id: `customfield_${index}`, name: `Field ${index}` }));
  const { part, site, counted } = await startPart(
    { ...dataCenters.forgetful, projects: [{ key: 'KAN', customFields: many }] },
    () => 1_000,
  );
  await part.tracker.createIssue(draft());
  expect(site.requests.filter(({ operation }) => operation === 'getCreateIssueMetaIssueTypeId')).toHaveLength(5);
  expect(counted.requests).toBeLessThanOrEqual(5);
});

it.each([
  ['Data Center is asked for key by key', dataCenters.forgetful, 'getIssue', 500],
  ['Cloud is asked for a hundred keys at once', {}, 'bulkFetchIssues', 5],
])('counts what %s as one request of a ticket, which may make few', async (_what, options, operation, requests) => {
  const { site, part, counted, asked } = await startPart(options, () => 1_000);
  expect(await part.tracker.findCreated(asked)).toEqual({ issue: null, isCertain: true });
  expect(site.requests.filter((request) => request.operation === operation)).toHaveLength(requests);
  expect(counted.requests).toBeLessThanOrEqual(6);
});

it('ends a look on a Data Center that lets few requests through, and pauses all others', async () => {
  const { site, part, asked } = await startPart(dataCenters.forgetful, () => 1);
  site.addIssue({ projectKey: 'KAN', issueType: 'Bug', fields: { summary: 'x' }, properties: {} });
  expect(await part.tracker.findCreated({ ...asked, isOpen: true })).toEqual({ issue: null, isCertain: false });
  // A bucket with no tokens to begin with, which gets one each time that somebody was sent away.
  let tokens = 0;
  const refused = { status: 429, headers: { 'retry-after': '0' }, body: { message: 'Rate limit exceeded.' } };
  const isOutOfTokens = ({ operation }: { operation: string }) => {
    if (operation !== 'getIssue') return false;
    if (tokens > 0) {
      tokens -= 1;
      return false;
    }
    tokens += 1;
    return true;
  };
  const limit = site.failWhile(isOutOfTokens, refused);
  expect(await part.tracker.findCreated(asked)).toEqual({ issue: null, isCertain: true });
  expect(limit.struck).toBeGreaterThan(40);
  const marks = Array.from({ length: 60 }, (_, index) => ({ key: `KAN-${index + 1}`, requestId: 'a'.repeat(32) }));
  expect((await part.tracker.readMarks(marks)).size).toBe(1);
});

it.each<[string, string, FaultyAnswer | null, JiraHealth['code']]>([
  ['has another project', 'NOPE', null, 'not_found'],
  ['fails behind the login', 'KAN', { status: 503, body: '' }, 'unavailable'],
  ['works', 'KAN', null, 'ok'],
])(
  'does not say that a Jira works before it was asked for the project: one that %s',
  async (_what, project, fault, code) => {
    const site = await createJiraSite(dataCenters.keeping);
    const { baseUrl: JIRA_BASE_URL, apiToken: JIRA_API_TOKEN } = site;
    const isAboutProject = ({ path }: { path: string }) => /permissions|project/.test(path);
    if (fault !== null) site.failWhile(isAboutProject, fault);
    const states: [code: JiraHealth['code'], isAsked: boolean][] = [];
    const part = createJiraPart(settingsWith({ JIRA_BASE_URL, JIRA_API_TOKEN, JIRA_PROJECT_KEY: project }).jira, {
      async beforeRequest() {},
      send: (request) => request(),
      seal: scriptedSeal,
      probeDelayMs: () => 60_000,
      refusal: () => null,
      onState: (state) => states.push([state.code, site.requests.some(isAboutProject)]),
      onBack() {},
    });
    onTestFinished(async () => {
      part.stop();
      await site.close();
    });
    part.check();
    await vi.waitFor(() => expect(states.at(-1)?.[0]).toBe(code));
    expect(states).toEqual([[code, true]]);
  },
);
