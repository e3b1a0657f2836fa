import { SocketModeClient } from '@slack/socket-mode';
import { WebClient } from '@slack/web-api';
import { createMessenger } from '../../electron/slack/messenger.ts';
import { createPacing } from '../../electron/slack/pacing.ts';
import { createResponder } from '../../electron/slack/responder.ts';
import { usualChannelRules } from '../../shared/channel-rules.ts';
import { createSlackWorkspace } from '../../stand-ins/slack/workspace.ts';
import { noMessages } from '../fakes/message-reader.ts';
import { createFakeMessenger } from '../fakes/messenger.ts';
import { aTicket } from '../fakes/ticket.ts';
import { messengerContract } from './messenger.ts';

messengerContract('the fake', async () => {
  const messenger = createFakeMessenger();
  messenger.closedChannels.add('CCLOSED');
  messenger.strangers.add('U0NOBODY');
  return {
    messenger,
    person: 'U1',
    stranger: 'U0NOBODY',
    async occupy(place) {
      messenger.holdChannel(place === 'open' ? 'COPEN' : 'U1');
    },
    ticket: (place, change) => aTicket({ channel: place === 'open' ? 'COPEN' : 'CCLOSED', ...change }),
    seen: () => messenger.messages.map(({ to, hasButtons, text }) => ({ to, hasButtons, text })),
    async stop() {},
  };
});

messengerContract('the one on Slack', async () => {
  const slack = await createSlackWorkspace({
    users: [{ id: 'U1', name: 'ana' }],
    channels: [
      { id: 'COPEN', name: 'open' },
      { id: 'CCLOSED', name: 'closed', isMember: false },
    ],
  });
  const web = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  const socket = new SocketModeClient({
    appToken: slack.appToken,
    autoReconnectEnabled: false,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  await socket.start();
  const responseUrls: Record<string, string> = {};
  socket.on('slash_commands', ({ ack, body }) => {
    responseUrls[body.channel_id] = body.response_url;
    void ack();
  });
  for (const channel of ['COPEN', 'CCLOSED']) await slack.slash('/ticket', 'VPN', { user: 'U1', channel });
  const responder = createResponder({ apiUrl: slack.apiUrl, fetch });
  const messenger = createMessenger({
    web,
    responder,
    pacing: createPacing(),
    guard: (request) => request(),
    botName: () => 'ticket_agent',
    channelRules: () => usualChannelRules,
    reader: noMessages,
  });
  return {
    messenger,
    person: 'U1',
    stranger: 'U0NOBODY',
    async occupy(place) {
      if (place === 'open') await messenger.announce(aTicket({ channel: 'COPEN' }));
      else await messenger.sendCode('U1', '493-217');
    },
    ticket: (place, change) => {
      const channel = place === 'open' ? 'COPEN' : 'CCLOSED';
      return aTicket({ channel, responseUrl: responseUrls[channel] ?? null, ...change });
    },
    seen: () =>
      slack.messages().map(({ channel, ephemeralTo, blocks, text }) => ({
        to: ephemeralTo === null && !channel.startsWith('D') ? 'channel' : 'requester',
        hasButtons: JSON.stringify(blocks).includes('"actions"'),
        text: `${text} ${JSON.stringify(blocks)}`,
      })),
    async stop() {
      await socket.disconnect();
      await slack.close();
    },
  };
});
