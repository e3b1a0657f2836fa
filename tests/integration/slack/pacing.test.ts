import { WebClient } from '@slack/web-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMessenger } from '../../../electron/slack/messenger.ts';
import { createPacing } from '../../../electron/slack/pacing.ts';
import { createResponder } from '../../../electron/slack/responder.ts';
import { webOptions } from '../../../electron/slack/web-options.ts';
import { usualChannelRules } from '../../../shared/channel-rules.ts';
import { createSlackWorkspace } from '../../../stand-ins/slack/workspace.ts';
import { noMessages } from '../../fakes/message-reader.ts';
import { aTicket } from '../../fakes/ticket.ts';

/**
 * A messenger with this pause between messages, in a workspace that takes 20 a second and channel and no burst: Slack's
 * limit, 20 times as fast.
 */
async function aMessenger(intervalMs: number) {
  const slack = await createSlackWorkspace({
    users: [{ id: 'U1', name: 'ana' }],
    channels: [
      { id: 'C1', name: 'one' },
      { id: 'C2', name: 'two' },
    ],
    quota: { perSecond: 20, burst: 1 },
  });
  onTestFinished(() => slack.close());
  const { apiUrl, botToken } = slack;
  const messenger = createMessenger({
    web: new WebClient(botToken, webOptions(apiUrl, fetch)),
    responder: createResponder({ apiUrl, fetch }),
    pacing: createPacing(intervalMs),
    guard: (request) => request(),
    botName: () => 'ticket_agent',
    channelRules: () => usualChannelRules,
    reader: noMessages,
  });
  const announce = (number: number, channel: string) =>
    messenger.announce(aTicket({ requestId: `r${number}`, channel, issueKey: `KAN-${number}` }));
  const posted = (channel: string) => slack.messages(channel).map(({ text }) => /KAN-\d+/.exec(text)?.[0]);
  return { slack, messenger, announce, posted };
}

describe('at a pace of 52 ms where Slack wants 50 (1,050 ms where it wants 1,000),', () => {
  it('five announcements into one channel and three into another provoke no 429', async () => {
    const { announce, posted } = await aMessenger(52);
    const one = [1, 2, 3, 4, 5].map((number) => announce(number, 'C1'));
    const two = [6, 7, 8].map((number) => announce(number, 'C2'));
    await Promise.all([...one, ...two]);
    expect(posted('C1')).toEqual(['KAN-1', 'KAN-2', 'KAN-3', 'KAN-4', 'KAN-5']);
    expect(posted('C2')).toEqual(['KAN-6', 'KAN-7', 'KAN-8']);
  });

  it('direct messages to one person provoke none either', async () => {
    const { slack, messenger } = await aMessenger(52);
    await Promise.all(['1', '2', '3'].map((code) => messenger.sendCode('U1', code)));
    expect(slack.messages()).toHaveLength(3);
  });
});

it('without a pace the same announcements meet 429, so the workspace does count', async () => {
  const { announce } = await aMessenger(0);
  const announced = await Promise.allSettled([1, 2, 3, 4, 5].map((number) => announce(number, 'C1')));
  const refusals = announced.filter((each) => each.status === 'rejected').map(({ reason }) => reason);
  expect(refusals).not.toEqual([]);
  for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'rate_limited', retryAfterMs: 1_000 });
});
