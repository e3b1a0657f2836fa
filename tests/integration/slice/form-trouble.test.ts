import { describe, expect, it, vi } from 'vitest';
import type { JiraFieldSeed } from '../../../stand-ins/jira/field-kinds.ts';
import type { SlackView } from '../../../stand-ins/slack/views.ts';
import { everyDoor } from '../../fixtures/slack-manifest.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { aWorld, everyTicket, theTicket } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };
const slack = { manifest: everyDoor };
const steps: JiraFieldSeed = { id: 'customfield_2', name: 'Steps', type: 'textarea', required: true, types: ['Bug'] };
const many = Array.from({ length: 250 }, (_, index) => `Customer ${index}`);
const customer: JiraFieldSeed = { id: 'customfield_3', name: 'Customer', type: 'option', required: true, values: many };
const project = (...customFields: JiraFieldSeed[]) => ({ projects: [{ key: 'KAN', customFields }] });

const says =
  (words: string) =>
  ({ blocks }: SlackView) =>
    JSON.stringify(blocks).includes(words);
const isModal = ({ type }: SlackView) => type === 'modal';
const isThere = (view: SlackView) => isModal(view) && !says('Loading')(view);

describe('while Jira', () => {
  it('takes 2.6 s for each answer, the form is there at once, says that it loads, and is filled then', async () => {
    const world = await aWorld({ slack: { ...slack, triggerLifeMs: 3_000 }, jira: project(customer) });
    const { log } = await world.desk();
    world.jira.failWhile(() => true, { delayMs: 2_600 });
    await world.slack.slash('/ticket', '', byAlice);
    const view = await world.slack.waitForView((each) => isModal(each) && says('Loading')(each));
    await world.slack.fill(view, { Summary: 'VPN is down' });
    await world.slack.waitForView(isThere);
    await world.slack.pick(view, 'Type', 'Bug');
    await world.slack.waitForView((each) => isThere(each) && says('Customer')(each));
    const options = await world.slack.suggest(view, 'Customer', 'customer 23');
    expect(options).toHaveLength(13);
    expect(await world.slack.submit(view, { Customer: 'Customer 237' })).toMatchObject({ outcome: 'closed' });
    await theTicket(log, ({ step }) => step === 'announced');
    expect(world.jira.issues[0]?.fields['customfield_3']).toEqual({ id: '10337' });
  }, 60_000);

  it.each<[string, 'cloud' | 'datacenter', (world: Awaited<ReturnType<typeof aWorld>>) => void, RegExp]>([
    ['is down', 'cloud', ({ jira }) => jira.goDown(), /does not answer just now/],
    [
      'wants a captcha',
      'datacenter',
      ({ jira }) =>
        jira.failWhile(() => true, {
          status: 403,
          headers: { 'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=https://jira.example/login.jsp' },
          body: '<html>Captcha</html>',
        }),
      /captcha/,
    ],
  ])('%s, the form says what happens and still takes the words', async (_, deployment, restrict, words) => {
    const world = await aWorld({ slack, jira: { deployment, ...project(steps) } });
    const { log } = await world.desk();
    restrict(world);
    await world.slack.slash('/ticket', '', byAlice);
    const view = await world.slack.waitForView((each) => isThere(each) && words.test(JSON.stringify(each.blocks)));
    const given = { Summary: 'VPN is down', Description: 'For everybody.', Type: 'Bug' };
    expect(await world.slack.submit(view, given)).toMatchObject({ outcome: 'closed' });
    const ticket = await theTicket(log, ({ error }) => error !== null);
    expect(ticket).toMatchObject({ status: 'received', summary: 'VPN is down', text: 'For everybody.' });
    expect(ticket.classification?.label).toBe('Bug');
  });
});

describe('two desktops', () => {
  async function twoDesktops(jira: Parameters<typeof aWorld>[0] = {}) {
    const world = await aWorld({ slack, ...jira });
    const first = await world.desk();
    const second = await world.desk({ dataDir: aTemporaryFolder() });
    await second.agent.pause(true);
    await world.slack.waitForConnections(1);
    async function toSecond() {
      await first.agent.pause(true);
      await second.agent.pause(false);
      await vi.waitFor(() => expect(second.lines.slack.at(-1)).toBe('connected'));
      await world.slack.waitForConnections(1);
    }
    return { ...world, first, second, toSecond };
  }

  it.each([
    ['short', 'One. Two.'],
    ['long', 'One step after the other. '.repeat(110).trim()],
  ])('lose nothing %s that was typed: opened on one, changed and sent on the other', async (_, text) => {
    const world = await twoDesktops({ jira: project(steps) });
    await world.slack.slash('/ticket', '', byAlice);
    const view = await world.slack.waitForView(isThere);
    await world.slack.pick(view, 'Type', 'Bug');
    await world.slack.waitForView(says('Steps'));
    await world.slack.fill(view, { Summary: 'VPN', Steps: text });
    await world.toSecond();
    await world.slack.pick(view, 'Type', 'Task');
    await world.slack.waitForView((each) => isThere(each) && each.privateMetadata.includes('"label":"Task"'));
    await world.slack.pick(view, 'Type', 'Bug');
    await vi.waitFor(async () => expect((await world.slack.submit(view, {})).outcome).toBe('closed'));
    await theTicket(world.second.log, ({ step }) => step === 'announced');
    expect(await everyTicket(world.first.log)).toEqual([]);
    expect(JSON.stringify(world.jira.issues[0]?.fields)).toContain(text);
  });

  it('have options for a list that the other one has shown', async () => {
    const world = await twoDesktops({ jira: project(customer) });
    await world.slack.slash('/ticket', '', byAlice);
    const view = await world.slack.waitForView(isThere);
    await world.slack.pick(view, 'Type', 'Bug');
    await world.slack.waitForView(says('Customer'));
    await world.toSecond();
    const options = await world.slack.suggest(view, 'Customer', '249');
    expect(options).toMatchObject([{ value: '10349', text: { text: 'Customer 249' } }]);
  });
});

describe('what is sent', () => {
  it('may be hostile: it comes to Jira as typed, and pings nobody', async () => {
    const world = await aWorld({ slack });
    const { log } = await world.desk();
    await world.slack.slash('/ticket', '', byAlice);
    const view = await world.slack.waitForView(isThere);
    const Summary = '<!channel> *bold* \u202Eright to left\u202C 👩‍👩‍👧 &amp; </div>';
    const Description = `<!here> \`code\` {{wiki}} h1. שלום ${'👾'.repeat(1_400)}`;
    expect(await world.slack.submit(view, { Summary, Description })).toMatchObject({ outcome: 'closed' });
    const ticket = await theTicket(log, ({ step }) => step === 'announced');
    expect(ticket.text).toBe(Description);
    expect(world.jira.issues[0]?.fields['summary']).toContain('<!channel> *bold*');
    expect(JSON.stringify(world.jira.issues[0]?.fields['description'])).toContain('h1. שלום');
    const [message] = world.slack.messages('support');
    expect(JSON.stringify(message?.blocks)).not.toContain('<!channel>');
  });

  it('of 10,000 characters comes along whole where only a field is missing', async () => {
    const world = await aWorld({ slack, jira: project(steps) });
    const { log } = await world.desk();
    const text = `It breaks.\n${'lorem ipsum '.repeat(832)}end`;
    await world.slack.slash('/ticket', text, byAlice);
    const question = await world.slack.waitForMessage(({ blocks }) =>
      JSON.stringify(blocks).includes('complete_ticket'),
    );
    await world.slack.click(question, 'complete_ticket', { user: 'alice' });
    const view = await world.slack.waitForView(says('Steps'));
    expect(await world.slack.submit(view, { Steps: 'One.' })).toMatchObject({ outcome: 'closed' });
    await theTicket(log, ({ step }) => step === 'announced');
    expect(JSON.stringify(world.jira.issues[0]?.fields['description'])).toContain('ipsum end');
  });

  it.each(['UAT', 'W2026', 'USB3'])('may be a word that looks like a person’s id in Slack: %s', async (word) => {
    const place: JiraFieldSeed = { id: 'customfield_4', name: 'Where', type: 'string', required: true };
    const world = await aWorld({ slack, jira: project(place) });
    const { log } = await world.desk();
    await world.slack.slash('/ticket', '', byAlice);
    const view = await world.slack.waitForView(isThere);
    await world.slack.pick(view, 'Type', 'Bug');
    await world.slack.waitForView(says('Where'));
    expect(await world.slack.submit(view, { Summary: 'VPN', Where: word })).toMatchObject({ outcome: 'closed' });
    await theTicket(log, ({ step }) => step === 'announced');
    expect(world.jira.issues[0]?.fields['customfield_4']).toBe(word);
  });

  it('is named where it cannot be used, below its input', async () => {
    const tags: JiraFieldSeed = { id: 'customfield_4', name: 'Tags', type: 'labels', required: true };
    const world = await aWorld({ slack, jira: project(tags) });
    const { log } = await world.desk();
    await world.slack.slash('/ticket', '', byAlice);
    const view = await world.slack.waitForView(isThere);
    await world.slack.pick(view, 'Type', 'Bug');
    await world.slack.waitForView(says('Tags'));
    const wrong = await world.slack.submit(view, { Summary: 'VPN', Tags: 'x'.repeat(300) });
    expect(wrong).toMatchObject({ outcome: 'errors', errors: { Tags: expect.stringContaining('too long') } });
    expect(await everyTicket(log)).toEqual([]);
    expect(await world.slack.submit(view, { Tags: 'vip' })).toMatchObject({ outcome: 'closed' });
    await theTicket(log, ({ step }) => step === 'announced');
  });

  it('twice within moments is one ticket, unless it is meant', async () => {
    const world = await aWorld({ slack });
    const { log } = await world.desk();
    for (const outcome of ['closed', 'updated']) {
      await world.slack.slash('/ticket', '', byAlice);
      const view = await world.slack.waitForView(isThere);
      expect(await world.slack.submit(view, { Summary: 'VPN is down' })).toMatchObject({ outcome });
      if (outcome === 'updated') await world.slack.submit(view, {});
    }
    await vi.waitFor(async () => expect(await everyTicket(log)).toHaveLength(2));
  });
});

it('a field that no form can hold needs the person at the desktop, who is told', async () => {
  const world = await aWorld({
    slack,
    jira: project({ id: 'customfield_9', name: 'Odd', type: 'string', required: true }),
  });
  const field = world.jira.projects[0]?.fields.find(({ id }) => id === 'customfield_9');
  if (field !== undefined) Object.assign(field, { schema: { type: 'any', custom: 'com.example:odd' } });
  const { log } = await world.desk();
  await world.slack.slash('/ticket', 'VPN is down', byAlice);
  const { step, error } = await theTicket(log, ({ status }) => status === 'failed');
  expect(step).toBe('classified');
  expect(error?.message).toContain('Odd');
});
