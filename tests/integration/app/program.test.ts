import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createOldElectron } from '../../../electron/app/old-electron.ts';
import { createProgram, type ProgramDeps } from '../../../electron/app/program.ts';
import { standInSettings } from '../../../electron/demo/stand-in-settings.ts';
import { createTicketLog } from '../../../electron/log/sqlite/ticket-log.ts';
import { createModelFiles } from '../../../electron/model-library/model-files.ts';
import { deriveMarkKey } from '../../../electron/network/mark-key.ts';
import { typedRequest } from '../../../electron/tickets/ports/ticket-store.ts';
import { AppError } from '../../../shared/errors.ts';
import type { SettingName, Settings } from '../../../shared/settings.ts';
import { allTickets } from '../../../shared/ticket-list.ts';
import { writeTinyGguf } from '../../../tools/tiny-gguf.ts';
import { aRequest } from '../../contract/ticket-log.ts';
import { anInstance } from '../../fakes/instance.ts';
import { labelAlone } from '../../fakes/ticket.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { aWorld, theTicket } from '../slice/desk.ts';
import { quietProgram } from './quiet-program.ts';

/** A program that is set up by its environment, but for the project, and not started yet. */
async function aProgram(
  env: Partial<Record<SettingName, string | undefined>> = {},
  given: Partial<
    Pick<
      ProgramDeps,
      'onBehaviour' | 'onChange' | 'freeBytes' | 'oldElectron' | 'ownsLog' | 'storage' | 'checkout' | 'files'
    >
  > = {},
) {
  const { slack, jira } = await aWorld();
  const dataDir = aTemporaryFolder();
  const lines: string[] = [];
  const behaviours: Settings['behaviour'][] = [];
  const log = await createTicketLog({ file: join(dataDir, 'tickets.db') });
  const program = createProgram({
    ...quietProgram(dataDir, log),
    cwd: dataDir,
    env: {
      ...standInSettings(slack, jira),
      JIRA_PROJECT_KEY: undefined,
      ...env,
    },
    print: (line) => lines.push(line),
    onBehaviour: (behaviour) => behaviours.push(behaviour),
    ...given,
  });
  onTestFinished(async () => {
    await program.stop();
    await log.close();
  });
  const save = (change: Partial<Record<SettingName, string>>) =>
    program.saveSettings({ change, allowPlainText: false });
  const theLine = (line: string) => vi.waitFor(() => expect(lines).toContain(line), { timeout: 10_000 });
  const connectedOnce = () =>
    vi.waitFor(async () => expect([(await program.status()).slack.code, slack.connections]).toEqual(['connected', 1]), {
      timeout: 10_000,
    });
  const saved = (): unknown => JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'));
  return { program, log, slack, jira, dataDir, lines, behaviours, save, saved, theLine, connectedOnce };
}

describe('one agent at a time', () => {
  it('has no line to Slack while the machine sleeps, and one afterwards', async () => {
    const { program, slack, lines, connectedOnce } = await aProgram({ JIRA_PROJECT_KEY: 'KAN' });
    await program.start();
    await connectedOnce();
    await program.sleep();
    await slack.waitForConnections(0);
    expect((await program.status()).slack).toMatchObject({ state: 'off', paused: false });
    program.wake();
    await connectedOnce();
    expect(lines.filter((line) => line.startsWith('slack: '))).toEqual([
      'slack: connecting',
      'slack: connected',
      'slack: disconnected stopped',
      'slack: connecting',
      'slack: connected',
    ]);
  });

  it('keeps one connection to Slack when settings are saved twice at the same time', async () => {
    const { program, slack, save, saved, connectedOnce } = await aProgram();
    await program.start();
    await slack.waitForConnections(1);
    await Promise.all([save({ JIRA_PROJECT_KEY: 'KAN' }), save({ OPENAI_MODEL: 'other' })]);
    await connectedOnce();
    expect(saved()).toEqual({ JIRA_PROJECT_KEY: 'KAN', OPENAI_MODEL: 'other' });
    // An agent that was lost on the way would stay connected.
    await program.stop();
    await slack.waitForConnections(0);
  });

  it('keeps one connection to Slack when settings are saved while it starts', async () => {
    const { program, slack, save, connectedOnce } = await aProgram();
    await Promise.all([program.start(), save({ JIRA_PROJECT_KEY: 'KAN' })]);
    await connectedOnce();
    await program.stop();
    await slack.waitForConnections(0);
  });

  it('leaves no connection when it is stopped while it starts and saves, and starts none later', async () => {
    const { program, slack, lines, save } = await aProgram();
    const starting = program.start();
    const saving = save({ JIRA_PROJECT_KEY: 'KAN' });
    await Promise.all([program.stop(), starting, saving]);
    await save({ JIRA_PROJECT_KEY: 'OPS' });
    await slack.waitForConnections(0);
    expect((await program.status()).slack.code).not.toMatch(/^connect/);
    expect(lines.at(-1)).not.toBe('slack: connected');
  });

  it('goes on after a save that failed', async () => {
    const { program, slack, save, theLine } = await aProgram();
    await program.start();
    await expect(save({ JIRA_EMAIL: 'b@example.com' })).rejects.toMatchObject({ code: 'forbidden' });
    await save({ JIRA_PROJECT_KEY: 'KAN' });
    await theLine('jira: ok');
    await slack.waitForConnections(1);
  });
});

it('goes on at once with what an earlier run of the same data folder was working on when it died', async () => {
  const { program, log, slack } = await aProgram({ JIRA_PROJECT_KEY: 'KAN' });
  const { id } = slack.channels[0] ?? { id: '' };
  await log.receive(aRequest({ channel: id }), { claimedBy: anInstance() });
  await program.start();
  await theTicket(log, ({ step }) => step === 'announced');
});

describe('the status', () => {
  it('tells of a disk that gets full, from the start on and each time it looks, once for each state', async () => {
    let free = 400e6;
    const { program, lines, theLine } = await aProgram({}, { freeBytes: async () => free });
    await program.start();
    await theLine('disk: low');
    expect((await program.status()).disk).toMatchObject({
      state: 'trouble',
      detail: expect.stringMatching(/^400 MB/),
    });
    free = 10e6;
    expect((await program.status()).log.diskFree).toBe(10e6);
    free = 90e9;
    expect((await program.status()).disk).toEqual({ state: 'ok', code: 'ok', detail: null });
    await program.status();
    expect(lines.filter((line) => line.startsWith('disk'))).toEqual(['disk: low', 'disk: full', 'disk: ok']);
  });

  it('says that the log cannot be read, with the figures of before', async () => {
    const { program, log } = await aProgram({}, { freeBytes: async () => 90e9 });
    await program.start();
    const { log: before } = await program.status();
    await log.close();
    expect((await program.status()).log).toEqual({
      ...before,
      message: expect.stringContaining('ticket log is closed'),
    });
  });
});

describe('a Slack app of an older manifest', () => {
  it('loses nothing it had: what it lacks is a notice, and on stdout once, until it has that too', async () => {
    const { program, slack, lines, theLine, connectedOnce } = await aProgram({ JIRA_PROJECT_KEY: 'KAN' });
    const newer = slack.scopes.splice(0, Number.POSITIVE_INFINITY, 'commands', 'chat:write');
    await program.start();
    await connectedOnce();
    expect(lines.filter((line) => line.startsWith('scopes:'))).toEqual([
      expect.stringMatching(/^scopes: missing app_mentions:read, .*files:read, users:read, users:read.email$/),
    ]);
    const { notices } = await program.status();
    expect(notices).toEqual([expect.stringContaining('an emoji on a message files nothing (reactions:read)')]);
    await slack.slash('/ticket', 'the door squeaks', { user: 'alice', channel: 'support' });
    await vi.waitFor(() => expect(slack.messages()).toHaveLength(1), { timeout: 10_000 });
    expect(lines.filter((line) => line.startsWith('scopes:'))).toHaveLength(1);
    // Installed again, the app has them with the same token.
    slack.scopes.push(...newer);
    await slack.slash('/ticket', 'the window squeaks', { user: 'alice', channel: 'support' });
    await theLine('scopes: ok');
    expect((await program.status()).notices).toEqual([]);
  });
});

describe('saving settings', () => {
  it.each(['environment', '.env'])('refuses what is fixed by the %s, and saves nothing of it', async (origin) => {
    const { dataDir, save, saved } = await aProgram(origin === 'environment' ? { JIRA_PROJECT_KEY: 'KAN' } : {});
    if (origin === '.env') writeFileSync(join(dataDir, '.env'), 'JIRA_PROJECT_KEY=KAN\n');
    await expect(save({ OPENAI_MODEL: 'other', JIRA_PROJECT_KEY: 'OPS' })).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringMatching(/JIRA_PROJECT_KEY is fixed by/),
    });
    expect(saved).toThrow('ENOENT');
  });

  it('keeps the saved secrets from another address that comes without them', async () => {
    const { program, jira, save, saved } = await aProgram({
      JIRA_BASE_URL: undefined,
      JIRA_API_TOKEN: undefined,
      OPENAI_API_KEY: undefined,
    });
    await program.start();
    await save({ JIRA_BASE_URL: jira.baseUrl, JIRA_API_TOKEN: jira.apiToken, OPENAI_API_KEY: 'sk-saved' });
    const before = saved();
    const refused = (kind: string) => ({
      code: 'invalid_input',
      message: expect.stringContaining(`The address is another one. Enter the API ${kind} again`),
    });
    await expect(save({ JIRA_BASE_URL: 'https://other.example' })).rejects.toMatchObject(refused('token'));
    await expect(save({ OPENAI_BASE_URL: 'https://other.example/v1' })).rejects.toMatchObject(refused('key'));
    // In two steps neither: without an address, the next one would be the first.
    await expect(save({ JIRA_BASE_URL: '' })).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(save({ JIRA_BASE_URL: 'our Jira' })).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(save({ OPENAI_BASE_URL: 'nonsense' })).rejects.toMatchObject({ code: 'invalid_input' });
    expect(saved()).toEqual(before);

    await save({ JIRA_BASE_URL: 'other.example/browse/OPS-7', JIRA_API_TOKEN: 'typed' });
    expect(saved()).toMatchObject({ JIRA_BASE_URL: 'https://other.example' });
    await save({ JIRA_BASE_URL: '', JIRA_API_TOKEN: '' });
    await save({ OPENAI_BASE_URL: 'https://other.example/v1', OPENAI_API_KEY: 'sk-typed' });
  });

  it('keeps a secret of the environment from another address', async () => {
    const { jira, save, dataDir } = await aProgram({ JIRA_BASE_URL: undefined });
    writeFileSync(join(dataDir, 'config.yml'), `JIRA_BASE_URL: ${jira.baseUrl}\n`);
    await expect(save({ JIRA_BASE_URL: 'https://other.example' })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(
        /^JIRA_API_TOKEN is fixed by environment.*not sent to a new address by itself.*change both in that place\.$/,
      ),
    });
  });

  it('leaves everything at work while Jira is in trouble, unless it is about Jira', async () => {
    const { program, jira, save, connectedOnce, theLine } = await aProgram({ JIRA_API_TOKEN: undefined });
    await program.start();
    await save({ JIRA_PROJECT_KEY: 'KAN', JIRA_API_TOKEN: 'wrong' });
    await Promise.all([connectedOnce(), theLine('jira: unauthorized')]);
    const { since } = (await program.status()).slack;
    const asked = jira.requests.length;
    await save({ NOTIFY_APPROVAL: 'true' });
    expect((await program.status()).slack.since).toBe(since);
    expect(jira.requests).toHaveLength(asked);
    // The same token once more: somebody wants it to be tried again.
    await save({ JIRA_API_TOKEN: 'wrong' });
    await vi.waitFor(() => expect(jira.requests.length).toBeGreaterThan(asked));
  });

  it('shows until the next save that settings.json was damaged', async () => {
    const { program, dataDir, save } = await aProgram();
    writeFileSync(join(dataDir, 'settings.json'), '{"JIRA_PROJECT_KEY": ');
    await program.start();
    const damaged = expect.arrayContaining([
      expect.objectContaining({ message: expect.stringContaining('The file is damaged') }),
      expect.objectContaining({ message: expect.stringContaining('set aside') }),
    ]);
    expect((await program.settings()).problems).toEqual(damaged);
    const again = await program.settings();
    expect(again.problems).toEqual(damaged);
    expect(again.problems).toHaveLength(2);
    await save({ JIRA_PROJECT_KEY: 'KAN' });
    expect((await program.settings()).problems).toEqual([]);
  });

  it('keeps the GGUF in memory unless its own settings change', async () => {
    const { program, dataDir, lines, save, theLine } = await aProgram();
    mkdirSync(join(dataDir, 'models'));
    writeTinyGguf(join(dataDir, 'models', 'tiny.gguf'));
    const loads = () => lines.filter((line) => line === 'model: loading tiny.gguf');
    await program.start();
    await vi.waitFor(async () => expect((await program.status()).model.state).toBe('ok'), { timeout: 20_000 });
    await save({ JIRA_PROJECT_KEY: 'KAN' });
    await theLine('jira: ok');
    expect(loads()).toHaveLength(1);
    await save({ OPENAI_MODEL: 'other' });
    await vi.waitFor(() => expect(loads()).toHaveLength(2));
    await vi.waitFor(async () => expect((await program.status()).model.state).toBe('ok'), { timeout: 20_000 });
  });

  it('starts with what people corrected', async () => {
    const { program, log } = await aProgram();
    const { ticket } = await log.receive(aRequest({ text: 'The label printer is out of paper' }));
    const correction = { from: 'Bug', by: 'U1', at: '2026-01-01T00:00:00.000Z', via: 'window', isTold: true } as const;
    await log.update(ticket.requestId, { classification: labelAlone('Task'), correction });
    await program.start();
    const answer = () => program.classifier()?.classify('The label printer is out of paper again');
    await vi.waitFor(async () => {
      expect(await answer()).toMatchObject({ label: 'Task', model: expect.stringMatching(/\+1$/) });
    });
  });

  it('tries a GGUF again that could not be loaded', async () => {
    const { program, dataDir, save, theLine } = await aProgram();
    mkdirSync(join(dataDir, 'models'));
    writeFileSync(join(dataDir, 'models', 'tiny.gguf'), 'no model');
    await program.start();
    await theLine('model: failed model_failed');
    writeTinyGguf(join(dataDir, 'models', 'tiny.gguf'));
    await save({ JIRA_PROJECT_KEY: 'KAN' });
    await vi.waitFor(async () => expect((await program.status()).model.state).toBe('ok'), { timeout: 20_000 });
  });
});

describe('the keys of what people said', () => {
  const byAlice = { user: 'alice', channel: 'support' };
  const keysFile = (dataDir: string) => JSON.parse(readFileSync(join(dataDir, 'mark-keys.json'), 'utf8'));

  /** Set up in the window, with a ticket that bob approved. */
  async function decided() {
    const tokens = { SLACK_BOT_TOKEN: undefined, JIRA_PROJECT_KEY: 'KAN' };
    const made = await aProgram(tokens);
    const { program, slack, log, save, connectedOnce } = made;
    await program.start();
    await save({ SLACK_BOT_TOKEN: slack.botToken });
    await connectedOnce();
    await slack.slash('/ticket', 'VPN is down', byAlice);
    const message = await slack.waitForMessage(({ blocks }) => JSON.stringify(blocks).includes('approve_ticket'));
    await slack.click({ ...message, blocks: [...message.blocks] }, 'approve_ticket', { user: 'bob' });
    const settled = () => theTicket(log, ({ step }) => step === 'done');
    const ticket = await settled();
    const replace = async (token: string, isFormerTokenLeaked = false) => {
      slack.replaceBotToken(token);
      await program.saveSettings({ change: { SLACK_BOT_TOKEN: token }, allowPlainText: false, isFormerTokenLeaked });
      await vi.waitFor(() => expect(keysFile(made.dataDir).last.id).toBe(deriveMarkKey(token, slack.team.id).id));
    };
    return { ...made, ticket, settled, replace };
  }

  it('are kept when the token is replaced, and dropped where the old one leaked; the log keeps what was proven', async () => {
    const { program, jira, slack, dataDir, ticket, settled, replace } = await decided();
    const first = deriveMarkKey(slack.botToken, slack.team.id).id;
    expect(jira.issues[0]?.properties['ticket-agent']).toMatchObject({ decision: {}, mac: { key: first } });
    await replace('xoxb-second');
    expect(keysFile(dataDir).former).toMatchObject([{ id: first, encrypted: expect.any(String) }]);
    await program.agent().tickets.mergeRemote();
    expect((await settled()).decision).toEqual(ticket.decision);

    expect((await program.settings()).trustsFormerToken).toBe(true);
    await program.saveSettings({ change: {}, allowPlainText: false, isFormerTokenLeaked: true });
    expect(keysFile(dataDir).former).toEqual([]);
    expect((await program.settings()).trustsFormerToken).toBe(false);

    await replace('xoxb-third', true);
    expect(keysFile(dataDir).former).toEqual([]);
    await program.agent().tickets.mergeRemote();
    expect((await settled()).decision).toEqual(ticket.decision);
    // It is still sealed as it was: nothing needed to be stored again.
    expect(jira.issues[0]?.properties['ticket-agent']).toMatchObject({ decision: {}, mac: { key: first } });
  });

  it('never stand in a line of the program, in the settings or in what the window gets', async () => {
    const { program, slack, lines, saved, ticket } = await decided();
    const { secret } = deriveMarkKey(slack.botToken, slack.team.id);
    const told = JSON.stringify([lines, saved(), ticket, await program.settings(), await program.status()]);
    for (const form of ['hex', 'base64'] as const) expect(told).not.toContain(Buffer.from(secret).toString(form));
  });
});

describe('behaviour', () => {
  it('is told at the start and when it is saved, without a new line to Slack', async () => {
    const { program, slack, behaviours, save, connectedOnce, theLine } = await aProgram({ JIRA_PROJECT_KEY: 'KAN' });
    await program.start();
    await Promise.all([connectedOnce(), theLine('jira: ok')]);
    const { since } = (await program.status()).slack;
    await save({ NOTIFY_APPROVAL: 'true', DELETE_TEXTS_AFTER_DAYS: '30' });
    expect(behaviours).toMatchObject([
      { notifyApproval: false, deleteTextsAfterDays: null },
      { notifyApproval: true, deleteTextsAfterDays: 30 },
    ]);
    expect((await program.status()).slack.since).toBe(since);
    expect(slack.connections).toBe(1);
  });
});

it('leaves what another run works on to that one where whoever opened the log says that others use it too', async () => {
  const { program, log, slack } = await aProgram({ JIRA_PROJECT_KEY: 'KAN' }, { ownsLog: false });
  const { id: channel } = slack.channels[0] ?? { id: '' };
  const other = anInstance();
  await log.receive(aRequest({ requestId: 'theirs', channel }), { claimedBy: other });
  await log.receive(aRequest({ requestId: 'free', channel, text: 'The printer burns' }));
  await program.start();
  await vi.waitFor(async () => expect(await log.find('free')).toMatchObject({ step: 'announced' }), {
    timeout: 10_000,
  });
  expect(await log.find('theirs')).toMatchObject({ step: 'received', claim: { by: other.run } });
});

it('takes over at once, without a new line to Slack, who may do what', async () => {
  const { program, slack, log, save, connectedOnce, theLine } = await aProgram({
    JIRA_PROJECT_KEY: 'KAN',
    TICKETS_PER_MINUTE: undefined,
  });
  await program.start();
  await Promise.all([connectedOnce(), theLine('jira: ok')]);
  const { since } = (await program.status()).slack;
  await save({ TICKETS_PER_MINUTE: '1' });
  for (const text of ['first', 'second']) await slack.slash('/ticket', text, { user: 'alice', channel: 'support' });
  expect((await log.overview()).counts.all).toBe(1);
  await save({ TICKETS_PER_MINUTE: '2' });
  for (const text of ['third', 'fourth']) await slack.slash('/ticket', text, { user: 'alice', channel: 'support' });
  expect((await log.overview()).counts.all).toBe(2);
  expect((await program.status()).slack.since).toBe(since);
});

it('tells of behaviour that this desktop refused, and works all the same', async () => {
  const onBehaviour = () => {
    throw new AppError('storage_failed', 'Starting at login could not be changed.');
  };
  const { program, save, connectedOnce } = await aProgram({ JIRA_PROJECT_KEY: 'KAN' }, { onBehaviour });
  await program.start();
  await connectedOnce();
  const told = { code: 'storage_failed', message: 'Starting at login could not be changed.' };
  const { lastError } = await program.status();
  expect(lastError).toMatchObject(told);
  await save({ NOTIFY_APPROVAL: 'true' });
  expect((await program.status()).lastError).toMatchObject(told);
});

it('has the window read the settings again once the workspace is known', async () => {
  const onChange = vi.fn();
  const { program, connectedOnce } = await aProgram({}, { onChange });
  await program.start();
  expect(onChange).not.toHaveBeenCalledWith('settings');
  await connectedOnce();
  expect(program.team()).not.toBeNull();
  expect(onChange).toHaveBeenCalledWith('settings');
});

describe('pausing', () => {
  it('is what Status says once tokens are saved meanwhile', async () => {
    const { program, slack, save } = await aProgram({ SLACK_BOT_TOKEN: undefined });
    await program.start();
    expect((await program.status()).slack.code).toBe('not_configured');
    await program.pause(true);
    await save({ SLACK_BOT_TOKEN: slack.botToken });
    expect((await program.status()).slack).toMatchObject({ code: 'stopped', state: 'off', paused: true });
  });

  it('opens no second line where there is one', async () => {
    const { program, slack, connectedOnce, theLine } = await aProgram({ JIRA_PROJECT_KEY: 'KAN' });
    await program.start();
    await Promise.all([connectedOnce(), theLine('jira: ok')]);
    const { since } = (await program.status()).slack;
    await program.pause(false);
    await slack.slash('/ticket', 'The VPN drops', { user: 'alice', channel: 'support' });
    await slack.waitForMessage(({ text }) => text.includes('The VPN drops'));
    expect((await program.status()).slack.since).toBe(since);
    expect(slack.connections).toBe(1);
  });

  it('closes the line to Slack, and what was received goes on', async () => {
    const { program, log, slack, jira, connectedOnce, theLine } = await aProgram({ JIRA_PROJECT_KEY: 'KAN' });
    await program.start();
    await Promise.all([connectedOnce(), theLine('jira: ok')]);
    jira.failNext('createIssue', { status: 503, body: { errorMessages: ['Later.'], errors: {} } });
    await slack.slash('/ticket', 'The VPN drops', { user: 'alice', channel: 'support' });
    await program.pause(true);
    await slack.waitForConnections(0);
    expect(await program.status()).toMatchObject({ slack: { paused: true, state: 'off' } });
    await vi.waitFor(
      async () => {
        const [ticket] = await log.list({ filter: allTickets, limit: 1 });
        expect(ticket).toMatchObject({ step: 'announced' });
      },
      { timeout: 15_000 },
    );

    await program.pause(false);
    await connectedOnce();
    expect((await program.status()).slack.paused).toBe(false);
    await slack.slash('/ticket', 'The door squeaks', { user: 'alice', channel: 'support' });
    await slack.waitForMessage(({ text }) => text.includes('The door squeaks'));
  });

  it('outlives new settings', async () => {
    const { program, slack, save, theLine, connectedOnce } = await aProgram();
    await program.start();
    await connectedOnce();
    await program.pause(true);
    await save({ JIRA_PROJECT_KEY: 'KAN' });
    await theLine('jira: ok');
    await slack.waitForConnections(0);
    expect((await program.status()).slack).toMatchObject({ paused: true });
  });
});

describe('status', () => {
  it('counts what needs a person, and says how large the log is', async () => {
    const storage = () => ({ bytes: 4711, backup: { at: null, message: null }, recovery: null });
    const { program, log } = await aProgram({}, { storage });
    const request = {
      team: 'T1',
      user: 'U1',
      userName: 'ana',
      channel: 'C1',
      channelName: 'help',
      ...typedRequest,
      markup: null,
      responseUrl: null,
    };
    await log.receive({ ...request, requestId: 'r1', text: 'a', summary: 'a' });
    await log.receive({ ...request, requestId: 'r2', text: 'b', summary: 'b' });
    await log.update('r1', { status: 'failed', error: { code: 'forbidden', message: 'no' } });
    const status = await program.status();
    expect(status).toMatchObject({ attention: 1, log: { tickets: 2, bytes: 4711 } });
    expect(status.log.diskFree).toBeGreaterThan(0);
  });
});

describe('an Electron that gets no security fixes any more', () => {
  const outside = { SLACK_API_URL: 'https://slack.invalid/api/', JIRA_BASE_URL: 'https://team.invalid' };

  it('starts, says why, opens no line to Slack or Jira outside this machine, and keeps saying so', async () => {
    const oldElectron = createOldElectron('33.2.1', false);
    const { program, lines, theLine } = await aProgram({ JIRA_PROJECT_KEY: 'KAN', ...outside }, { oldElectron });
    await program.start();
    await Promise.all([theLine('slack: disconnected not_configured'), theLine('jira: not_configured')]);
    expect(lines).not.toContain('slack: connecting');
    const status = await program.status();
    for (const part of [status.slack, status.jira]) expect(part.detail).toContain('ALLOW_OLD_ELECTRON=true');
    expect(status.notices).toEqual([expect.stringContaining('Electron 33.2.1')]);
  });

  it('goes there where a person allowed it, and keeps saying so', async () => {
    const oldElectron = createOldElectron('33.2.1', true);
    const { program, theLine } = await aProgram({ JIRA_PROJECT_KEY: 'KAN', ...outside }, { oldElectron });
    await program.start();
    await theLine('slack: connecting');
    await vi.waitFor(async () => expect((await program.status()).jira.code).toBe('unavailable'), { timeout: 15_000 });
    expect((await program.status()).notices).toEqual([expect.stringContaining('ALLOW_OLD_ELECTRON lets it')]);
  });

  it('asks for nothing on this machine', async () => {
    const oldElectron = createOldElectron('33.2.1', false);
    const { program, theLine, connectedOnce } = await aProgram({ JIRA_PROJECT_KEY: 'KAN' }, { oldElectron });
    await program.start();
    await Promise.all([connectedOnce(), theLine('jira: ok')]);
    expect((await program.status()).notices).toEqual([]);
  });
});

describe('the model of the program', () => {
  it('is the one in the checkout where the data folder has none', async () => {
    const checkout = aTemporaryFolder();
    mkdirSync(join(checkout, 'models'));
    writeTinyGguf(join(checkout, 'models', 'mine.gguf'));
    const { program, theLine } = await aProgram({}, { checkout });
    await program.start();
    await theLine('model: loaded mine.gguf on cpu');
  });

  it('is found where its folder answers late; until then the built-in model answers, and nothing waits', async () => {
    let answer: (names: string[]) => void = () => {};
    const names = new Promise<string[]>((resolve) => {
      answer = resolve;
    });
    const files = { ...createModelFiles(), names: () => names };
    const { program, dataDir, theLine } = await aProgram({}, { files });
    mkdirSync(join(dataDir, 'models'));
    writeTinyGguf(join(dataDir, 'models', 'tiny.gguf'));
    await program.start();
    await theLine('model: none');
    const { detail } = (await program.status()).model;
    expect(detail).toBe(`${join(dataDir, 'models')} did not answer yet. Is the share mounted?`);
    expect(await program.classifier()?.classify('The VPN is down')).toMatchObject({ source: 'builtin' });
    answer(['tiny.gguf']);
    await theLine('model: loaded tiny.gguf on cpu');
  });
});
