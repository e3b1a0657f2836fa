import { WebClient } from '@slack/web-api';
import PQueue from 'p-queue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createServiceGuard, type ServiceGuard } from '../../../electron/network/service-guard.ts';
import { createMessenger } from '../../../electron/slack/messenger.ts';
import { createPacing } from '../../../electron/slack/pacing.ts';
import { createResponder } from '../../../electron/slack/responder.ts';
import { webOptions } from '../../../electron/slack/web-options.ts';
import { usualChannelRules } from '../../../shared/channel-rules.ts';
import { AppError } from '../../../shared/errors.ts';
import { noMessages } from '../../fakes/message-reader.ts';
import { aTicket } from '../../fakes/ticket.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A messenger behind a guard, and a Slack that answers so. */
function aMessenger(
  answer: (address: string, body: string) => Response,
  guard: ServiceGuard['execute'] = (request) => request(),
) {
  const apiUrl = 'https://slack.example/api/';
  const asked: string[] = [];
  const fetch = async (address: unknown, init?: { body?: unknown }) => {
    asked.push(String(address).replace(apiUrl, ''));
    return answer(String(address), String(init?.body));
  };
  const messenger = createMessenger({
    web: new WebClient('xoxb-1', webOptions(apiUrl, fetch)),
    responder: createResponder({ apiUrl, fetch }),
    pacing: createPacing(1_000),
    guard,
    botName: () => 'ticket_agent',
    channelRules: () => usualChannelRules,
    reader: noMessages,
  });
  return { messenger, asked };
}
const posted = () => Response.json({ ok: true, channel: 'C1', ts: '1.000001' });
const failed = () => new Response('', { status: 503 });
const outcomes = <T>(all: Promise<T>[]) => Promise.allSettled(all);

describe('a Slack that is in trouble', () => {
  const aGuard = () =>
    createServiceGuard({ name: 'Slack', pausesAll: false, probe: async () => {}, probeDelayMs: () => 60_000 });

  it('is spared the posts that wait for their turn already', async () => {
    const { messenger, asked } = aMessenger(failed, aGuard().execute);
    const all = outcomes(Array.from({ length: 100 }, () => messenger.announce(aTicket())));
    await vi.advanceTimersByTimeAsync(6_000);
    for (const { status } of await all) expect(status).toBe('rejected');
    expect(asked).toHaveLength(5);
  });

  it('is asked for other things while posts wait for their turn', async () => {
    const guard = aGuard();
    let answer = failed;
    const { messenger, asked } = aMessenger(() => answer(), guard.execute);
    const where = { via: 'channel', channel: 'C1', ts: '1.000001' } as const;
    const broken = Array.from({ length: 5 }, () => messenger.permalink(aTicket({ announcement: where })));
    await outcomes(broken);
    answer = posted;
    await vi.advanceTimersByTimeAsync(60_000);
    // The second waits for its turn.
    const announced = [messenger.announce(aTicket()), messenger.announce(aTicket())];
    await announced[0];
    await messenger.permalink(aTicket({ announcement: where }));
    expect(asked.slice(5)).toEqual(['chat.postMessage', 'chat.getPermalink']);
    await vi.advanceTimersByTimeAsync(1_000);
    await announced[1];
  });
});

it('a post that waits for its turn is not under way: it stops with everything else, and goes on with it', async () => {
  const work = new PQueue();
  const { messenger, asked } = aMessenger(posted, (request) => work.add(request));
  const all = [messenger.announce(aTicket()), messenger.announce(aTicket())];
  await all[0];
  work.pause();
  await work.onPendingZero();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toHaveLength(1);
  work.start();
  await all[1];
  expect(asked).toHaveLength(2);
});

describe('a reply to the requester alone', () => {
  const responseUrl = 'https://slack.example/response/1';
  const ticket = aTicket({ responseUrl, issueKey: null });
  const failure = new AppError('unavailable', 'Jira cannot be reached.');

  it.each([
    [429, 'rate_limited'],
    [500, 'unconfirmed'],
    [503, 'unconfirmed'],
  ])('that may be sent again after a %i is not sent in another way beside that', async (status, code) => {
    const { messenger, asked } = aMessenger(() => new Response('', { status }));
    await expect(messenger.explain(ticket, failure)).rejects.toMatchObject({ code });
    expect(asked).toEqual([responseUrl]);
  });

  it.each([403, 404, 410])('that the address does not take (%i) comes as a direct message', async (status) => {
    const { messenger, asked } = aMessenger((address) =>
      address === responseUrl ? new Response('', { status }) : posted(),
    );
    await messenger.explain(ticket, failure);
    expect(asked).toEqual([responseUrl, 'chat.postMessage']);
  });
});

it('an ephemeral message is replaced by its address, with the decision in it, and only while there is one', async () => {
  const bodies: string[] = [];
  const { messenger } = aMessenger((_, body) => {
    bodies.push(body);
    return posted();
  });
  const decided = aTicket({
    announcement: { via: 'response_url', channel: null, ts: null },
    responseUrl: 'https://slack.example/response/1',
    ...{ issueKey: 'KAN-7', status: 'approved' },
    decision: { status: 'approved', by: 'UDECIDER', at: '2026-01-02T03:00:00.000Z' },
  });
  await messenger.showDecision(decided);
  expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ replace_original: true, text: expect.stringContaining('KAN-7') });
  expect(bodies[0]).toContain('UDECIDER');
  await messenger.showDecision({ ...decided, responseUrl: null });
  expect(bodies).toHaveLength(1);
});

describe('a message that is looked for', () => {
  const createdAt = '2026-01-02T03:00:00.000Z';
  const ticket = aTicket({ createdAt });
  /** Slack's `ts` so many hours after the request. */
  const hoursLater = (hours: number) => String(Date.parse(createdAt) / 1000 + hours * 3_600);
  const page = (messages: object[]) => ({ ok: true, messages, response_metadata: { next_cursor: 'next' } });

  it('may be there all the same where it is not on the pages which are looked through', async () => {
    const { messenger, asked } = aMessenger(() => Response.json(page([{ ts: hoursLater(1) }])));
    await expect(messenger.findAnnouncement(ticket)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('So much was written in this channel'),
    });
    expect(asked).toHaveLength(20);
  });

  it('is not there where nothing is on pages that go back behind the request', async () => {
    const { messenger, asked } = aMessenger(() => Response.json(page([{ ts: hoursLater(-1) }])));
    expect(await messenger.findAnnouncement(ticket)).toBeNull();
    expect(asked).toHaveLength(20);
  });

  it.each([-12, -1, 1, 12])('is found where Slack’s clock is %i hours from ours', async (hours) => {
    const metadata = { event_payload: { request_id: ticket.requestId } };
    const pages = [page([{ ts: hoursLater(hours + 1) }]), page([{ ts: hoursLater(hours), metadata }])];
    const { messenger } = aMessenger(() => Response.json(pages.shift()));
    expect(await messenger.findAnnouncement(ticket)).toMatchObject({ via: 'channel', ts: hoursLater(hours) });
  });
});
