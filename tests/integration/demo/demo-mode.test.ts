import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDemoMode, type DemoMode, type DemoModeDeps } from '../../../electron/demo/demo-mode.ts';
import { createTicketLog } from '../../../electron/log/sqlite/ticket-log.ts';
import { type DemoMessage, type DemoView, demoViewSchema } from '../../../shared/demo-view.ts';
import type { Settings } from '../../../shared/settings.ts';
import { linesOf, withButton } from '../../demo-words.ts';
import { aTicket } from '../../fakes/ticket.ts';
import { aWorld, theTicket } from '../slice/desk.ts';

interface Demo extends DemoMode {
  /** What alice sees as soon as it is as expected. */
  until(isSo: (view: DemoView) => boolean): Promise<DemoView>;
}

async function aDemo(deps: Partial<DemoModeDeps> = {}): Promise<Demo> {
  const listeners = new Set<() => void>();
  const onChange = () => {
    for (const listener of [...listeners]) listener();
  };
  const demo = await createDemoMode({ deployment: 'cloud', earlier: [], update: async () => {}, onChange, ...deps });
  onTestFinished(demo.close);
  return {
    ...demo,
    until: (isSo) =>
      new Promise((resolve) => {
        const look = () => {
          const view = demo.view();
          if (!isSo(view)) return;
          listeners.delete(look);
          resolve(view);
        };
        listeners.add(look);
        look();
      }),
  };
}

/** The settings of a desk that works in the demo. */
function settingsFor({ env }: DemoMode, settings: Settings): Settings {
  const { SLACK_BOT_TOKEN = null, SLACK_APP_TOKEN = null, SLACK_API_URL = '' } = env;
  const { JIRA_BASE_URL = null, JIRA_EMAIL = null, JIRA_API_TOKEN = null } = env;
  return {
    ...settings,
    slack: { botToken: SLACK_BOT_TOKEN, appToken: SLACK_APP_TOKEN, apiUrl: SLACK_API_URL },
    jira: { ...settings.jira, baseUrl: JIRA_BASE_URL, email: JIRA_EMAIL, apiToken: JIRA_API_TOKEN },
  };
}

const wordsOf = (message: DemoMessage | undefined) => (message?.blocks ?? []).flatMap(linesOf).join('\n');

describe('the demo before anybody typed', () => {
  it('is a channel that teammates have used, with a word from the app on what to type', async () => {
    const { messages, issues, channel, you } = demoViewSchema.parse((await aDemo()).view());
    expect([channel, you, issues]).toEqual(['support', 'alice', []]);
    expect(messages.map(({ author }) => author)).toEqual(['bob', 'carol', 'bob', 'AI Ticket Agent']);
    expect(wordsOf(messages.at(-1))).toContain('Type /ticket and what is wrong');
    expect(messages.map(({ ts }) => Number(ts))).toEqual(
      messages.map(({ ts }) => Number(ts)).toSorted((a, b) => a - b),
    );
  });
});

describe('a line that alice sends', () => {
  it('without a slash is her message to everybody, just as she typed it', async () => {
    const demo = await aDemo();
    await demo.type(' a <b> & @bob: /ticket is not meant ');
    const [message] = demo.view().messages.slice(-1);
    expect(message).toMatchObject({ author: 'alice', isApp: false, onlyYou: false });
    expect(wordsOf(message)).toBe('a <b> & @bob: /ticket is not meant');
    expect(message?.blocks[0]).toMatchObject({ text: [{}, { kind: 'mention', text: '@bob' }, {}] });
  });

  it('with nothing in it is not sent', async () => {
    const demo = await aDemo();
    await demo.type('   ');
    expect(demo.view().messages).toHaveLength(4);
  });

  it('with a command that nobody has is answered by Slackbot, to her alone', async () => {
    const demo = await aDemo();
    await demo.type('/tickets VPN is down');
    const [answer] = demo.view().messages.slice(-1);
    expect(answer).toMatchObject({ author: 'Slackbot', onlyYou: true });
    expect(wordsOf(answer)).toMatch(/^\/tickets is not a valid command\./);
  });

  it('with a command fails while no app is connected, and says where to look', async () => {
    const demo = await aDemo();
    await expect(demo.type('/ticket VPN is down')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('page Status'),
    });
  });
});

it('alice sees what the app writes to her alone, and not what it writes to others', async () => {
  const demo = await aDemo();
  for (const channel of ['U01ALICE001', 'U01BOB00001']) {
    const response = await fetch(`${demo.env['SLACK_API_URL']}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${demo.env['SLACK_BOT_TOKEN']}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel, text: `For ${channel}` }),
    });
    expect(await response.json()).toMatchObject({ ok: true });
  }
  expect(demo.view().messages).toHaveLength(4);
  expect(demo.view().direct.map(wordsOf)).toEqual(['For U01ALICE001']);
});

it('a click on a button that is not there is not found', async () => {
  const demo = await aDemo();
  const { ts = '' } = demo.view().messages.at(-1) ?? {};
  await expect(demo.click(ts, 'approve_ticket')).rejects.toMatchObject({ code: 'not_found' });
  await expect(demo.click('1.1', 'approve_ticket')).rejects.toMatchObject({ code: 'not_found' });
});

describe('tickets of earlier runs', () => {
  const decision = { status: 'approved', by: 'U01ALICE001', at: '2026-01-02T03:05:00.000Z' } as const;
  const earlier = [
    aTicket({ requestId: 'a'.repeat(32), issueKey: null, issueId: null, step: 'received' }),
    aTicket({ requestId: 'b'.repeat(32), issueKey: 'KAN-9', issueId: '20009', decision, step: 'done' }),
    aTicket({ requestId: 'c'.repeat(32), issueKey: 'KAN-12', issueId: '20012', step: 'announced', text: 'a\n\nb' }),
  ];

  it('have their issues in Jira again, with the decision and what the app knows them by', async () => {
    const demo = await aDemo({ earlier });
    const { issues, messages } = demoViewSchema.parse(demo.view());
    expect(issues.map(({ key }) => key)).toEqual(['KAN-12', 'KAN-9']);
    expect(demo.view().isDecided).toBe(true);
    expect(issues[0]).toMatchObject({
      summary: 'VPN drops every ten minutes',
      issueType: 'Bug',
      status: { name: 'To Do', category: 'new' },
      reporter: 'Demo Account',
      description: ['a', 'b'],
      labels: ['ticket-agent'],
      createdAt: '2026-01-02T03:04:05.678Z',
    });
    expect(wordsOf(messages.at(-1))).toMatch(/^Welcome back\./);
    const { JIRA_BASE_URL, JIRA_EMAIL, JIRA_API_TOKEN } = demo.env;
    const authorization = `Basic ${Buffer.from(`${JIRA_EMAIL}:${JIRA_API_TOKEN}`).toString('base64')}`;
    const property = `${JIRA_BASE_URL}/rest/api/3/issue/KAN-9/properties/ticket-agent`;
    expect(await (await fetch(property, { headers: { authorization } })).json()).toMatchObject({
      value: {
        requestId: 'b'.repeat(32),
        decision,
        requester: { id: 'U1', name: 'ana' },
        channel: { id: 'C1', name: 'help' },
      },
    });
  });

  it('have their issues in a Data Center again, where that is played, with their words as they were', async () => {
    const text = 'A *star* and {code}\n\nin C:\\temp';
    const own = earlier.map((ticket) => ({ ...ticket, text }));
    const demo = await aDemo({ deployment: 'datacenter', earlier: own });
    expect(demo.env).not.toHaveProperty('JIRA_EMAIL');
    const { JIRA_BASE_URL = '', JIRA_API_TOKEN } = demo.env;
    expect(JIRA_BASE_URL).toMatch(/\/jira$/);
    const server = await (await fetch(`${JIRA_BASE_URL}/rest/api/2/serverInfo`)).json();
    expect(server).toMatchObject({ deploymentType: 'Server', baseUrl: JIRA_BASE_URL });
    const headers = { authorization: `Bearer ${JIRA_API_TOKEN}` };
    const issue = await fetch(`${JIRA_BASE_URL}/rest/api/2/issue/KAN-12`, { headers });
    expect(await issue.json()).toMatchObject({ fields: { description: expect.stringContaining('\\*star\\*') } });
    const { issues } = demoViewSchema.parse(demo.view());
    expect(issues[0]).toMatchObject({ key: 'KAN-12', description: ['A *star* and {code}', 'in C:\\temp'] });
    const page = await (await fetch(`${JIRA_BASE_URL}/browse/KAN-12`)).text();
    expect(page).toContain('<p>A *star* and {code}</p>');
  });

  it('have the messages that they stand on again, where their announcement finds its thread', async () => {
    const ts = '1795959899.507123';
    const sourceMessage = { ts, threadTs: ts, author: 'U01CAROL001', authorName: null, url: null };
    const place = {
      channel: 'C01SUPPORT1',
      text: 'Here too, on the whole second floor. Has anybody written a ticket?',
    };
    const ticket = aTicket({ issueKey: 'KAN-1', step: 'announced', sourceMessage, ...place });
    const hers = '1795959899.507124';
    const direct = aTicket({
      ...{ requestId: 'd'.repeat(32), issueKey: 'KAN-2', step: 'announced', channel: 'D01ALICE001', text: 'My screen' },
      sourceMessage: { ...sourceMessage, ts: hers, threadTs: hers, author: 'U01ALICE001' },
    });
    const demo = await aDemo({ earlier: [ticket, direct] });
    const { messages, direct: directMessages } = demo.view();
    const carols = messages.filter(({ author }) => author === 'carol');
    expect(carols.map((message) => [message.ts, wordsOf(message)])).toEqual([[ts, place.text]]);
    expect(directMessages.map(({ author, ts }) => [author, ts])).toEqual([['alice', hers]]);
  });

  it('get the address that their issues have in this run, and open ones are announced once more', async () => {
    const updates: unknown[] = [];
    const demo = await aDemo({ earlier, update: async (...update) => updates.push(update) });
    const page = (key: string) => ({ issueUrl: `${demo.env['JIRA_BASE_URL']}/browse/${key}` });
    expect(updates).toEqual([
      ['b'.repeat(32), page('KAN-9')],
      ['c'.repeat(32), page('KAN-12')],
      ['c'.repeat(32), { step: 'created', announcement: null }],
    ]);
    expect((await fetch(page('KAN-12').issueUrl)).status).toBe(200);
  });
});

describe.each(['cloud', 'datacenter'] as const)('with the app at work, and Jira %s', (deployment) => {
  it('a ticket becomes an issue and an announcement, and a click decides it', async () => {
    const world = await aWorld();
    const demo = await aDemo({ deployment });
    await world.desk({ settings: settingsFor(demo, world.settings) });
    await demo.type('/ticket The VPN drops\nevery ten minutes');
    const asked = await demo.until(({ messages }) => messages.some(withButton('approve_ticket')));
    const said = asked.messages.slice(4);
    expect(said.map(({ author, onlyYou }) => [author, onlyYou])).toEqual([
      ['AI Ticket Agent', true],
      ['AI Ticket Agent', false],
    ]);
    expect(wordsOf(said[0])).toBe('Creating your ticket...');
    expect(asked.issues).toMatchObject([{ key: 'KAN-1', summary: 'The VPN drops', issueType: 'Bug' }]);
    // Until it was seen what a Data Center keeps, the request has a label of its own there.
    expect(asked.issues[0]?.labels).toHaveLength(deployment === 'cloud' ? 1 : 2);
    expect(asked.issues[0]?.labels).toContain('ticket-agent');
    expect(asked.issues[0]?.description[0]).toBe('The VPN drops\nevery ten minutes');

    await demo.click(said[1]?.ts ?? '', 'approve_ticket');
    const decided = await demo.until(({ isDecided }) => isDecided);
    expect(decided.messages.some(withButton('approve_ticket'))).toBe(false);
    expect(wordsOf(decided.messages.at(-1))).toContain('Approved by @alice today at');

    await demo.type('/ticket_status kan-1');
    const { messages } = await demo.until((view) => view.messages.length > decided.messages.length);
    expect(messages.at(-1)).toMatchObject({ onlyYou: true });
    expect(wordsOf(messages.at(-1))).toMatch(/^KAN-1 {2}The VPN drops\n/);
  });

  it('a ticket that was open when the last run ended can be approved in the new one', async () => {
    const world = await aWorld();
    const first = await aDemo({ deployment });
    const before = await world.desk({ settings: settingsFor(first, world.settings) });
    await first.type('/ticket The VPN drops');
    const ticket = await theTicket(before.log, ({ step }) => step === 'announced');
    await before.stop();
    await first.close();

    const log = await createTicketLog({ file: join(world.dataDir, 'tickets.db') });
    const second = await aDemo({ deployment, earlier: [ticket], update: log.update });
    await log.close();
    await world.desk({ settings: settingsFor(second, world.settings) });
    const { messages } = await second.until((view) => view.messages.some(withButton('approve_ticket')));
    await second.click(messages.find(withButton('approve_ticket'))?.ts ?? '', 'approve_ticket');
    const { issues } = await second.until(({ isDecided }) => isDecided);
    expect(issues.map(({ key }) => key)).toEqual(['KAN-1']);
    await second.type('/ticket Another one');
    await second.until((view) => view.issues[0]?.key === 'KAN-2');
  });
});
