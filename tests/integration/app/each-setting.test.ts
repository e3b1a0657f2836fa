import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { actionIds } from '../../../electron/slack/blocks.ts';
import { labels } from '../../../shared/labels.ts';
import { type AnySettingName, allRows, type Settings } from '../../../shared/settings.ts';
import type { SettingChange } from '../../../shared/settings-view.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import { completion, startLoopbackOpenAi } from '../classifier/loopback-openai.ts';
import { aConnectedProgram } from './connected-program.ts';

const byAlice = { user: 'alice', channel: 'support' };

/** A connected program none of whose settings is fixed, and what it told. */
async function aDesk() {
  const behaviours: Settings['behaviour'][] = [];
  const tickets: Ticket[] = [];
  const connected = await aConnectedProgram([], {
    onBehaviour: (behaviour) => behaviours.push(behaviour),
    onTicket: (ticket) => tickets.push(ticket),
  });
  const { slack } = connected;
  return {
    ...connected,
    behaviours,
    file: (text: string) => slack.slash('/ticket', text, byAlice),
    /** The first news of a ticket that fits. */
    ticket: (fits: (ticket: Ticket) => boolean) =>
      vi.waitFor(() => {
        const found = tickets.find(fits);
        expect(found).toBeDefined();
        return found;
      }, longWait),
    announcement: () => slack.waitForMessage(({ blocks }) => JSON.stringify(blocks).includes(actionIds.approve)),
  };
}
type Desk = Awaited<ReturnType<typeof aDesk>>;
const longWait = { timeout: 10_000 };

const bearer = (token: string | undefined) => (request: { headers: { authorization?: string | undefined } }) =>
  request.headers.authorization === `Bearer ${token}`;
const basic = (email: string, token: string) => `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`;

/** One that answers and is allowed, and a ticket that it is asked about. */
async function askOpenAi({ save, file }: Desk, change: SettingChange) {
  const openai = await startLoopbackOpenAi(() => completion('{"label":"Task"}'));
  onTestFinished(() => openai.stop());
  await save({ OPENAI_BASE_URL: openai.baseUrl, OPENAI_API_KEY: 'first', OPENAI_ALLOWED: 'true', OPENAI_MODEL: 'a' });
  await save(change);
  await file('VPN is down');
  return vi.waitFor(() => {
    const [request] = openai.requests;
    expect(request).toBeDefined();
    return { ...request, model: z.object({ model: z.string() }).parse(request?.body).model };
  }, longWait);
}

async function remadeClassifier({ program, save }: Desk, change: SettingChange) {
  const before = program.classifier();
  await save(change);
  expect(program.classifier()).not.toBe(before);
}

async function behaves({ behaviours, save }: Desk, change: SettingChange, expected: object) {
  await save(change);
  expect(behaviours.at(-1)).toMatchObject(expected);
}

/** Saves a setting, and sees that what is at work goes by it. */
const effects: Record<AnySettingName, (desk: Desk) => Promise<unknown>> = {
  async SLACK_BOT_TOKEN({ slack, save }) {
    slack.replaceBotToken('xoxb-two');
    await save({ SLACK_BOT_TOKEN: 'xoxb-two' });
    await slack.waitForRequest(bearer('xoxb-two'));
  },
  async SLACK_APP_TOKEN({ slack, save }) {
    await save({ SLACK_APP_TOKEN: 'xapp-two' });
    await slack.waitForRequest(bearer('xapp-two'));
  },
  async SLACK_API_URL({ other: { slack }, save }) {
    await save({ SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken });
    await slack.waitForRequest(bearer(slack.botToken));
  },
  async JIRA_BASE_URL({ jira: { email, apiToken }, other: { jira }, save }) {
    await save({ JIRA_BASE_URL: jira.baseUrl, JIRA_API_TOKEN: apiToken });
    await jira.waitForRequest(({ headers }) => headers.authorization === basic(email, apiToken));
  },
  async JIRA_EMAIL({ jira, save }) {
    await save({ JIRA_EMAIL: 'two@example.com' });
    await jira.waitForRequest(({ headers }) => headers.authorization === basic('two@example.com', jira.apiToken));
  },
  async JIRA_API_TOKEN({ jira, save }) {
    await save({ JIRA_API_TOKEN: 'two' });
    await jira.waitForRequest(({ headers }) => headers.authorization === basic(jira.email, 'two'));
  },
  async JIRA_PROJECT_KEY({ jira, save }) {
    await save({ JIRA_PROJECT_KEY: 'TWO' });
    await jira.waitForRequest(({ path, query }) => `${path}?${query}`.includes('TWO'));
  },
  async JIRA_DEPLOYMENT({ jira, save }) {
    await save({ JIRA_DEPLOYMENT: 'datacenter' });
    await jira.waitForRequest(({ headers }) => headers.authorization?.startsWith('Bearer ') === true);
  },
  async JIRA_UNCONFIRMED_SECONDS({ save, file, ticket }) {
    const savedAt = Date.now();
    await save({ JIRA_UNCONFIRMED_SECONDS: '9999' });
    await file('VPN is down');
    await ticket(({ sent }) => sent !== null && Date.parse(sent.lookUntil) >= savedAt + 9_999_000);
  },
  async GGML_MODEL_PATH({ program, dataDir, save }) {
    await save({ GGML_MODEL_PATH: join(dataDir, 'two.gguf') });
    await vi.waitFor(async () => expect((await program.status()).model.detail).toContain('two.gguf'), longWait);
  },
  async MODEL_FOLDERS({ program, save }) {
    await save({ MODEL_FOLDERS: '/one' });
    // The page Model loads the settings each time.
    expect((await program.load()).settings.model.folders).toEqual(['/one']);
  },
  MODEL_WAIT_SECONDS: (desk) => remadeClassifier(desk, { MODEL_WAIT_SECONDS: '5' }),
  MODEL_IDLE_MINUTES: (desk) => remadeClassifier(desk, { MODEL_IDLE_MINUTES: '5' }),
  async UNSURE_BELOW({ save, file, ticket }) {
    await save({ UNSURE_BELOW: '1' });
    await file('VPN is down');
    await ticket(({ isUnsure }) => isUnsure);
  },
  async OPENAI_ALLOWED(desk) {
    await askOpenAi(desk, {});
    await desk.save({ OPENAI_ALLOWED: 'false' });
    await desk.file('The printer is on fire');
    await desk.ticket(({ text, classification }) => text.includes('printer') && classification?.source === 'builtin');
  },
  OPENAI_API_KEY: async (desk) =>
    expect(await askOpenAi(desk, { OPENAI_API_KEY: 'two' })).toMatchObject({ authorization: 'Bearer two' }),
  OPENAI_MODEL: async (desk) => expect(await askOpenAi(desk, { OPENAI_MODEL: 'two' })).toMatchObject({ model: 'two' }),
  async OPENAI_BASE_URL(desk) {
    const unused = 'http://127.0.0.1:1/v1';
    await desk.save({ OPENAI_BASE_URL: unused, OPENAI_API_KEY: 'first', OPENAI_ALLOWED: 'true' });
    await askOpenAi(desk, {});
  },
  async EXTERNAL_MAY_DECIDE({ slack, save, file, announcement, ticket }) {
    slack.addUser({ id: 'U0PARTNER', name: 'partner', teamId: 'T0PARTNER' });
    await save({ EXTERNAL_MAY_DECIDE: 'true' });
    await file('VPN is down');
    await slack.click(await announcement(), actionIds.approve, { user: 'partner' });
    await ticket(({ status }) => status === 'approved');
  },
  async TICKETS_PER_MINUTE({ save, file }) {
    await save({ TICKETS_PER_MINUTE: '1' });
    await file('VPN is down');
    expect((await file('The printer is on fire')).ack).toMatchObject({
      text: expect.stringContaining('within a minute'),
    });
  },
  async STATUS_PROJECTS({ slack, jira, save }) {
    jira.addProject({ key: 'TWO', name: 'Two' });
    const { key } = jira.addIssue({ projectKey: 'TWO', issueType: 'Task', fields: { summary: 'Not ours' } });
    await save({ STATUS_PROJECTS: 'TWO' });
    await slack.slash('/ticket_status', key, byAlice);
    await slack.waitForMessage(({ text, blocks }) => `${text} ${JSON.stringify(blocks)}`.includes('Not ours'));
  },
  START_AT_LOGIN: (desk) => behaves(desk, { START_AT_LOGIN: 'true' }, { startAtLogin: true }),
  NOTIFY_ATTENTION: (desk) => behaves(desk, { NOTIFY_ATTENTION: 'false' }, { notifyAttention: false }),
  NOTIFY_APPROVAL: (desk) => behaves(desk, { NOTIFY_APPROVAL: 'true' }, { notifyApproval: true }),
  DELETE_TEXTS_AFTER_DAYS: (desk) => behaves(desk, { DELETE_TEXTS_AFTER_DAYS: '9' }, { deleteTextsAfterDays: 9 }),
  DELETE_TICKETS_AFTER_DAYS: (desk) => behaves(desk, { DELETE_TICKETS_AFTER_DAYS: '9' }, { deleteTicketsAfterDays: 9 }),
  async label_to_issue_type({ jira, save, file }) {
    await save({ label_to_issue_type: Object.fromEntries(labels.map((label) => [label, 'Question'])) });
    await file('VPN is down');
    await jira.waitForIssue(({ issueType }) => issueType === 'Question');
  },
  async jira_default_fields({ jira, save, file }) {
    jira.addProject({ key: 'TWO', customFields: [{ id: 'customfield_10010', name: 'Office', required: true }] });
    await save({ JIRA_PROJECT_KEY: 'TWO', jira_default_fields: { customfield_10010: 'Berlin' } });
    await file('VPN is down');
    await jira.waitForIssue(({ fields }) => fields['customfield_10010'] === 'Berlin');
  },
  async channels({ jira, save, file }) {
    jira.addProject({ key: 'TWO' });
    await save({ channels: { '#support': { project: 'TWO', labels: ['from-slack'] } } });
    await file('VPN is down');
    const { key, fields } = await jira.waitForIssue(() => true);
    expect([key, fields['labels']]).toEqual(['TWO-1', expect.arrayContaining(['from-slack'])]);
  },
};

it.each(allRows)('takes $name over at once', async ({ name }) => {
  await effects[name](await aDesk());
});
