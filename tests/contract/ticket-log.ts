import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TicketClick } from '../../electron/tickets/clicks.ts';
import { storeClick, storeDecision } from '../../electron/tickets/clicks.ts';
import type { TicketLog } from '../../electron/tickets/ports/ticket-log.ts';
import { type NewRequest, typedRequest } from '../../electron/tickets/ports/ticket-store.ts';
import { AppError } from '../../shared/errors.ts';
import type { Classification, Decision, Ticket } from '../../shared/ticket.ts';
import type { TicketFilter } from '../../shared/ticket-list.ts';
import { labelAlone } from '../fakes/ticket.ts';

/** A request as the log is given it. */
export function aRequest(given: Partial<NewRequest> = {}): NewRequest {
  return {
    requestId: 'r1',
    team: 'T1',
    user: 'U1',
    userName: 'ann',
    channel: 'C1',
    channelName: 'help',
    text: 'the VPN is down',
    summary: 'the VPN is down',
    ...typedRequest,
    markup: null,
    responseUrl: 'https://hooks.slack.com/commands/1',
    ...given,
  };
}

/** Everything, but for what is named. */
export function aFilter(given: Partial<TicketFilter> = {}): TicketFilter {
  return { view: 'all', search: '', label: null, channel: null, user: null, ...given };
}

/** A click on a ticket's message, as the log is told of it. */
export function aClick(given: Partial<TicketClick> = {}): TicketClick {
  return {
    requestId: 'r1',
    team: 'T1',
    user: 'U1',
    channel: 'C1',
    issueKey: 'KAN-1',
    issueType: 'Bug',
    issueUrl: 'https://acme.example/browse/KAN-1',
    summary: 'the VPN is down',
    announcement: { via: 'channel', channel: 'C1', ts: '1700000000.000100' },
    responseUrl: 'https://hooks.slack.com/actions/1',
    ...given,
  };
}

export const classification: Classification = {
  label: 'Incident',
  confidence: 0.6,
  probabilities: { Task: 0.1, Bug: 0.1, Incident: 0.6, 'Feature Request': 0.1, Question: 0.1 },
  source: 'gguf',
  model: 'tiny.gguf',
  ms: 12.5,
};
export const approval: Decision = { status: 'approved', by: 'U2', at: '2025-01-01T00:01:00.000Z' };
const start = Date.parse('2025-01-01T00:00:00.000Z');

/** A log that a test is done with. Closed, it has finished the writes in hand and takes no more. */
export type ClosableLog = TicketLog & { close(): Promise<void> };
/** Gives an empty log on the given clock, in milliseconds since 1970. */
export type MakeLog = (now: () => number) => Promise<ClosableLog>;

/** What every ticket log does. `make` gives an empty one on the given clock (milliseconds since 1970). */
export function ticketLogContract(name: string, make: MakeLog): void {
  describe(`${name}, as a ticket log,`, () => {
    let time = start;
    let log: ClosableLog;
    beforeEach(async () => {
      time = start;
      log = await make(() => time);
    });
    afterEach(() => log.close());

    const receive = async (given: Partial<NewRequest> = {}, duplicateWithinMs = 0) =>
      log.receive(aRequest(given), { duplicateWithinMs });
    const ids = async () => (await log.list({ filter: aFilter(), limit: 200 })).map(({ requestId }) => requestId);

    it('stores a new request with the time and the first step', async () => {
      const { outcome, ticket } = await receive();
      const { label: _, ...taken } = aRequest();
      expect(outcome).toBe('new');
      expect(ticket).toEqual({
        ...taken,
        sent: null,
        claim: null,
        isUnsure: false,
        correction: null,
        id: 1,
        origin: 'desk',
        classification: null,
        issueType: null,
        wantedType: null,
        wantedProject: null,
        wantedFields: null,
        markup: null,
        door: 'command',
        sourceMessage: null,
        files: [],
        supplements: [],
        note: null,
        issueId: null,
        issueKey: null,
        issueUrl: null,
        status: 'received',
        step: 'received',
        decision: null,
        announcement: null,
        error: null,
        attempts: 0,
        nextTryAt: null,
        createdAt: '2025-01-01T00:00:00.000Z',
        updatedAt: '2025-01-01T00:00:00.000Z',
      });
      expect(await log.find('r1')).toEqual(ticket);
    });

    it('knows a request that comes again, whatever else it says', async () => {
      const { ticket } = await receive();
      time += 60_000;
      expect(await receive({ text: 'other' }, 10_000)).toEqual({ outcome: 'known', ticket });
      expect(await ids()).toEqual(['r1']);
    });

    it('files one request that comes twice at the same moment once', async () => {
      const receipts = await Promise.all([receive(), receive()]);
      expect(receipts.map(({ outcome }) => outcome)).toEqual(['new', 'known']);
    });

    it('answers the same words moments later with the first ticket', async () => {
      const { ticket } = await receive();
      time += 10_000;
      expect(await receive({ requestId: 'r2' }, 10_000)).toEqual({ outcome: 'duplicate', ticket });
      expect(await log.find('r2')).toBeNull();
    });

    it('sees a duplicate among requests that come together', async () => {
      const receipts = await Promise.all([receive({}, 10_000), receive({ requestId: 'r2' }, 10_000)]);
      expect(receipts.map(({ outcome, ticket }) => [outcome, ticket.requestId])).toEqual([
        ['new', 'r1'],
        ['duplicate', 'r1'],
      ]);
    });

    it('sees no duplicate in other words, places, people, later, when told not to look, or after a clock set back', async () => {
      await receive();
      const others: Array<[Partial<NewRequest>, number]> = [
        [{ text: 'the vpn is down' }, 10_000],
        [{ team: 'T2' }, 10_000],
        [{ user: 'U2' }, 10_000],
        [{ channel: 'C2' }, 10_000],
        [{}, 0],
      ];
      for (const [index, [given, within]] of others.entries()) {
        expect((await receive({ ...given, requestId: `other ${index}` }, within)).outcome).toBe('new');
      }
      time += 10_001;
      expect((await receive({ requestId: 'later' }, 10_000)).outcome).toBe('new');
      time -= 60_000;
      expect((await receive({ requestId: 'set back' }, 10_000)).outcome).toBe('new');
    });

    it('takes words as meant again after a failure', async () => {
      await receive();
      await log.update('r1', { status: 'failed' });
      expect((await receive({ requestId: 'r2' }, 10_000)).outcome).toBe('new');
    });

    it('takes as many tickets of a person within a minute as it is told, and says when the next may come', async () => {
      const file = (requestId: string, given: Partial<NewRequest> = {}) =>
        log.receive(aRequest({ requestId, text: requestId, ...given }), {
          duplicateWithinMs: 10_000,
          mostPerMinute: 3,
        });
      const burst = await Promise.allSettled(Array.from({ length: 30 }, (_, index) => file(`r${index}`)));
      expect(burst.map(({ status }) => status)).toEqual([...Array(3).fill('fulfilled'), ...Array(27).fill('rejected')]);
      expect(await ids()).toHaveLength(3);

      time += 20_000;
      await expect(file('one more')).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 40_000 });
      // What came before comes again, and other people file.
      expect((await file('r2')).outcome).toBe('known');
      expect((await file('by another', { user: 'U2' })).outcome).toBe('new');
      expect((await file('elsewhere', { team: 'T2' })).outcome).toBe('new');
      expect((await log.receive(aRequest({ requestId: 'no limit' }), { mostPerMinute: 0 })).outcome).toBe('new');
      time += 40_000;
      expect((await file('a minute later')).outcome).toBe('new');
    });

    it('counts neither what comes twice, nor duplicates, nor what others filed and a click told of', async () => {
      const file = (requestId: string, text: string) =>
        log.receive(aRequest({ requestId, text }), { duplicateWithinMs: 10_000, mostPerMinute: 2 });
      await storeDecision(log, aClick({ requestId: 'clicked' }), approval);
      const receipts = await Promise.all([file('r1', 'a'), file('r1', 'a'), file('duplicate', 'a'), file('r2', 'b')]);
      expect(receipts.map(({ outcome }) => outcome)).toEqual(['new', 'known', 'duplicate', 'new']);
      expect((await file('duplicate of the last', 'b')).outcome).toBe('duplicate');
      await expect(file('r3', 'c')).rejects.toMatchObject({ code: 'rate_limited' });
    });

    it('keeps nobody from filing after a clock was set, forth or back', async () => {
      const file = (requestId: string) =>
        log.receive(aRequest({ requestId, text: requestId }), { duplicateWithinMs: 10_000, mostPerMinute: 1 });
      await file('r1');
      time -= 3_600_000;
      await file('set back');
      time += 86_400_000;
      expect((await file('set forth')).outcome).toBe('new');
    });

    it('has one ticket for a message, whoever asks and by whatever door, unless another one is meant', async () => {
      const sourceMessage = {
        ts: '17.1',
        threadTs: '17.0',
        author: 'U7',
        authorName: 'Uma',
        url: 'https://acme.slack.com/archives/C1/p171',
      };
      const files = [{ id: 'F1', name: 'a.png', size: 12, url: 'https://files.slack.com/a.png', link: null }];
      const ask = (given: Partial<NewRequest>, mayRepeatMessage = false) =>
        log.receive(aRequest({ door: 'reaction', sourceMessage, files, ...given }), { mayRepeatMessage });
      const { ticket } = await ask({ requestId: 'r1' });
      expect(await log.find('r1')).toMatchObject({ door: 'reaction', sourceMessage, files });
      expect(await ask({ requestId: 'r2', user: 'U2', door: 'message' })).toEqual({ outcome: 'duplicate', ticket });
      expect((await ask({ requestId: 'r3', channel: 'C2' })).outcome).toBe('new');
      expect((await ask({ requestId: 'r4', team: 'T2' })).outcome).toBe('new');
      expect((await ask({ requestId: 'r5', sourceMessage: { ...sourceMessage, ts: '17.2' } })).outcome).toBe('new');
      expect((await ask({ requestId: 'r6' }, true)).outcome).toBe('new');
      expect((await ask({ requestId: 'r7' })).ticket.requestId).toBe('r6');
    });

    it('takes the label that who asked has chosen, with what they filled in', async () => {
      const { ticket } = await receive({ label: 'Incident', wantedFields: { duedate: '2026-12-24' } });
      const classification = { label: 'Incident', source: 'person', confidence: null };
      expect(ticket).toMatchObject({ step: 'classified', classification, wantedFields: { duedate: '2026-12-24' } });
    });

    it('does not go on by itself with what waits for fields', async () => {
      await receive();
      await log.update('r1', { step: 'needs_fields' });
      expect(await log.resumable()).toEqual([]);
      await log.update('r1', { step: 'classified' });
      expect(await log.resumable()).toMatchObject([{ requestId: 'r1' }]);
    });

    it('stores every part of a ticket', async () => {
      const { ticket } = await receive();
      const change = {
        summary: 'VPN down',
        classification,
        issueType: 'Task',
        wantedType: 'Service Request',
        wantedProject: 'OPS',
        wantedFields: { customfield_1: { value: 'red' }, duedate: '2026-12-24' },
        supplements: ['description', 'rest'],
        note: 'The project has no type Incident, so this is a Task.',
        issueId: '10001',
        issueKey: 'KAN-1',
        issueUrl: 'https://acme.atlassian.net/browse/KAN-1',
        status: 'created',
        step: 'announced',
        announcement: { via: 'channel', channel: 'C1', ts: '1700000000.000100' },
        error: { code: 'rate_limited', message: 'Slack asked us to wait.' },
        attempts: 2,
        nextTryAt: '2025-01-01T00:00:30.000Z',
      } as const;
      time += 1000;
      const changed = await log.update('r1', change);
      expect(changed).toEqual({ ...ticket, ...change, updatedAt: '2025-01-01T00:00:01.000Z' });
      expect(await log.find('r1')).toEqual(changed);
    });

    it('changes what is named, and can empty it', async () => {
      await receive();
      const before = await log.update('r1', { classification, error: { code: 'unavailable', message: 'x' } });
      const after = await log.update('r1', { error: null });
      expect(after).toEqual({ ...before, error: null });
      expect((await log.update('r1', { classification: null })).classification).toBeNull();
    });

    it('lets a change be decided on the row as it is when it is written', async () => {
      await receive();
      const oneMore = (ticket: Ticket) => ({ attempts: ticket.attempts + 1 });
      const both = await Promise.all([log.update('r1', oneMore), log.update('r1', oneMore)]);
      expect(both.map(({ attempts }) => attempts)).toEqual([1, 2]);
      const decided = storeDecision(log, aClick(), approval);
      const late = log.update('r1', ({ decision }) => (decision === null ? { summary: 'Undecided' } : null));
      expect(await late).toEqual((await decided).ticket);
      await expect(log.update('none', oneMore)).rejects.toMatchObject({ code: 'not_found' });
    });

    it('leaves a row as it is, and says nothing of it, where the change is null', async () => {
      const { ticket } = await receive();
      const events = await log.events('r1');
      time += 1000;
      expect(await log.update('r1', () => null)).toEqual(ticket);
      expect(await log.find('r1')).toEqual(ticket);
      expect(await log.events('r1')).toEqual(events);
    });

    it('does the other writes when a change cannot be decided', async () => {
      await receive();
      const [failed, written] = await Promise.allSettled([
        log.update('r1', () => {
          throw new AppError('invalid_input', 'No such label.');
        }),
        log.update('r1', { attempts: 1 }),
      ]);
      expect(failed).toMatchObject({
        status: 'rejected',
        reason: { code: 'invalid_input', message: 'No such label.' },
      });
      expect(written.status).toBe('fulfilled');
      expect(await log.find('r1')).toMatchObject({ attempts: 1 });
    });

    it('keeps a classification without figures', async () => {
      await receive();
      const none = labelAlone('Task');
      await log.update('r1', { classification: none });
      expect((await log.find('r1'))?.classification).toEqual(none);
    });

    it('keeps any text as it is', async () => {
      const text = `'; drop table ticket_logs; --\n"quoted" 100 % _ \\ <b>&amp;</b> ü 漢字 🎫 ${'x'.repeat(10_000)}`;
      await receive({ text });
      expect((await log.find('r1'))?.text).toBe(text);
    });

    it('says not_found for a request that it does not have', async () => {
      expect(await log.find('none')).toBeNull();
      await expect(log.update('none', { attempts: 1 })).rejects.toMatchObject({ code: 'not_found' });
    });

    it('does the other writes when one of those that came together cannot be done', async () => {
      const [failed, received] = await Promise.allSettled([log.update('none', { attempts: 1 }), receive()]);
      expect([failed.status, received.status]).toEqual(['rejected', 'fulfilled']);
      expect(await log.find('r1')).not.toBeNull();
    });

    it('lets the first decision stand', async () => {
      await receive();
      await log.update('r1', { status: 'created', step: 'announced' });
      time += 1000;
      const first = await storeDecision(log, aClick(), approval);
      expect(first).toMatchObject({
        accepted: true,
        ticket: { status: 'approved', decision: approval, step: 'announced', updatedAt: '2025-01-01T00:00:01.000Z' },
      });
      time += 1000;
      const second = await storeDecision(log, aClick(), { ...approval, status: 'rejected', by: 'U3' });
      expect(second).toEqual({ accepted: false, ticket: first.ticket });
      expect(await log.find('r1')).toEqual(first.ticket);
    });

    it('lets the click that came first stand, also where the other one was written first', async () => {
      await receive();
      await log.update('r1', { status: 'created', step: 'announced' });
      await storeDecision(log, aClick(), { ...approval, actionTs: '1735689600.000200' });
      const early = { ...approval, status: 'rejected', by: 'U3', actionTs: '1735689600.000100' } as const;
      expect(await storeDecision(log, aClick(), early)).toMatchObject({
        accepted: true,
        ticket: { status: 'rejected', decision: early, step: 'announced' },
      });
      const late = { ...approval, by: 'U4', actionTs: '1735689600.000300' };
      expect(await storeDecision(log, aClick(), late)).toMatchObject({ accepted: false, ticket: { decision: early } });
      expect((await log.find('r1'))?.decision).toEqual(early);
    });

    it('keeps where and when a create was sent, and that nobody knows what became of it', async () => {
      await receive();
      const sent = {
        site: 'https://acme.example',
        project: 'KAN',
        anchorKey: null,
        lookUntil: '2025-01-01T00:02:00.000Z',
      };
      await log.update('r1', { step: 'creating', sent });
      expect(await log.find('r1')).toMatchObject({ step: 'creating', sent });
      await log.update('r1', { step: 'unconfirmed', status: 'failed', sent: { ...sent, anchorKey: 'KAN-7' } });
      expect(await log.find('r1')).toMatchObject({ step: 'unconfirmed', sent: { anchorKey: 'KAN-7' } });
      expect(await log.resumable()).toEqual([]);
    });

    it('lists what another desktop may decide or have decided: what waits, and what was decided since', async () => {
      for (const requestId of ['no issue', 'waits', 'announcing', 'decided long ago', 'decided now', 'discarded']) {
        await receive({ requestId });
        if (requestId === 'no issue') continue;
        await log.update(requestId, { issueKey: 'KAN-1', status: 'created', step: 'announced' });
      }
      await log.update('announcing', { step: 'created' });
      await log.update('discarded', { step: 'done' });
      await storeDecision(log, aClick({ requestId: 'decided long ago' }), approval);
      time += 120_000;
      const now = { ...approval, at: new Date(time).toISOString() };
      await storeDecision(log, aClick({ requestId: 'decided now' }), now);
      const at = new Date(time - 1000).toISOString();
      const ids = async () => {
        const tickets = [await log.undecided({ after: null, limit: 10 }), await log.decidedSince({ at, limit: 10 })];
        return tickets.flat().map(({ requestId }) => requestId);
      };
      expect(await ids()).toEqual(['waits', 'decided now']);
      // What is written later, again and again, is no later decision.
      time += 60_000;
      await log.update('decided long ago', { responseUrl: 'https://hooks.slack.com/actions/2' });
      expect(await ids()).toEqual(['waits', 'decided now']);
      const all = { at: approval.at, limit: 10 };
      const decided = async (query: typeof all) => (await log.decidedSince(query)).map(({ requestId }) => requestId);
      expect(await decided(all)).toEqual(['decided now', 'decided long ago']);
      expect(await decided({ ...all, limit: 1 })).toEqual(['decided now']);
    });

    it('lists all that waits in turn, page by page', async () => {
      const issue = {
        ...{ id: '9', key: 'KAN-9', url: 'https://acme.example/browse/KAN-9', summary: 'Adopted', issueType: 'Task' },
        ...{ requestId: null, requester: null, channel: null, label: null, decision: null },
        createdAt: '2020-01-01T00:00:00.000Z',
      };
      const keys = ['KAN-1', 'KAN-2', 'KAN-3', 'KAN-4'];
      for (const issueKey of keys) await storeClick(log, aClick({ requestId: issueKey, issueKey, issueUrl: null }));
      await log.importIssues([issue]);
      const decision = { ...approval, at: new Date(time).toISOString() };
      await storeDecision(log, aClick({ requestId: 'KAN-2', issueKey: 'KAN-2' }), decision);
      const pages: Array<Array<string | null>> = [];
      for (let after: number | null = null; pages.at(-1)?.length !== 0; ) {
        const page: Ticket[] = await log.undecided({ after, limit: 2 });
        pages.push(page.map(({ issueKey }) => issueKey));
        after = page.at(-1)?.id ?? null;
      }
      expect(pages).toEqual([['KAN-1', 'KAN-3'], ['KAN-4', 'KAN-9'], []]);
    });

    it('keeps corrections, which are told without a person, and gives what a classifier can learn from them', async () => {
      const correction = {
        from: 'Bug',
        by: 'U2',
        at: '2025-01-01T00:00:01.000Z',
        via: 'slack',
        isTold: false,
      } as const;
      const classification = {
        label: 'Task',
        confidence: 0.3,
        probabilities: null,
        source: 'builtin',
        model: 'b',
        ms: 1,
      } as const;
      await receive();
      await receive({ requestId: 'r2', text: 'other words' });
      await log.update('r1', { classification, correction, isUnsure: true });
      expect(await log.find('r1')).toMatchObject({ correction, isUnsure: true });
      await log.update('r1', { issueKey: 'KAN-1', status: 'created', step: 'done' });
      await log.update('r2', { step: 'done' });
      expect((await log.resumable()).map(({ requestId }) => requestId)).toEqual(['r1']);
      await log.update('r1', { correction: { ...correction, isTold: true } });
      expect(await log.resumable()).toEqual([]);
      const { text } = aRequest();
      expect(await log.corrections(10)).toEqual([{ text, label: 'Task', at: correction.at }]);
      time += 1000;
      await log.prune({ textsBefore: new Date(time).toISOString(), ticketsBefore: null });
      expect(await log.corrections(10)).toEqual([]);
    });

    it('goes on with what an issue lacks, until a text that is pruned takes it away', async () => {
      await receive({ markup: '*VPN* is down' });
      await log.update('r1', { step: 'creating', supplements: ['description', 'rest'] });
      const ids = async () => (await log.resumable()).map(({ requestId }) => requestId);
      for (const step of ['announced', 'done'] as const) {
        await log.update('r1', { issueKey: 'KAN-1', status: 'created', step });
        expect(await ids()).toEqual(['r1']);
      }
      expect(await log.find('r1')).toMatchObject({ markup: '*VPN* is down', supplements: ['description', 'rest'] });
      time += 1000;
      await log.prune({ textsBefore: new Date(time).toISOString(), ticketsBefore: null });
      expect(await log.find('r1')).toMatchObject({ text: '', markup: null, supplements: [] });
      expect(await ids()).toEqual([]);
    });

    it('keeps that a text went to OpenAI', async () => {
      const cloud = { service: 'openai', model: 'gpt-4.1-mini', bytes: 27, at: '2025-01-01T00:00:00.000Z' } as const;
      const classification = {
        label: 'Bug',
        confidence: null,
        probabilities: null,
        source: 'builtin',
        model: 'b',
        ms: 1,
        cloud,
      } as const;
      await receive();
      await log.update('r1', { classification });
      expect((await log.find('r1'))?.classification).toEqual(classification);
    });

    it('knows a ticket by its issue, and learns one from a click', async () => {
      expect(await log.findByKey('KAN-1')).toBeNull();
      const learned = await storeClick(log, aClick());
      expect(learned).toMatchObject({ requestId: 'r1', origin: 'click', step: 'announced', decision: null });
      expect(await storeClick(log, aClick({ summary: 'Other' }))).toEqual(learned);
      expect(await log.findByKey(aClick().issueKey)).toEqual(learned);
    });

    it('takes the issue from a click where its row lacks it, since a message with buttons tells of one', async () => {
      const click = aClick();
      const { issueKey, issueUrl, issueType, announcement, responseUrl } = click;
      const told = { issueKey, issueUrl, issueType, announcement, responseUrl, step: 'announced', error: null };
      const error = { code: 'unconfirmed', message: 'Nobody knows.' } as const;
      for (const requestId of ['decided', 'learned']) {
        await receive({ requestId, summary: '' });
        await log.update(requestId, { step: 'unconfirmed', status: 'failed', error, attempts: 3 });
      }
      const { ticket } = await storeDecision(log, { ...click, requestId: 'decided' }, approval);
      expect(ticket).toMatchObject({ ...told, status: 'approved', summary: click.summary, text: aRequest().text });
      const learned = await storeClick(log, { ...click, requestId: 'learned' });
      expect(learned).toMatchObject({ ...told, status: 'created', summary: click.summary, attempts: 0 });
      expect(await log.find('learned')).toEqual(learned);
    });

    it('takes from a click what is missing, and nothing that is there or belongs to another issue', async () => {
      await storeClick(log, aClick({ user: '', summary: '', issueType: null, issueUrl: null }));
      await storeClick(log, aClick({ issueKey: 'KAN-2' }));
      const { issueType, issueUrl, user, summary } = aClick();
      expect(await log.find('r1')).toMatchObject({ issueKey: 'KAN-1', issueType: null, issueUrl: null, user, summary });
      time += 1000;
      const known = await storeClick(log, aClick({ user: 'U9', summary: 'Other' }));
      expect(known).toMatchObject({ issueKey: 'KAN-1', issueType, issueUrl, user, summary });
      time += 1000;
      expect(await storeClick(log, aClick({ user: 'U8', issueType: 'Epic' }))).toEqual(known);
    });

    it('leaves a ticket discarded that a click tells the issue of', async () => {
      await receive();
      await log.update('r1', { step: 'done', status: 'failed' });
      expect(await storeClick(log, aClick())).toMatchObject({ issueKey: 'KAN-1', step: 'done', status: 'failed' });
      expect(await log.resumable()).toEqual([]);
    });

    it('keeps the status of a decision that came while a step was under way', async () => {
      await receive();
      await storeDecision(log, aClick(), approval);
      const ticket = await log.update('r1', { status: 'created', step: 'created', issueKey: 'KAN-1' });
      expect(ticket).toMatchObject({ status: 'approved', step: 'created', issueKey: 'KAN-1' });
    });

    it('lets one of two decisions at the same moment stand', async () => {
      await receive();
      const both = await Promise.all([
        storeDecision(log, aClick(), approval),
        storeDecision(log, aClick(), { ...approval, status: 'rejected' }),
      ]);
      expect(both.map(({ accepted }) => accepted)).toEqual([true, false]);
      expect(both.map(({ ticket }) => ticket.status)).toEqual(['approved', 'approved']);
    });

    it('makes the row from the click where this desktop never handled the request', async () => {
      const click = aClick({ requestId: 'r9', issueKey: 'KAN-9' });
      const { accepted, ticket } = await storeDecision(log, click, approval);
      expect(accepted).toBe(true);
      expect(ticket).toMatchObject({
        ...click,
        origin: 'click',
        text: '',
        status: 'approved',
        step: 'announced',
        issueId: null,
      });
      const again = await storeDecision(log, { ...click, issueKey: 'KAN-10' }, { ...approval, status: 'rejected' });
      expect(again).toEqual({ accepted: false, ticket });
    });

    it('takes over the clicked message where it knows none, or only one that the click can rewrite', async () => {
      const click = aClick();
      const { announcement, responseUrl } = click;
      for (const known of [null, { via: 'response_url', channel: null, ts: null }] as const) {
        const requestId = known === null ? 'none' : 'ephemeral';
        await receive({ requestId });
        await log.update(requestId, { announcement: known });
        const { ticket } = await storeDecision(log, { ...click, requestId }, approval);
        expect(ticket).toMatchObject({ announcement, responseUrl });
      }
      await receive({ requestId: 'posted' });
      const posted = { via: 'channel', channel: 'C1', ts: '1.1' } as const;
      await log.update('posted', { announcement: posted });
      const { ticket } = await storeDecision(log, { ...click, requestId: 'posted' }, approval);
      expect(ticket).toMatchObject({ announcement: posted, responseUrl: aRequest().responseUrl });
    });

    it('changes nothing at a second click, also not where replies go', async () => {
      await receive();
      await log.update('r1', { announcement: { via: 'response_url', channel: null, ts: null } });
      const first = await storeDecision(log, aClick(), approval);
      await storeDecision(log, aClick({ responseUrl: 'https://hooks.slack.com/actions/2' }), approval);
      expect(await log.find('r1')).toEqual(first.ticket);
    });

    it('takes a discarded ticket up again with its decision', async () => {
      await receive();
      await log.update('r1', { status: 'created', step: 'done' });
      const { ticket } = await storeDecision(log, aClick({ announcement: null }), approval);
      expect(ticket).toMatchObject({ status: 'approved', step: 'announced', announcement: null });
      expect(await log.resumable()).toEqual([ticket]);
    });

    it('lists what has something left to do without a person, oldest first', async () => {
      const states = [
        ['received', 'received'],
        ['received', 'creating'],
        ['created', 'created'],
        ['created', 'announced'],
        ['approved', 'announced'],
        ['rejected', 'done'],
        ['failed', 'classified'],
        ['rejected', 'announced'],
        ['failed', 'done'],
      ] as const;
      for (const [index, [status, step]] of states.entries()) {
        await receive({ requestId: `r${index}` });
        await log.update(`r${index}`, { status, step });
      }
      const unfinished = await log.resumable();
      expect(unfinished.map(({ requestId }) => requestId)).toEqual(['r0', 'r1', 'r2', 'r4', 'r7']);
    });

    it('finishes the writes in hand when it closes, and takes no more', async () => {
      const pending = receive();
      await log.close();
      expect((await pending).outcome).toBe('new');
      await expect(receive()).rejects.toMatchObject({ code: 'storage_failed' });
      await expect(log.find('r1')).rejects.toMatchObject({ code: 'storage_failed' });
    });

    it('makes one row a request and keeps one decision a ticket, in whatever order things come', async () => {
      const id = fc.constantFrom('a', 'b', 'c');
      const action = fc.oneof(
        fc.record({ do: fc.constant('receive' as const), id }),
        fc.record({
          do: fc.constant('decide' as const),
          id,
          status: fc.constantFrom('approved' as const, 'rejected' as const),
        }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(action, { maxLength: 20 }), async (actions) => {
          const log = await make(() => start);
          const answers = await Promise.all(
            actions.map(async (action) => {
              if (action.do === 'receive') return log.receive(aRequest({ requestId: action.id }));
              return storeDecision(log, aClick({ requestId: action.id }), { ...approval, status: action.status });
            }),
          );
          const known = new Set<string>();
          const decided = new Map<string, string>();
          for (const [index, action] of actions.entries()) {
            const answer = answers[index];
            if (action.do === 'receive') {
              expect(answer).toMatchObject({ outcome: known.has(action.id) ? 'known' : 'new' });
            } else {
              expect(answer).toMatchObject({ accepted: !decided.has(action.id) });
              if (!decided.has(action.id)) decided.set(action.id, action.status);
            }
            known.add(action.id);
          }
          const rows = await log.list({ filter: aFilter(), limit: 200 });
          expect(rows.map(({ requestId }) => requestId).toSorted()).toEqual([...known].toSorted());
          for (const row of rows) expect(row.decision?.status).toBe(decided.get(row.requestId));
          await log.close();
        }),
        { numRuns: 30 },
      );
    });
  });
}
