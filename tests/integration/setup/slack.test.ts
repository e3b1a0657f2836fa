import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CheckTarget } from '../../../shared/settings-view.ts';
import { createLoopbackServer } from '../../../stand-ins/loopback-server.ts';
import { createSlackWorkspace, type SlackWorkspace } from '../../../stand-ins/slack/workspace.ts';
import { patienceMs } from '../../patience.ts';
import { deadAddress, linesOf, setupOn } from './setup-on.ts';

let slack: SlackWorkspace;
beforeEach(async () => {
  slack = await createSlackWorkspace({ ackTimeoutMs: patienceMs });
});
afterEach(() => slack.close());

const testIt = (target: CheckTarget, change: Record<string, string>, saved: Record<string, string> = {}) =>
  setupOn(saved, { SLACK_API_URL: slack.apiUrl }).test(target, change);

describe('testing the bot token', () => {
  it('tells the workspace, the bot and that every scope is there', async () => {
    const report = await testIt('slack_bot', { SLACK_BOT_TOKEN: ` ${slack.botToken} ` });
    expect(report.ok).toBe(true);
    expect(linesOf(report)).toEqual([
      expect.stringContaining(`in the workspace ${slack.team.name}`),
      'ok: The bot has every scope it needs.',
    ]);
    expect(JSON.stringify(report)).not.toContain(slack.botToken);
  });

  it('uses the saved token where none is retyped', async () => {
    expect((await testIt('slack_bot', {}, { SLACK_BOT_TOKEN: slack.botToken })).ok).toBe(true);
  });

  it('says what to do where nothing is entered, and asks Slack nothing', async () => {
    const report = await testIt('slack_bot', {});
    expect(report.ok).toBe(false);
    expect(linesOf(report)).toEqual([expect.stringMatching(/^problem: “Bot token” is missing.*OAuth & Permissions/)]);
    expect(slack.requests).toEqual([]);
  });

  it('says of a token in the wrong field where it belongs, and asks Slack nothing', async () => {
    const report = await testIt('slack_bot', { SLACK_BOT_TOKEN: slack.appToken });
    expect(linesOf(report)).toEqual([expect.stringContaining('belongs in the field “App-level token”')]);
    expect(slack.requests).toEqual([]);
  });

  it('names the scopes that are missing, how to add them, and what the optional ones cost', async () => {
    slack.scopes.splice(0, Number.POSITIVE_INFINITY, 'commands', 'channels:history');
    const report = await testIt('slack_bot', { SLACK_BOT_TOKEN: slack.botToken });
    expect(report.ok).toBe(false);
    expect(linesOf(report).slice(1)).toEqual([
      'problem: The bot lacks chat:write: without that nothing can be posted.',
      expect.stringMatching(/^warning: The bot lacks app_mentions:read: mentioning the app files nothing/),
      expect.stringMatching(/^warning: The bot lacks reactions:read: /),
      expect.stringMatching(/^warning: The bot lacks im:history: /),
      expect.stringMatching(/^warning: The bot lacks groups:history and mpim:history: /),
      expect.stringMatching(/^warning: The bot lacks channels:read and groups:read: /),
      expect.stringMatching(/^warning: The bot lacks files:read: /),
      expect.stringMatching(/^warning: The bot lacks users:read and users:read\.email: .*reporter/),
      expect.stringMatching(/^problem: .*App Manifest.*Bot Token Scopes.*install the app again/),
    ]);
  });

  it('says so where Slack does not tell the scopes', async () => {
    slack.failNext('auth.test', { status: 200, body: { ok: true, team: 'Acme', user: 'bot', team_id: 'T1' } });
    const report = await testIt('slack_bot', { SLACK_BOT_TOKEN: slack.botToken });
    expect(report.ok).toBe(true);
    expect(linesOf(report)).toContainEqual(expect.stringMatching(/^warning: Slack did not say which scopes/));
  });

  it.each([
    ['xoxb-unknown', /does not know this bot token.*copied whole/],
    [`xoxb-123456789012-123456789012-${'a'.repeat(24)}`, /does not know this bot token[^?]*$/],
  ])('says that Slack does not know %s', async (token, words) => {
    expect(linesOf(await testIt('slack_bot', { SLACK_BOT_TOKEN: token }))).toEqual([expect.stringMatching(words)]);
  });

  it.each([
    ['account_inactive', 'was removed from this Slack workspace'],
    ['token_revoked', 'was revoked'],
    ['token_expired', 'has expired'],
    ['not_authed', 'Slack got no token'],
    ['not_allowed_token_type', 'another kind of token'],
    ['ratelimited', 'asks for a pause'],
  ])('explains %s', async (error, words) => {
    slack.failNext('auth.test', { error });
    const report = await testIt('slack_bot', { SLACK_BOT_TOKEN: slack.botToken });
    expect(linesOf(report)).toEqual([expect.stringContaining(words)]);
    expect(report.ok).toBe(false);
  });

  it('tells a proxy’s page from Slack', async () => {
    slack.failNext('auth.test', { status: 200, body: '<html>Sign in to the network</html>' });
    const report = await testIt('slack_bot', { SLACK_BOT_TOKEN: slack.botToken });
    expect(linesOf(report)).toEqual([expect.stringContaining('not Slack answered')]);
  });

  it('says that Slack cannot be reached', async () => {
    const setup = setupOn({}, { SLACK_API_URL: `${await deadAddress()}/api/` });
    const report = await setup.test('slack_bot', { SLACK_BOT_TOKEN: slack.botToken });
    expect(linesOf(report)).toEqual([expect.stringContaining('cannot be reached')]);
  });

  it('says which proxy variable is wrong', async () => {
    vi.stubEnv('HTTPS_PROXY', 'not an address');
    onTestFinished(() => void vi.unstubAllEnvs());
    const setup = setupOn({}, { SLACK_API_URL: 'https://slack.invalid/api/' });
    const report = await setup.test('slack_bot', { SLACK_BOT_TOKEN: slack.botToken });
    expect(linesOf(report)).toEqual([expect.stringContaining('HTTPS_PROXY or HTTP_PROXY must look like')]);
  });

  it('tests what the environment fixes and says so', async () => {
    const setup = setupOn({}, { SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: slack.botToken });
    const report = await setup.test('slack_bot', { SLACK_BOT_TOKEN: 'xapp-typed' });
    expect(report.ok).toBe(true);
    expect(linesOf(report)[0]).toMatch(/^warning: SLACK_BOT_TOKEN is fixed by environment/);
  });

  it('blames a wrong address, not the tokens that it takes away', async () => {
    const setup = setupOn({ SLACK_BOT_TOKEN: slack.botToken }, { SLACK_API_URL: 'slack' });
    expect(linesOf(await setup.test('slack_bot', {}))).toEqual([expect.stringMatching(/^problem: SLACK_API_URL: /)]);
  });
});

describe('testing the app-level token', () => {
  it('asks for a line and opens none', async () => {
    const both = { SLACK_APP_TOKEN: slack.appToken, SLACK_BOT_TOKEN: slack.botToken };
    const report = await testIt('slack_app', both);
    expect(report).toMatchObject({ ok: true, findings: [{ level: 'ok' }] });
    expect(slack.requests.map(({ operation }) => operation)).toContain('apps.connections.open');
    expect(slack.connections).toBe(0);
  });

  it('says how to get the scope that is missing', async () => {
    slack.appScopes.length = 0;
    const report = await testIt('slack_app', { SLACK_APP_TOKEN: slack.appToken });
    expect(linesOf(report)).toEqual([expect.stringMatching(/lacks the scope connections:write.*Basic Information/)]);
  });

  it.each([
    ['invalid_auth', 'does not know this app-level token'],
    ['socket_mode_disabled', 'Socket Mode is off'],
    ['not_allowed_token_type', 'another kind of token'],
    ['internal_error', 'internal error'],
  ])('explains %s', async (error, words) => {
    slack.failNext('apps.connections.open', { error });
    const report = await testIt('slack_app', { SLACK_APP_TOKEN: slack.appToken });
    expect(linesOf(report)).toEqual([expect.stringContaining(words)]);
  });

  it('says that the bot token is in the wrong field', async () => {
    const report = await testIt('slack_app', { SLACK_APP_TOKEN: slack.botToken });
    expect(linesOf(report)).toEqual([expect.stringContaining('belongs in the field “Bot token”')]);
  });
});

describe('two tokens that do not belong together', () => {
  /** A Slack that knows both tokens and says this of each. */
  async function aSlack(bot: Record<string, string>, app: Record<string, string>) {
    const server = await createLoopbackServer({
      operationOf: (_method, path) => path,
      answer: ({ headers }) => {
        const who = headers.authorization?.includes('xapp-') ? app : bot;
        const granted = { 'x-oauth-scopes': 'commands,chat:write,channels:history,groups:history' };
        return { status: 200, headers: granted, body: { ok: true, url: 'wss://x', ...who } };
      },
    });
    onTestFinished(() => server.close());
    return setupOn({}, { SLACK_API_URL: `${server.origin}/api/` });
  }
  const tokens = { SLACK_BOT_TOKEN: 'xoxb-1-2-3', SLACK_APP_TOKEN: 'xapp-1-A0002-3-4' };

  it.each(['slack_bot', 'slack_app'] as const)('are a problem where Slack names two apps (%s)', async (target) => {
    const setup = await aSlack({ team_id: 'T1', app_id: 'A0001' }, {});
    const report = await setup.test(target, tokens);
    expect(report.ok).toBe(false);
    expect(linesOf(report)).toContainEqual(expect.stringContaining('different Slack apps'));
  });

  it.each(['slack_bot', 'slack_app'] as const)(
    'are a warning where Slack names two workspaces (%s)',
    async (target) => {
      const setup = await aSlack({ team_id: 'T1', team: 'Acme' }, { team_id: 'T2', team: 'Sandbox' });
      const report = await setup.test(target, tokens);
      expect(report.ok).toBe(true);
      expect(linesOf(report)).toContainEqual(expect.stringMatching(/^warning: The bot is in Acme, .* from Sandbox/));
    },
  );
});
