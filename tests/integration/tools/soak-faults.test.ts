import { describe, expect, it, onTestFinished } from 'vitest';
import { createJiraSite } from '../../../stand-ins/jira/site.ts';
import { createSlackWorkspace } from '../../../stand-ins/slack/workspace.ts';
import { type FaultName, faultNames, setFault } from '../../../tools/soak/faults.ts';
import { announcedRequests, finalWords } from '../../../tools/soak/found.ts';
import { patienceMs } from '../../patience.ts';

/** A scene whose moments the test makes come, with a Slack and a Jira to ask. */
async function aScene(name: FaultName) {
  const [slack, jira] = await Promise.all([createSlackWorkspace({ ackTimeoutMs: patienceMs }), createJiraSite()]);
  onTestFinished(async () => void (await Promise.all([slack.close(), jira.close()])));
  const moments: { delayMs: number; work: () => void | Promise<void> }[] = [];
  const words: string[] = [];
  const struck = setFault(name, {
    slack,
    jira,
    upTo: () => 0,
    later: (delayMs, work) => void moments.push({ delayMs, work }),
    repeatCommands: () => () => 0,
    poison: (word) => void words.push(word),
    approveFirst: () => void words.push('approved'),
  });
  const authorization = `Basic ${Buffer.from(`${jira.email}:${jira.apiToken}`).toString('base64')}`;
  const askJira = (path: string, method = 'GET', body: unknown = undefined) =>
    fetch(`${jira.baseUrl}/rest/api/3/${path}`, {
      method,
      redirect: 'manual',
      headers: { authorization, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    }).then(
      ({ status }) => status,
      () => 0,
    );
  return {
    slack,
    jira,
    words,
    struck,
    moments: () => moments.toSorted((one, other) => one.delayMs - other.delayMs),
    create: (summary: string) =>
      askJira('issue', 'POST', { fields: { project: { key: 'KAN' }, issuetype: { name: 'Task' }, summary } }),
    askJira,
    async askSlack(method: string): Promise<string> {
      const headers = {
        authorization: `Bearer ${method === 'apps.connections.open' ? slack.appToken : slack.botToken}`,
      };
      const answer = await fetch(slack.apiUrl + method, { method: 'POST', headers, redirect: 'manual' });
      return answer.text();
    },
  };
}

const having = (beginning: string) => faultNames.filter((name) => name.startsWith(beginning));

describe('a fault of the soak that lasts', () => {
  it.each(having('one ticket:').filter((name) => !name.includes('property')))(
    '"%s" keeps one ticket out of Jira, and no other',
    async (name) => {
      const { words, struck, create, askJira, jira } = await aScene(name);
      expect(words).toHaveLength(1);
      expect(await create(`the VPN drops ${words[0]}`)).not.toBe(201);
      expect(await create(`the VPN drops ${words[0]}`)).not.toBe(201);
      expect(await create('the VPN drops')).toBe(201);
      expect(await askJira('myself')).toBe(200);
      expect(jira.issues).toHaveLength(1);
      expect(struck()).toBe(2);
    },
  );

  it('keeps decisions out of Jira for ever', async () => {
    const { words, struck, create, askJira, jira } = await aScene('one ticket: property page');
    expect(words).toEqual(['approved']);
    expect(await create('the VPN drops')).toBe(201);
    expect(await askJira('issue/KAN-1/properties/ticket-agent', 'PUT', {})).toBe(403);
    expect(await askJira('issue/KAN-1')).toBe(200);
    expect(jira.issues[0]?.properties).toEqual({});
    expect(struck()).toBe(1);
  });

  const others = /^(Jira: refuses connections|Data Center: limit.*)$/;
  it.each(
    [...having('Jira: '), ...having('Data Center: '), ...having('portal: ')].filter((name) => !others.test(name)),
  )('"%s" stands before all of Jira for a time', async (name) => {
    const { struck, moments, create, askJira, askSlack } = await aScene(name);
    const [begin, end] = moments();
    expect(await askJira('myself')).toBe(200);
    await begin?.work();
    await askJira('myself');
    expect(await create('the VPN drops')).not.toBe(201);
    expect(struck()).toBe(2);
    const reachesSlack = (await askSlack('auth.test')).includes('"ok":true');
    expect(reachesSlack).toBe(!name.startsWith('portal'));
    await end?.work();
    expect(await create('the VPN drops')).toBe(201);
    expect(await askSlack('auth.test')).toContain('"ok":true');
  });

  it.each(having('Slack: '))('"%s" refuses what it names, for a time', async (name) => {
    const { struck, moments, askSlack } = await aScene(name);
    const [begin, end] = moments();
    const ask = async () =>
      Promise.all(
        ['auth.test', 'apps.connections.open'].map(async (method) => (await askSlack(method)).includes('"ok":true')),
      );
    await begin?.work();
    const first = await ask();
    await askSlack('chat.postMessage');
    expect(struck()).toBeGreaterThan(0);
    expect(first).toEqual([!/auth\.test|page/.test(name), !/connection|page/.test(name)]);
    await end?.work();
    expect(await ask()).toEqual([true, true]);
  });
});

describe('what the soak finds in Slack', () => {
  it('is the message of a ticket, decided or not', async () => {
    const slack = await createSlackWorkspace({ ackTimeoutMs: patienceMs });
    onTestFinished(slack.close);
    const request = 'a'.repeat(32);
    const call = (method: string, body: object) =>
      fetch(slack.apiUrl + method, {
        method: 'POST',
        headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ channel: 'C01SUPPORT1', ...body }),
      });
    const metadata = { event_type: 'ticket_agent', event_payload: { request_id: request } };
    const value = JSON.stringify({ request, key: 'KAN-1', user: '' });
    const button = {
      type: 'button',
      action_id: 'approve_ticket',
      text: { type: 'plain_text', text: 'Approve' },
      value,
    };
    await call('chat.postMessage', { text: 'KAN-1', metadata, blocks: [{ type: 'actions', elements: [button] }] });
    await call('chat.postMessage', { text: 'something else' });
    expect(announcedRequests(slack)).toEqual([{ requestId: request, isPrivate: false }]);
    const section = { type: 'section', text: { type: 'mrkdwn', text: 'approved' } };
    await call('chat.update', { ts: slack.messages()[0]?.ts, text: 'KAN-1 approved', blocks: [section] });
    expect(announcedRequests(slack)).toEqual([{ requestId: request, isPrivate: false }]);
  });

  it('is the words that a ticket is not made, and no others', async () => {
    const slack = await createSlackWorkspace({ ackTimeoutMs: patienceMs });
    onTestFinished(slack.close);
    const to = { user: 'alice', channel: 'support' };
    const final = 'Your ticket could not be created: Jira refused it.\n>the VPN drops';
    slack.whisper(final, to);
    slack.whisper('Your ticket is saved, but not created yet: Jira is away.\n>the VPN drops', to);
    slack.whisper('Creating your ticket...', to);
    slack.say(final, to);
    expect(finalWords(slack)).toEqual([final]);
  });
});
