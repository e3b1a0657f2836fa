import { createServer } from 'node:http';
import { LogLevel, WebClient } from '@slack/web-api';
import { expect, it, onTestFinished } from 'vitest';
import { createMessenger } from '../../../electron/slack/messenger.ts';
import { createPacing } from '../../../electron/slack/pacing.ts';
import { createResponder } from '../../../electron/slack/responder.ts';
import { routeTo, webOptions } from '../../../electron/slack/web-options.ts';
import { usualChannelRules } from '../../../shared/channel-rules.ts';
import { noMessages } from '../../fakes/message-reader.ts';
import { aTicket } from '../../fakes/ticket.ts';

/** Looks for a message in a channel of messages that have so many values each, the wanted one as the tenth. */
async function look(values: number) {
  const ticket = aTicket();
  const limits: number[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const limit = Number(new URLSearchParams(body).get('limit'));
    limits.push(limit);
    const messages = Array.from({ length: limit }, (_, index) => ({
      ts: String(Date.now() / 1000 - index),
      blocks: Array.from({ length: values }, () => 0),
      ...(index === 9 ? { metadata: { event_payload: { request_id: ticket.requestId } } } : {}),
    }));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, messages }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const apiUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/api/`;
  const { fetch } = routeTo(apiUrl);
  const messenger = createMessenger({
    web: new WebClient('xoxb-1', { ...webOptions(apiUrl, fetch), logLevel: LogLevel.ERROR }),
    responder: createResponder({ apiUrl, fetch }),
    pacing: createPacing(1),
    guard: (request) => request(),
    botName: () => 'ticket_agent',
    channelRules: () => usualChannelRules,
    reader: noMessages,
  });
  return { found: messenger.findAnnouncement(ticket), limits };
}

it('a message is found between others that have more in them than is read of a page', async () => {
  const { found, limits } = await look(1_000);
  expect(await found).toMatchObject({ via: 'channel' });
  expect(limits).toEqual([100, 15]);
});

it('a message cannot be looked for, rather than for ever, where even a small page is too much', async () => {
  const { found, limits } = await look(10_000);
  await expect(found).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('looked for') });
  expect(limits).toEqual([100, 15]);
});
