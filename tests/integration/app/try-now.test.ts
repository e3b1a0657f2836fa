import { expect, it, vi } from 'vitest';
import { createAppHandlers } from '../../../electron/app/app-handlers.ts';
import type { Program } from '../../../electron/app/program.ts';
import { createSetup } from '../../../electron/setup/create-setup.ts';
import { createSettingsHandlers } from '../../../electron/setup/settings-handlers.ts';
import type { CheckTarget, SettingChange } from '../../../shared/settings-view.ts';
import type { FaultyAnswer } from '../../../stand-ins/faults.ts';
import { loginPages } from '../../unit/jira/logins.ts';
import { aConnectedProgram } from './connected-program.ts';

const refuse = () => {
  throw new Error('not asked for in this test');
};

/** What the window does on the page Status and in Settings. */
function aWindow(program: Program) {
  const { 'settings:test': test } = createSettingsHandlers({
    program,
    consent: { toSave: refuse, toTest: async () => {}, mayTest: refuse },
    setup: createSetup({ load: program.load, bind: program.bindSecrets, refusal: () => null }),
    owner: { read: refuse, ask: refuse, confirm: refuse, forget: refuse },
    onOwner: refuse,
    manifest: refuse,
    testTicket: refuse,
    openExternal: refuse,
  });
  const desktop = { openExternal: refuse, openFolder: refuse, writeClipboard: refuse };
  const folders = { data: '', log: '', models: '' };
  const { 'desk:try-now': tryNow } = createAppHandlers({ program, desktop, files: { makeFolder: refuse }, folders });
  return { test: (target: CheckTarget, change: SettingChange) => test({ target, change }), tryNow };
}

const captcha: FaultyAnswer = {
  status: 403,
  headers: { 'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=http://jira/login.jsp' },
  body: '',
};

/** A program of which nothing waits, and whose Jira refuses the login since a status was asked for. */
async function aRefusedLogin(answer: FaultyAnswer) {
  const lines: string[] = [];
  const { program, jira, slack } = await aConnectedProgram([], {
    print(line) {
      if (line.startsWith('jira: ')) lines.push(line);
    },
  });
  const status = () => slack.slash('/ticket_status', 'KAN-1', { user: 'alice', channel: 'support' });
  await vi.waitFor(() => expect(lines).toEqual(['jira: ok']));
  jira.addIssue({ projectKey: 'KAN', issueType: 'Task', fields: { summary: 'VPN is down' } });
  const fault = jira.failWhile(() => true, answer);
  await status();
  await vi.waitFor(() => expect(lines.at(-1)).toBe('jira: unauthorized'));
  return { slack, lines, fault, status, ...aWindow(program) };
}

it.each([
  ['a captcha', 'a passed test with what is saved', captcha],
  ['a captcha', 'Try now', captcha],
  ['a login page', 'a passed test with what is saved', { status: 200, body: loginPages.French }],
  ['a login page', 'Try now', { status: 200, body: loginPages.French }],
] as const)('%s that no ticket met is over at once for everybody after %s', async (_, way, answer) => {
  const { slack, lines, fault, status, test, tryNow } = await aRefusedLogin(answer);
  // A person who tries too early makes one more request.
  const { struck } = fault;
  await tryNow({ part: 'jira' });
  await vi.waitFor(() => expect(fault.struck).toBe(struck + 1));
  fault.end();
  if (way === 'Try now') await tryNow({ part: 'jira' });
  else expect(await test('jira', {})).toMatchObject({ ok: true });
  await vi.waitFor(() => expect(lines).toEqual(['jira: ok', 'jira: unauthorized', 'jira: ok']));
  await status();
  await slack.waitForMessage(({ text, blocks }) => `${text} ${JSON.stringify(blocks)}`.includes('VPN is down'));
});

it('a captcha is not tried again by a test that fails, nor by one of something else', async () => {
  const { fault, test } = await aRefusedLogin(captcha);
  expect(await test('jira', {})).toMatchObject({ ok: false });
  const { struck } = fault;
  await test('slack_bot', {});
  expect(fault.struck).toBe(struck);
});

it.each<[CheckTarget, SettingChange, boolean]>([
  ['jira', {}, true],
  ['jira', { JIRA_PROJECT_KEY: 'OPS' }, true],
  ['jira', { JIRA_API_TOKEN: 'another' }, false],
  ['jira', { JIRA_BASE_URL: 'http://127.0.0.1:1' }, false],
  ['slack_bot', {}, true],
  ['slack_bot', { SLACK_BOT_TOKEN: 'xoxb-another' }, false],
  ['slack_app', { SLACK_APP_TOKEN: 'xapp-another' }, false],
])('a test of %s with %j has what is saved tried again: %s', async (target, change, isSaved) => {
  const { program } = await aConnectedProgram();
  const { usesSaved } = createSetup({ load: program.load, bind: refuse, refusal: () => null });
  expect(await usesSaved(target, change)).toBe(isSaved);
});
