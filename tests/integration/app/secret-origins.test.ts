import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createProgram, type ProgramDeps } from '../../../electron/app/program.ts';
import { standInSettings } from '../../../electron/demo/stand-in-settings.ts';
import { createTicketLog } from '../../../electron/log/sqlite/ticket-log.ts';
import type { SettingName } from '../../../shared/settings.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { startScriptedJira } from '../jira/scripted-jira.ts';
import { aWorld } from '../slice/desk.ts';
import { quietProgram } from './quiet-program.ts';

/** A Slack and a Jira, and a server that would like their tokens. */
async function aPlace() {
  const { slack, jira } = await aWorld();
  const thief = await startScriptedJira({});
  onTestFinished(() => thief.close());
  const dataDir = aTemporaryFolder();
  const config = (text: string) => writeFileSync(join(dataDir, 'config.yml'), text);

  /** One run of the program; what `env` names is in its environment. */
  async function start(env: Partial<Record<SettingName, string>>, given: Partial<ProgramDeps> = {}) {
    const lines: string[] = [];
    const log = await createTicketLog({ file: join(dataDir, 'tickets.db') });
    const program = createProgram({
      ...quietProgram(dataDir, log),
      cwd: null,
      env,
      print: (line) => lines.push(line),
      ...given,
    });
    let isOver = false;
    const end = async () => {
      if (isOver) return;
      isOver = true;
      await program.stop();
      await log.close();
    };
    onTestFinished(end);
    await program.start();
    const save = (change: Partial<Record<SettingName, string>>) =>
      program.saveSettings({ change, allowPlainText: false });
    const theLine = (line: string) => vi.waitFor(() => expect(lines).toContain(line), { timeout: 10_000 });
    const refusal = async (wanted: SettingName) =>
      (await program.settings()).settings.find(({ name }) => name === wanted)?.refusal;
    return { program, lines, save, end, theLine, refusal };
  }
  return { slack, jira, thief, dataDir, config, start, all: standInSettings(slack, jira) };
}

it('sends what was saved in the window nowhere else, says so everywhere, and asks for it again', async () => {
  const { jira, slack, thief, dataDir, config, start, all } = await aPlace();
  const { SLACK_API_URL, TICKETS_PER_MINUTE: _, JIRA_BASE_URL, ...saved } = all;
  config(`JIRA_BASE_URL: ${JIRA_BASE_URL}\nSLACK_API_URL: ${SLACK_API_URL}\n`);
  const first = await start({});
  await first.save(saved);
  await Promise.all([first.theLine('slack: connected'), first.theLine('jira: ok')]);
  await first.end();
  const file = JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'));
  expect(file.secret_origins).toEqual({
    SLACK_BOT_TOKEN: new URL(slack.apiUrl).origin,
    SLACK_APP_TOKEN: new URL(slack.apiUrl).origin,
    JIRA_API_TOKEN: new URL(jira.baseUrl).origin,
  });

  config(`JIRA_BASE_URL: ${thief.origin}\nSLACK_API_URL: ${thief.origin}/api/\n`);
  const second = await start({});
  await Promise.all([second.theLine('slack: disconnected not_configured'), second.theLine('jira: not_configured')]);
  const words = expect.stringMatching(/^JIRA_API_TOKEN: The token was saved for .* by config\.yml/);
  const status = await second.program.status();
  expect(status.jira.detail).toEqual(words);
  expect(status.slack.detail).toMatch(/SLACK_BOT_TOKEN: .*SLACK_APP_TOKEN: /);
  expect(second.lines.filter((line) => line.startsWith('settings: '))).toHaveLength(3);
  expect(await second.refusal('JIRA_API_TOKEN')).toMatchObject({ origin: thief.origin, mayBeAllowed: false });
  // Another save does not let it through, nor does a test of what is saved.
  await second.save({ JIRA_UNCONFIRMED_SECONDS: '60' });
  expect(thief.requests).toEqual([]);

  await second.save({ JIRA_API_TOKEN: 'typed-for-the-new-address' });
  await vi.waitFor(() => expect(thief.requests.length).toBeGreaterThan(0));
  const sent = thief.requests.map(({ headers }) => String(headers.authorization));
  expect(sent.every((header) => !header.includes(Buffer.from(jira.apiToken).toString('base64')))).toBe(true);
  expect(await second.refusal('JIRA_API_TOKEN')).toBeNull();
  expect(second.lines.filter((line) => line.startsWith('settings: '))).toHaveLength(3);
});

it('asks before a token of the environment follows config.yml, and not before it follows the environment', async () => {
  const { thief, config, start, all } = await aPlace();
  const { JIRA_BASE_URL, ...env } = all;
  config(`JIRA_BASE_URL: ${JIRA_BASE_URL}\n`);
  const first = await start(env);
  await first.theLine('jira: ok');
  await first.end();

  config(`JIRA_BASE_URL: ${thief.origin}\n`);
  const asked: string[] = [];
  let answer = false;
  const second = await start(env, {
    async confirmAddress({ name, origin }) {
      asked.push(`${name} ${origin}`);
      return answer;
    },
  });
  await second.theLine('jira: not_configured');
  expect(
    second.lines.filter((line) => line.startsWith('settings: JIRA_API_TOKEN: The token was used for')),
  ).toHaveLength(1);
  const request = { name: 'JIRA_API_TOKEN', origin: thief.origin } as const;
  await second.program.allowAddress(request);
  expect([asked.length, thief.requests.length]).toEqual([1, 0]);
  // Only what was shown can be allowed.
  await expect(second.program.allowAddress({ ...request, origin: 'https://other.example' })).rejects.toMatchObject({
    code: 'not_found',
  });
  answer = true;
  await second.program.allowAddress(request);
  await vi.waitFor(() => expect(thief.requests.length).toBeGreaterThan(0));
  await expect(second.program.allowAddress(request)).rejects.toMatchObject({ code: 'not_found' });
  await second.end();

  const third = await start({ ...env, JIRA_BASE_URL });
  await third.theLine('jira: ok');
  expect(asked).toHaveLength(2);
});

it.each([true, false])('saves an address for a token of the environment as the person answers: %s', async (answer) => {
  const { thief, config, start, all, dataDir } = await aPlace();
  const { JIRA_BASE_URL, ...env } = all;
  config(`JIRA_BASE_URL: ${JIRA_BASE_URL}\n`);
  const { save, theLine, program } = await start(env, { confirmAddress: async () => answer });
  await theLine('jira: ok');
  const saving = save({ JIRA_BASE_URL: thief.origin });
  if (answer) {
    await saving;
    await vi.waitFor(() => expect(thief.requests.length).toBeGreaterThan(0));
  } else {
    await expect(saving).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringContaining('fixed by') });
    expect(() => readFileSync(join(dataDir, 'settings.json'))).toThrow('ENOENT');
    expect(thief.requests).toEqual([]);
    expect((await program.status()).jira.code).toBe('ok');
  }
});

it('binds what was saved before origins were noted', async () => {
  const { start, all, dataDir, jira } = await aPlace();
  const { JIRA_API_TOKEN, ...env } = all;
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ JIRA_API_TOKEN }));
  const { theLine } = await start(env);
  await theLine('jira: ok');
  const file = JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'));
  expect(file).toEqual({ JIRA_API_TOKEN, secret_origins: { JIRA_API_TOKEN: new URL(jira.baseUrl).origin } });
});
