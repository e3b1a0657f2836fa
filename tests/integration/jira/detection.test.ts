import { afterEach, describe, expect, it } from 'vitest';
import { createDetection, detectJira } from '../../../electron/jira/api/detection.ts';
import type { LoopbackServer } from '../../../stand-ins/loopback-server.ts';
import { inTurn, jiraError, startScriptedJira } from './scripted-jira.ts';

let jira: LoopbackServer;
afterEach(() => jira.close());

const place = 'GET /rest/api/2/serverInfo';
const ok = (body: unknown) => ({ status: 200, body });
const loginPage = { status: 200, body: '<html><title>Sign in to Example</title><form><input type="password"></form>' };

async function start(answer: Parameters<typeof startScriptedJira>[0][string], path = '') {
  jira = await startScriptedJira({ [place.replace('/rest', `${path}/rest`)]: answer });
  return `${jira.origin}${path}`;
}

describe('which Jira it is', () => {
  it.each([
    ['Cloud', 'cloud'],
    ['Server', 'datacenter'],
    ['Data Center', 'datacenter'],
    ['DataCenter', 'datacenter'],
  ])('a server that answers %s is %s', async (deploymentType, deployment) => {
    const baseUrl = await start(ok({ deploymentType, version: '10.3.5', serverTitle: 'Our Jira' }));
    expect(await detectJira(baseUrl)).toEqual({ deployment, version: '10.3.5', title: 'Our Jira' });
  });

  it.each([
    { baseUrl: 'https://jira.example.com', versionNumbers: [9, 12, 2] },
    { buildNumber: 912002, baseUrl: 'https://jira.example.com' },
  ])('is Data Center where it does not say which, and has what only a Jira says: %j', async (more) => {
    const baseUrl = await start(ok({ version: '9.12.2', ...more }), '/jira');
    expect(await detectJira(baseUrl)).toEqual({ deployment: 'datacenter', version: '9.12.2', title: null });
  });

  it('is asked without any login, and of version 2 alone', async () => {
    await detectJira(await start(ok({ deploymentType: 'Server' })));
    expect(jira.requests).toHaveLength(1);
    expect(jira.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it.each([
    ['a login page', loginPage, 'unauthorized', /login page.*nothing secret was sent.*log in/],
    [
      'a redirect to one',
      { status: 302, headers: { location: 'https://sso.example.com/x' } },
      'unauthorized',
      /log in/,
    ],
    ['a demand for a login', { status: 401, body: '' }, 'unauthorized', /log in.*nothing secret was sent/],
    [
      'another redirect',
      { status: 301, headers: { location: 'https://new.example/' } },
      'bad_response',
      /redirects to/,
    ],
    ['a web page', { status: 200, body: '<html>Welcome</html>' }, 'bad_response', /JIRA_BASE_URL.*Nothing secret/],
    ['nothing there', { status: 404, body: '<html>Not found</html>' }, 'bad_response', /path/],
    ['nothing there, as Jira says it', jiraError(404, 'null for uri'), 'bad_response', /Nothing secret/],
    ['a refusal', jiraError(403, 'No.'), 'bad_response', /Nothing secret/],
    ['other data', ok({ status: 'UP' }), 'bad_response', /does not say which Jira/],
    ['another server’s health', ok({ status: 'UP', version: '1.4.2' }), 'bad_response', /does not say which Jira/],
    [
      'another server’s build',
      ok({ version: '1.4.2', buildNumber: 7 }),
      'bad_response',
      /does not say which Jira.*Nothing secret/,
    ],
    ['a list', ok([]), 'bad_response', /does not say which Jira/],
    ['maintenance', { status: 503, body: '<html>Maintenance</html>' }, 'unavailable', /503/],
    ['a plea for a pause', { status: 429, headers: { 'retry-after': '7' } }, 'rate_limited', /slow down/],
  ])('is not known from %s', async (_what, answer, code, words) => {
    const baseUrl = await start(answer);
    await expect(detectJira(baseUrl)).rejects.toMatchObject({ code, message: expect.stringMatching(words) });
    expect(jira.requests).toHaveLength(1);
  });

  it('is not known where nobody answers', async () => {
    const baseUrl = await start(ok({}));
    await jira.close();
    await expect(detectJira(baseUrl)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a detection', () => {
  it('asks once for all that want to know', async () => {
    const detection = createDetection(await start(ok({ deploymentType: 'Server' })));
    await Promise.all([detection.find(), detection.find()]);
    await detection.find();
    expect(jira.requests).toHaveLength(1);
  });

  it('asks anew after a failure, each time in the way of whoever asks', async () => {
    const detection = createDetection(await start(inTurn(loginPage, ok({ deploymentType: 'Cloud' }))));
    const failed = await Promise.allSettled([detection.find(), detection.find()]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(jira.requests).toHaveLength(1);
    let sent = 0;
    const send = <T>(request: () => Promise<T>) => {
      sent += 1;
      return request();
    };
    expect(await detection.find(send)).toMatchObject({ deployment: 'cloud' });
    await detection.find(send);
    expect(sent).toBe(1);
  });
});
