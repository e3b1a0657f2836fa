import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { actionIds } from '../../electron/slack/blocks.ts';
import { pageNames } from '../../renderer/navigation/navigation.ts';
import { createJiraSite } from '../../stand-ins/jira/site.ts';
import { createLoopbackServer } from '../../stand-ins/loopback-server.ts';
import { writeTinyGguf } from '../../tools/tiny-gguf.ts';
import { type Desk, startDesk } from './desk.ts';
import { complaints, goTo, look, pictures } from './look.ts';
import { writeUnfinished } from './unfinished-tickets.ts';
import { aWorld, byAlice, isAnnouncement, type World } from './world.ts';

/** The pages outside demo mode. */
const ordinaryPages = pageNames.filter((name) => name !== 'Demo');

/** What people really write: long, in several lines, in other scripts, and without a blank. */
const texts = [
  'The VPN drops every ten minutes since this morning',
  `Nobody in the Lisbon office can print. ${'It says that the queue is full, whatever we do. '.repeat(8)}`,
  'Zugang für 田中さん 🔑 bitte zu „Größenänderung“ einrichten, auch für 王们 und 김민수',
  'התוכנה קורסת כשפותחים את הקובץ',
  `https://example.com/${'a'.repeat(300)}`,
  'How do I reset my password?\nI forgot it.',
  'Please add dark mode 🌙 to the intranet',
];

beforeAll(() => {
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures);
});

async function connected(world: World, settings = world.credentials): Promise<{ desk: Desk; found: string[] }> {
  const desk = await startDesk(world, { settings });
  const found = complaints(await desk.page());
  await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine('jira: ok')]);
  return { desk, found };
}

async function fileTickets({ slack, jira }: World): Promise<void> {
  for (const [index, text] of texts.entries()) {
    await slack.slash('/ticket', text, byAlice);
    const announcement = await slack.waitForMessage(
      (message) => isAnnouncement(message) && message.text.includes(`KAN-${index + 1}`),
    );
    if (index === 0) await slack.click(announcement, actionIds.approve, { user: 'bob' });
    if (index === 1) await slack.click(announcement, actionIds.reject, { user: 'bob' });
  }
  jira.setPermission('KAN', 'create', false);
  await slack.slash('/ticket', 'The coffee machine leaks', byAlice);
}

/** The list of what is unfinished: refused, waiting, parked, and perhaps in Jira. */
async function unfinished() {
  const world = await aWorld();
  await writeUnfinished(world);
  // As long as somebody looks.
  for (let tries = 0; tries < 50; tries += 1) world.slack.failNext('chat.postMessage', { status: 503 });
  const desk = await startDesk(world, { settings: { ...world.credentials, JIRA_API_TOKEN: 'wrong' } });
  const page = await desk.page();
  const found = complaints(page);
  await desk.waitForLine('jira: unauthorized');
  const row = (name: string) => page.getByRole('option', { name });
  await page.getByRole('tab', { name: /^Unfinished/ }).click();
  await row('Lisbon').getByText('Waits for settings').waitFor();
  await row('VPN').getByText('Next try').waitFor();
  await row('laptop').waitFor({ state: 'detached' });
  return { desk, page, row, found };
}

describe('the window', () => {
  it('is in order when nothing has been filed yet', async () => {
    const { desk, found } = await connected(await aWorld());
    const page = await desk.page();
    await page.getByText('No tickets yet').waitFor();
    await look(desk, 'tickets-empty');
    for (const name of ordinaryPages.filter((each) => each !== 'Tickets')) {
      await goTo(page, name);
      await look(desk, `${name.toLowerCase()}-first`);
    }
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await look(desk, 'shortcuts');
    expect(found).toEqual([]);
  });

  it('is in order with tickets of all kinds, their details and what can be done about them', async () => {
    const world = await aWorld();
    const { desk, found } = await connected(world);
    const page = await desk.page();
    await fileTickets(world);
    const tab = (name: RegExp) => page.getByRole('tab', { name }).click();
    await tab(/^All/);
    await page.getByRole('option', { name: 'coffee machine' }).getByText('Needs attention').waitFor();
    await page.getByRole('option', { name: 'VPN' }).getByText('Approved').waitFor();
    await look(desk, 'tickets-all');

    await page.getByRole('searchbox').fill('lisbon');
    await page.getByRole('option', { name: 'VPN' }).waitFor({ state: 'detached' });
    await page.getByRole('option', { name: 'Lisbon' }).click();
    await page.getByRole('heading', { name: /Nobody in the Lisbon office/ }).waitFor();
    await look(desk, 'ticket-rejected');
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('zzz');
    await page.getByRole('option').first().waitFor({ state: 'detached' });
    await look(desk, 'tickets-no-match');
    await page.getByRole('searchbox').fill('');

    await tab(/^Needs attention/);
    await page.getByRole('option', { name: 'coffee machine' }).click();
    await page.getByRole('button', { name: 'Fix and retry' }).waitFor();
    await look(desk, 'ticket-failed');
    await look(desk, 'ticket-fix', async () => {
      const summary = page.getByRole('textbox', { name: 'Summary' });
      if (!(await summary.isVisible())) await page.getByRole('button', { name: 'Fix and retry' }).click();
      await summary.waitFor();
    });
    expect(found).toEqual([]);
  });

  it('is in order with tickets that are not done, and one that may be in Jira or not', async () => {
    const { desk, page, row, found } = await unfinished();
    await look(desk, 'tickets-unfinished');
    await row('badge reader').click();
    await page.getByRole('button', { name: 'Look again' }).waitFor();
    await look(desk, 'ticket-unconfirmed');
    await look(desk, 'ticket-create-anyway', async () => {
      const dialog = page.getByRole('dialog', { name: 'Create it anyway?' });
      if (!(await dialog.isVisible())) await page.getByRole('button', { name: 'Create anyway' }).click();
      await dialog.waitFor();
    });
    expect(found).toEqual([]);
  });

  it('is in order with tickets that wait: for a time, for a pause to end, for the settings', async () => {
    const { desk, page, row, found } = await unfinished();
    const close = page.getByRole('button', { name: 'Close details' });
    for (const [name, state] of [
      ['VPN', 'ticket-waiting'],
      ['Mail to the suppliers', 'ticket-pause'],
      ['Lisbon', 'ticket-parked'],
    ] as const) {
      await row(name).click();
      await page.getByRole('heading', { name }).waitFor();
      await look(desk, state);
      await close.click();
    }
    await page.keyboard.press('d');
    await page.getByRole('dialog', { name: 'Discard this ticket?' }).waitFor();
    await look(desk, 'ticket-discard');
    expect(found).toEqual([]);
  });

  it('is in order when everything is wrong', async () => {
    const world = await aWorld();
    const model = join(world.folder, 'a-model-with-quite-a-long-name-q4_k_m.gguf');
    writeFileSync(model, 'This is no model.');
    const settings = {
      ...world.credentials,
      SLACK_BOT_TOKEN: 'xoxb-1-1-wrong',
      JIRA_API_TOKEN: 'wrong',
      JIRA_EMAIL: 'not an address',
      GGML_MODEL_PATH: model,
    };
    const desk = await startDesk(world, { settings });
    const page = await desk.page();
    const found = complaints(page);
    await Promise.all([
      desk.waitForLine('slack: unauthorized'),
      desk.waitForLine(/^jira: (?!ok)/),
      desk.waitForLine('model: failed model_failed'),
    ]);
    for (const name of ordinaryPages) {
      await goTo(page, name);
      await look(desk, `${name.toLowerCase()}-error`);
    }
    expect(found).toEqual([]);
  });

  it('is in order where tokens are refused and others can get into the data folder', async () => {
    const world = await aWorld();
    mkdirSync(world.dataDir, { recursive: true });
    // As /tmp: everybody's, so not ours to close.
    chmodSync(world.dataDir, 0o1777);
    const { SLACK_API_URL = '', ...ours } = world.credentials;
    const former = 'https://former.example';
    const secret_origins = { SLACK_BOT_TOKEN: former, JIRA_API_TOKEN: former };
    writeFileSync(join(world.dataDir, 'settings.json'), JSON.stringify({ ...ours, secret_origins }));
    const desk = await startDesk(world, { settings: { SLACK_API_URL } });
    const page = await desk.page();
    const found = complaints(page);
    await page.getByText('Other accounts of this computer').first().waitFor();
    for (const name of ['Settings', 'Status']) {
      await goTo(page, name);
      await look(desk, `${name.toLowerCase()}-refused`);
    }
    expect(found).toEqual([]);
  });

  it('is in order on every section of the settings, and while it is paused', async () => {
    const world = await aWorld();
    // Fixed by the environment are only Slack's: the rest can be changed here.
    const { SLACK_API_URL = '', SLACK_BOT_TOKEN = '', SLACK_APP_TOKEN = '', ...rest } = world.credentials;
    mkdirSync(world.dataDir, { recursive: true });
    const channels = {
      ops: { project: 'OPS', label_to_issue_type: { Bug: 'Fault' }, labels: ['from-slack'], never_cloud: true },
      default: { answer: 'requester' },
    };
    writeFileSync(join(world.dataDir, 'settings.json'), JSON.stringify({ ...rest, channels }));
    writeFileSync(join(world.dataDir, 'config.yml'), 'channels:\n  web: { emoji: fire }\n');
    const { desk, found } = await connected(world, { SLACK_API_URL, SLACK_BOT_TOKEN, SLACK_APP_TOKEN });
    const page = await desk.page();
    await goTo(page, 'Settings');
    for (const section of ['Slack', 'Jira', 'Channels', 'OpenAI', 'Behaviour', 'Your desktop']) {
      await look(desk, `settings-${section.toLowerCase().replace(' ', '-')}`, () =>
        page.getByRole('tab', { name: section }).click(),
      );
    }
    await page.getByRole('tab', { name: 'Channels' }).click();
    await page.getByRole('button', { name: 'Edit #ops' }).click();
    await look(desk, 'settings-channel');
    await page.getByRole('button', { name: 'Remove All other channels' }).click();
    await look(desk, 'settings-channel-removed');
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByRole('tab', { name: 'Jira' }).click();
    await page.getByRole('button', { name: 'Test Jira' }).click();
    await page
      .getByText(/Logged in|accepted|alice|Account/i)
      .first()
      .waitFor();
    await look(desk, 'settings-tested');
    await goTo(page, 'Status');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await look(desk, 'status-paused');
    expect(found).toEqual([]);
  });

  it('is in order whatever answers at the address of Jira, and sends nothing secret there', async () => {
    const world = await aWorld();
    const dataCenter = await createJiraSite({ deployment: 'datacenter', contextPath: '/jira' });
    const login = await createLoopbackServer({
      operationOf: () => 'asked',
      answer: () => ({ status: 200, body: '<title>Sign in to Example</title><form><input type="password"></form>' }),
    });
    onTestFinished(() => Promise.all([dataCenter.close(), login.close()]).then(() => {}));
    const { SLACK_API_URL = '' } = world.credentials;
    const desk = await startDesk(world, { settings: { SLACK_API_URL } });
    const page = await desk.page();
    const found = complaints(page);
    await goTo(page, 'Settings');
    await page.getByRole('tab', { name: 'Jira' }).click();
    for (const [address, words, state] of [
      [`${dataCenter.baseUrl}/browse/OPS-7`, /Found Jira Data Center/, 'data-center'],
      [login.origin, /Sign in to Example/, 'login-page'],
      ['ana@example.com', /That is an email address/, 'no-address'],
      ['http://jira.example.com', 'This address is not encrypted', 'http'],
    ] as const) {
      await page.getByLabel('Address of your site').fill(address);
      await page.getByText(words).waitFor();
      await look(desk, `settings-${state}`);
    }
    const asked = [...dataCenter.requests, ...login.requests];
    expect(asked.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
    expect(found).toEqual([]);
  });

  it('is in order with models to choose from, one tried, and downloads', async () => {
    const world = await aWorld();
    const models = join(world.dataDir, 'models');
    mkdirSync(models, { recursive: true });
    writeTinyGguf(join(models, 'tiny.gguf'));
    writeFileSync(join(world.dataDir, 'config.yml'), 'MODEL_FOLDERS: /mnt/models-of-everybody\n');
    writeFileSync(join(models, 'a-download-that-ended-at-a-login-page.gguf'), '<html>Sign in</html>');
    const { desk, found } = await connected(world);
    const page = await desk.page();
    await goTo(page, 'Model');
    await page.getByRole('radio', { name: /tiny/ }).click();
    await desk.waitForLine(/^model: loaded tiny/);
    await look(desk, 'model-loaded');
    await page.getByRole('textbox', { name: /ticket/i }).fill('The VPN is down for everybody in the Berlin office');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/ ms/).first().waitFor();
    await look(desk, 'model-tried');
    await page.getByText(/took .* when it was loaded/).waitFor();
    await page.getByRole('button', { name: 'More for tiny.gguf' }).scrollIntoViewIfNeeded();
    await look(desk, 'model-files', async () => {
      await page.getByRole('button', { name: 'Add a folder…' }).scrollIntoViewIfNeeded();
    });
    await page.getByRole('button', { name: 'More for tiny.gguf' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.getByRole('dialog', { name: 'Delete this model?' }).waitFor();
    await look(desk, 'model-delete');
    await page.getByRole('button', { name: 'Keep it' }).click();

    const nobody = 'http://127.0.0.1:9/a-model-with-quite-a-long-name-q4_k_m.gguf';
    await desk.answerQuestions(0);
    await page.getByRole('textbox', { name: 'Another model' }).fill(nobody);
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    await page.getByText(/cannot be reached/).waitFor();
    await look(desk, 'model-download', () => page.getByRole('list', { name: 'Downloads' }).scrollIntoViewIfNeeded());
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await look(desk, 'model-offers', () => page.getByRole('textbox', { name: /SHA-256/ }).scrollIntoViewIfNeeded());
    expect(found).toEqual([]);
  });

  it('is in order in the guide, at its doors and on each step', async () => {
    const world = await aWorld();
    const { SLACK_API_URL = '' } = world.credentials;
    const desk = await startDesk(world, { settings: { SLACK_API_URL } });
    const page = await desk.page();
    const found = complaints(page);
    await page.getByRole('heading', { name: /welcome/i, level: 1 }).waitFor();
    await look(desk, 'guide-doors');
    await page.getByRole('button', { name: /connect your team/i }).click();
    const steps = page.getByRole('navigation', { name: 'Steps' }).getByRole('button');
    await steps.first().waitFor();
    for (let step = 0; step < (await steps.count()); step += 1) {
      await steps.nth(step).click();
      await look(desk, `guide-${step + 1}`);
    }
    expect(found).toEqual([]);
  });

  it('is in order in the demo, before and after a ticket, with its forms and threads', async () => {
    const world = await aWorld();
    const desk = await startDesk(world, { args: ['--demo'] });
    const page = await desk.page();
    const found = complaints(page);
    await desk.waitForLine('slack: connected');
    await page.getByRole('heading', { name: 'Demo', level: 1 }).waitFor();
    await look(desk, 'demo-first');
    await page.getByLabel('Write to #support').fill('/ticket The VPN drops every ten minutes');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('button', { name: 'Approve' }).waitFor();
    await look(desk, 'demo-filed');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' });
    await look(desk, 'demo-approved');

    await page.getByRole('button', { name: 'Shortcuts', exact: true }).last().click();
    await page.getByRole('menuitem', { name: 'New ticket' }).click();
    const form = page.getByRole('dialog', { name: 'New ticket' });
    await form.getByRole('button', { name: 'Create' }).click();
    await form.getByText('Please complete this required field.').first().waitFor();
    await look(desk, 'demo-form');
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });

    await page
      .getByRole('article', { name: /^carol/ })
      .getByRole('button', { name: 'React with :ticket:' })
      .click();
    const thread = page.getByRole('region', { name: 'Thread below carol’s message' });
    await thread.getByRole('button', { name: 'Approve' }).waitFor();
    await look(desk, 'demo-thread', () => thread.scrollIntoViewIfNeeded());
    await page.getByRole('tab', { name: 'App Home' }).click();
    await page.getByRole('heading', { name: 'My open tickets' }).waitFor();
    await look(desk, 'demo-home');
    expect(found).toEqual([]);
  });
});
