import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Messenger } from '../../electron/tickets/ports/messenger.ts';
import { AppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';

/** What a person sees. */
export interface SeenMessage {
  to: 'channel' | 'requester';
  hasButtons: boolean;
  /** All its words, as one text. */
  text: string;
}

/** A messenger with one open and one closed channel, and what people see of its work. */
export interface MessengerUnderTest {
  messenger: Messenger;
  /** A ticket whose requester asked in the open or in the closed channel and can be reached there. */
  ticket(place: 'open' | 'closed', change?: Partial<Ticket>): Ticket;
  /** Ids of somebody who can be written to, and of nobody. */
  person: string;
  stranger: string;
  /** Others have their turn in the open channel, or with the requester, first: what is to be said there waits. */
  occupy(place: 'open' | 'requester'): Promise<void>;
  seen(): SeenMessage[];
  stop(): Promise<void>;
}

/** What every messenger does, whatever carries its words. */
export function messengerContract(name: string, make: () => Promise<MessengerUnderTest>): void {
  describe(`${name}, as a messenger,`, () => {
    let made: MessengerUnderTest;
    beforeEach(async () => {
      made = await make();
    });
    afterEach(() => made.stop());

    const failure = new AppError('unavailable', 'Jira cannot be reached.');
    const decision = { status: 'approved', by: 'U0DECIDER', at: '2026-01-02T04:00:00.000Z' } as const;

    it('announces in the channel and says where', async () => {
      const ticket = made.ticket('open');
      const announcement = await made.messenger.announce(ticket);
      expect(announcement).toMatchObject({ via: 'channel', channel: ticket.channel, ts: expect.any(String) });
      expect(made.seen()).toEqual([{ to: 'channel', hasButtons: true, text: expect.stringContaining('KAN-7') }]);
    });

    it('announces to the requester alone where the channel is closed to it', async () => {
      const announcement = await made.messenger.announce(made.ticket('closed'));
      expect(announcement).toEqual({ via: 'response_url', channel: null, ts: null });
      expect(made.seen()).toEqual([{ to: 'requester', hasButtons: true, text: expect.stringContaining('KAN-7') }]);
    });

    it('posts nothing where it is aborted while others have their turn', async () => {
      await made.occupy('open');
      const seen = made.seen();
      const stop = new AbortController();
      const announced = made.messenger.announce(made.ticket('open'), stop.signal);
      const reason = new Error('the program is stopping');
      stop.abort(reason);
      await expect(announced).rejects.toBe(reason);
      expect(made.seen()).toEqual(seen);
    });

    it('posts nothing where it was aborted before, to nobody', async () => {
      const reason = new Error('the program is stopping');
      const { messenger } = made;
      for (const ticket of [made.ticket('open'), made.ticket('closed')]) {
        await expect(messenger.announce(ticket, AbortSignal.abort(reason))).rejects.toBe(reason);
        await expect(messenger.announcePrivately(ticket, AbortSignal.abort(reason))).rejects.toBe(reason);
        await expect(messenger.explain(ticket, failure, AbortSignal.abort(reason))).rejects.toBe(reason);
      }
      expect(made.seen()).toEqual([]);
    });

    it('finds its announcement again, and none where there is none', async () => {
      const ticket = made.ticket('open');
      expect(await made.messenger.findAnnouncement(ticket)).toBeNull();
      const announcement = await made.messenger.announce(ticket);
      expect(await made.messenger.findAnnouncement(ticket)).toEqual(announcement);
    });

    it('says forbidden where it may not look for an announcement', async () => {
      await expect(made.messenger.findAnnouncement(made.ticket('closed'))).rejects.toMatchObject({ code: 'forbidden' });
    });

    it('gives the announcement to the requester alone when it is asked to', async () => {
      await made.messenger.announcePrivately(made.ticket('open'));
      expect(made.seen()).toEqual([{ to: 'requester', hasButtons: true, text: expect.stringContaining('KAN-7') }]);
    });

    it('rewrites the announcement with the decision and without buttons', async () => {
      const ticket = made.ticket('open');
      const announcement = await made.messenger.announce(ticket);
      await made.messenger.showDecision({ ...ticket, announcement, status: 'approved', decision });
      expect(made.seen()).toEqual([{ to: 'channel', hasButtons: false, text: expect.stringContaining('U0DECIDER') }]);
    });

    it('has nothing to rewrite where nothing was announced', async () => {
      await made.messenger.showDecision({ ...made.ticket('open'), status: 'approved', decision });
      expect(made.seen()).toEqual([]);
    });

    it('rewrites no message but the one that the ticket names', async () => {
      const ticket = made.ticket('open');
      await made.messenger.announce(ticket);
      await made.messenger.showDecision({ ...ticket, status: 'approved', decision });
      const gone = { via: 'channel', channel: ticket.channel, ts: '99.000001' } as const;
      const rewritten = made.messenger.showDecision({ ...ticket, announcement: gone, status: 'approved', decision });
      await expect(rewritten).rejects.toMatchObject({ code: 'not_found' });
      expect(made.seen()).toMatchObject([{ to: 'channel', hasButtons: true }]);
    });

    it('gives the address of its message, and none where there is no message for everybody', async () => {
      const ticket = made.ticket('open');
      expect(await made.messenger.permalink(ticket)).toBeNull();
      const announcement = await made.messenger.announce(ticket);
      const address = await made.messenger.permalink({ ...ticket, announcement });
      expect(address).toMatch(new RegExp(`^https://.+/archives/${ticket.channel}/p\\d+$`));
      const seenByOne = { via: 'response_url', channel: null, ts: null } as const;
      expect(await made.messenger.permalink({ ...ticket, announcement: seenByOne })).toBeNull();
    });

    it('says that a message is gone', async () => {
      const ticket = made.ticket('open', { announcement: { via: 'channel', channel: 'COPEN', ts: '99.000001' } });
      await expect(made.messenger.permalink(ticket)).rejects.toMatchObject({ code: 'not_found' });
    });

    it('sends a code to one person alone', async () => {
      await made.messenger.sendCode(made.person, '493-217');
      expect(made.seen()).toEqual([{ to: 'requester', hasButtons: false, text: expect.stringContaining('493-217') }]);
    });

    it('says that there is nobody to send a code to', async () => {
      await expect(made.messenger.sendCode(made.stranger, '493-217')).rejects.toMatchObject({ code: 'not_found' });
      expect(made.seen()).toEqual([]);
    });

    it('explains a failure to the requester alone', async () => {
      await made.messenger.explain(made.ticket('open', { issueKey: null }), failure);
      expect(made.seen()).toEqual([
        { to: 'requester', hasButtons: false, text: expect.stringContaining('Jira cannot be reached.') },
      ]);
    });

    it('explains nothing where it is aborted while the requester hears of other things', async () => {
      await made.occupy('requester');
      const seen = made.seen();
      const stop = new AbortController();
      const ticket = made.ticket('open', { issueKey: null, responseUrl: null });
      const explained = made.messenger.explain(ticket, failure, stop.signal);
      const reason = new Error('the program is stopping');
      stop.abort(reason);
      await expect(explained).rejects.toBe(reason);
      expect(made.seen()).toEqual(seen);
    });
  });
}
