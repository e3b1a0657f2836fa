import { describe, expect, it, vi } from 'vitest';
import { allTickets } from '../../../shared/ticket-list.ts';
import type { FaultyAnswer } from '../../../stand-ins/faults.ts';
import type { JiraSiteOptions } from '../../../stand-ins/jira/site.ts';
import { dataCenters } from '../../contract/data-centers.ts';
import { loginPages, loginRedirects } from '../../unit/jira/logins.ts';
import { aWorld, type Desk, type World } from '../slice/desk.ts';

/** Requests that Jira may get from a program whose login it does not want, until somebody does something. */
const most = 6;

const captcha: FaultyAnswer = {
  status: 403,
  headers: { 'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=http://jira/login.jsp' },
  body: '<html><head><title>Forbidden (403)</title></head></html>',
};
const answers: Record<string, { answer: FaultyAnswer; words: RegExp }> = {
  captcha: { answer: captcha, words: /captcha/ },
  'captcha, as Seraph says it': {
    answer: { status: 401, headers: { 'x-seraph-loginreason': 'AUTHENTICATION_DENIED' } },
    words: /captcha/,
  },
  'login page': {
    answer: { status: 200, body: '<html><title>Sign in</title><form><input type="password"></form></html>' },
    words: /login page.*log in/,
  },
  'redirect to a login page': {
    answer: { status: 302, headers: { location: 'https://sso.example.com/saml?x=1' } },
    words: /login page.*log in/,
  },
  'redirect to a single sign-on': {
    answer: { status: 302, headers: { location: loginRedirects.Keycloak } },
    words: /login page.*log in/,
  },
  'login page in another language': { answer: { status: 200, body: loginPages.French }, words: /login page.*log in/ },
  'captcha by a redirect': {
    answer: { status: 302, headers: { location: '/login.jsp', 'x-seraph-loginreason': 'AUTHENTICATION_DENIED' } },
    words: /captcha/,
  },
  'refused login': {
    answer: { status: 401, body: { message: 'Client must be authenticated to access this resource.' } },
    words: /log in/,
  },
};
const sites: Record<string, JiraSiteOptions> = {
  'Jira Cloud': {},
  'a Data Center': dataCenters.keeping,
  'a Data Center behind a path': dataCenters.behindPath,
  'a Data Center that ignores properties': dataCenters.forgetful,
};
const cases = Object.entries(sites).flatMap(([site, options]) =>
  Object.entries(answers).map(([what, each]) => ({ site, options, what, ...each })),
);

let count = 0;
/** Commands, and questions as a rule, all at once; resolves when each is in the log and has come to a stop. */
async function burst({ slack }: World, { log }: Desk, { hasQuestions = true } = {}): Promise<void> {
  const before = (await log.overview()).counts.all;
  const some = Array.from({ length: 10 }, () => {
    count += 1;
    return count;
  });
  await Promise.all([
    ...some.map((each) => slack.slash('/ticket', `VPN ${each} is down`, { user: 'alice', channel: 'support' })),
    ...(hasQuestions ? some : []).map((each) =>
      slack.slash('/ticket_status', `KAN-${each}`, { user: 'alice', channel: 'support' }),
    ),
  ]);
  await vi.waitFor(async () => {
    expect((await log.overview()).counts.all).toBe(before + some.length);
    const open = (await log.list({ filter: allTickets, limit: 50 })).filter(({ issueKey }) => issueKey === null);
    expect(open.filter(({ error }) => error?.code !== 'unauthorized').map(({ step, error }) => [step, error])).toEqual(
      [],
    );
  });
}

describe.each(cases)('a $what at $site', ({ options, answer, words }) => {
  it('is met by six requests at most from the start on, and shown in words', async () => {
    const world = await aWorld({ jira: options });
    const { jira } = world;
    jira.failWhile(() => true, answer);
    const desk = await world.desk();
    await vi.waitFor(() => expect(desk.lines.jira).toContain('unauthorized'));
    await burst(world, desk);
    await burst(world, desk);
    expect(jira.requests.length).toBeLessThanOrEqual(most);
    expect(desk.lines.jira).toEqual(['unauthorized']);
    const [ticket] = await desk.log.list({ filter: allTickets, limit: 1 });
    expect(ticket?.error?.message).toMatch(words);
    // Which Jira it is was never known.
    expect(jira.requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
  });

  it('is met by six requests at most where a create meets it first', async () => {
    const world = await aWorld({ jira: options });
    const { jira, slack } = world;
    const desk = await world.desk();
    await slack.slash('/ticket', 'The first one', { user: 'alice', channel: 'support' });
    await vi.waitFor(() => expect(slack.requests.map(({ operation }) => operation)).toContain('chat.postMessage'));
    const fault = jira.failWhile(() => true, answer);
    await burst(world, desk, { hasQuestions: false });
    expect(fault.struck).toBeLessThanOrEqual(most);
    expect(desk.lines.jira.at(-1)).toBe('unauthorized');
    expect(jira.issues).toHaveLength(1);
  });

  it('is met by six requests at most where it comes while tickets do', async () => {
    const world = await aWorld({ jira: options });
    const { jira, slack } = world;
    const desk = await world.desk();
    await slack.slash('/ticket', 'The first one', { user: 'alice', channel: 'support' });
    await jira.waitForIssue(() => true);
    await vi.waitFor(() => expect(desk.lines.jira).toContain('ok'));
    const asked = jira.requests.length;
    const fault = jira.failWhile(() => true, answer);
    await burst(world, desk);
    await burst(world, desk);
    expect(fault.struck).toBeLessThanOrEqual(most);
    expect(jira.requests.length - asked).toBe(fault.struck);
    expect(desk.lines.jira.at(-1)).toBe('unauthorized');
    expect(jira.issues).toHaveLength(1);
    fault.end();
    desk.agent.apply(world.settings, new Set(['jira']));
    await vi.waitFor(() => expect(jira.issues).toHaveLength(21), { timeout: 20_000 });
    expect(jira.basicLogins).toEqual([]);
  });
});

describe('which Jira it is', () => {
  const isDetection = ({ path }: { path: string }) => path.endsWith('/rest/api/2/serverInfo');
  const loginPage: FaultyAnswer = { status: 200, body: '<html><title>Log in</title><input type="password"></html>' };

  it.each(['a Data Center', 'a Data Center behind a path', 'Jira Cloud'])(
    'is asked again of %s once the gateway before it lets us through, and then as it is answered',
    async (name) => {
      const world = await aWorld({ jira: sites[name] ?? {} });
      const { jira, slack } = world;
      const fault = jira.failWhile(() => true, loginPage);
      const desk = await world.desk();
      await vi.waitFor(() => expect(desk.lines.jira).toEqual(['unauthorized']));
      await slack.slash('/ticket', 'VPN is down', { user: 'alice', channel: 'support' });
      expect(jira.requests.filter((request) => !isDetection(request))).toEqual([]);
      const detections = jira.requests.length;
      fault.end();
      desk.agent.apply(world.settings, new Set(['jira']));
      await jira.waitForIssue(() => true);
      await vi.waitFor(() => expect(desk.lines.jira).toEqual(['unauthorized', 'ok']));
      // By the tracker or by the probe, for both of them.
      expect(jira.requests.filter(isDetection)).toHaveLength(detections + 1);
      const isCloud = jira.deployment === 'cloud';
      const asked = jira.requests.filter((request) => !isDetection(request));
      expect(asked.filter(({ path }) => path.includes('/rest/api/3/')).length).toBe(isCloud ? asked.length : 0);
      const scheme = isCloud ? 'Basic' : 'Bearer';
      expect(asked.filter(({ headers }) => !headers.authorization?.startsWith(`${scheme} `))).toEqual([]);
    },
  );

  it.each<[string, FaultyAnswer, string]>([
    ['a web page', { status: 200, body: '<html>Welcome</html>' }, 'bad_response'],
    ['maintenance', { status: 503, body: '<html>Maintenance</html>' }, 'unavailable'],
    ['nothing', { status: 404, body: '' }, 'bad_response'],
    ['other data', { status: 200, body: { status: 'UP' } }, 'bad_response'],
    ['a version of something else', { status: 200, body: { status: 'UP', version: '1.4.2' } }, 'bad_response'],
  ])('is not guessed from %s', async (_what, answer, code) => {
    const world = await aWorld({ jira: dataCenters.keeping });
    world.jira.failWhile(() => true, answer);
    const desk = await world.desk();
    await vi.waitFor(() => expect(desk.lines.jira[0]).toBe(code));
    await world.slack.slash('/ticket', 'VPN is down', { user: 'alice', channel: 'support' });
    await vi.waitFor(async () => expect((await desk.log.overview()).counts.all).toBe(1));
    expect(world.jira.requests.filter((request) => !isDetection(request))).toEqual([]);
    expect(world.jira.requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
  });

  it('is no sign that it works: a token that is refused is the first thing that is said', async () => {
    const world = await aWorld({ jira: dataCenters.keeping });
    world.jira.account.apiToken = 'another one';
    const desk = await world.desk();
    await vi.waitFor(() => expect(desk.lines.jira).toEqual(['unauthorized']));
    expect(world.jira.requests.length).toBeLessThanOrEqual(3);
  });

  it('says what a Cloud at another address takes besides, and sends no token without it', async () => {
    const world = await aWorld();
    const settings = { ...world.settings, jira: { ...world.settings.jira, email: null } };
    const desk = await world.desk({ settings });
    await vi.waitFor(() => expect(desk.lines.jira).toEqual(['not_configured']));
    expect(world.jira.requests.filter((request) => !isDetection(request))).toEqual([]);
  });
});
