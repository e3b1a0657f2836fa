import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storeDecision } from '../../electron/tickets/clicks.ts';
import { needsAttention } from '../../electron/tickets/needs-attention.ts';
import type { ListedIssue } from '../../electron/tickets/ports/issue-tracker.ts';
import type { NewRequest, TicketChange } from '../../electron/tickets/ports/ticket-store.ts';
import { errorCodes } from '../../shared/errors.ts';
import { statuses, steps, type Ticket } from '../../shared/ticket.ts';
import { type TicketFilter, ticketViews } from '../../shared/ticket-list.ts';
import { isUnfinished } from '../../shared/unfinished.ts';
import { aClick, aFilter, approval, aRequest, type ClosableLog, classification, type MakeLog } from './ticket-log.ts';

const start = Date.parse('2025-01-01T00:00:00.000Z');
const hour = 3_600_000;
const forbidden = { code: 'forbidden', message: 'The account may not create issues.' } as const;

/** An issue as Jira lists it. */
function anIssue(given: Partial<ListedIssue> = {}): ListedIssue {
  return {
    id: '10009',
    key: 'KAN-9',
    url: 'https://acme.example/browse/KAN-9',
    summary: 'Printer on fire',
    issueType: 'Bug',
    requestId: 'r9',
    requester: { id: 'U9', name: 'zoe' },
    channel: { id: 'C9', name: 'office' },
    label: 'Incident',
    decision: null,
    createdAt: '2024-06-01T10:00:00.000Z',
    ...given,
  };
}

/** What every ticket log shows, takes in and forgets. `make` gives an empty one on the given clock. */
export function ticketLogListsContract(name: string, make: MakeLog): void {
  describe(`${name}, as what the window lists,`, () => {
    let time = start;
    let log: ClosableLog;
    beforeEach(async () => {
      time = start;
      log = await make(() => time);
    });
    afterEach(() => log.close());

    /** A second after the one before. */
    async function file(
      requestId: string,
      given: Partial<NewRequest> = {},
      change: TicketChange = {},
    ): Promise<Ticket> {
      time += 1000;
      const { ticket } = await log.receive(aRequest({ requestId, ...given }));
      return Object.keys(change).length > 0 ? log.update(requestId, change) : ticket;
    }

    async function rows(filter: Partial<TicketFilter> = {}, offset = 0, limit = 200) {
      const page = await log.page({ filter: aFilter(filter), offset, limit });
      return { ...page, ids: page.rows.map(({ requestId }) => requestId) };
    }

    async function listed(filter: Partial<TicketFilter> = {}) {
      const tickets = await log.list({ filter: aFilter(filter), limit: 200 });
      return tickets.map(({ requestId }) => requestId);
    }

    /** Every page in turn. `meanwhile` goes on between the first page and the second. */
    async function everything(filter: Partial<TicketFilter> = {}, meanwhile = async () => {}) {
      const ids: string[] = [];
      for await (const page of log.all(aFilter(filter))) {
        if (ids.length === 0) await meanwhile();
        ids.push(...page.map(({ requestId }) => requestId));
      }
      return ids;
    }

    /** A search gives the same in pages, in lists and in all. */
    async function found(search: string) {
      const { ids, total } = await rows({ search });
      expect(total).toBe(ids.length);
      expect(await listed({ search })).toEqual(ids);
      expect(await everything({ search })).toEqual(ids);
      return ids.toSorted();
    }

    it('shows a page, newest first, and says how many there are', async () => {
      for (const requestId of ['r1', 'r2', 'r3', 'r4', 'r5']) await file(requestId);
      expect(await rows({}, 0, 2)).toMatchObject({ ids: ['r5', 'r4'], total: 5 });
      expect(await rows({}, 3, 2)).toMatchObject({ ids: ['r2', 'r1'], total: 5 });
      expect(await rows({}, 5, 2)).toMatchObject({ ids: [], total: 5 });
    });

    it('shows of a ticket what its line needs, and nothing else', async () => {
      await file(
        'r1',
        { text: 'the whole text' },
        { classification, issueKey: 'KAN-1', issueType: 'Bug', error: forbidden },
      );
      const [row] = (await rows()).rows;
      expect(row).toEqual({
        requestId: 'r1',
        issueKey: 'KAN-1',
        summary: 'the VPN is down',
        issueType: 'Bug',
        status: 'received',
        step: 'received',
        user: 'U1',
        userName: 'ann',
        channel: 'C1',
        channelName: 'help',
        createdAt: '2025-01-01T00:00:01.000Z',
        nextTryAt: null,
        origin: 'desk',
        label: 'Incident',
        confidence: 0.6,
        isUnsure: false,
        needsAttention: true,
        error: forbidden,
      });
    });

    it('lists whole tickets', async () => {
      const tickets = [];
      for (const requestId of ['r1', 'r2', 'r3']) tickets.push(await file(requestId));
      expect(await log.list({ filter: aFilter(), limit: 2 })).toEqual([tickets[2], tickets[1]]);
    });

    it('goes through all tickets, whatever comes and goes meanwhile', async () => {
      const ids = Array.from({ length: 450 }, (_, index) => `r${index}`);
      await Promise.all(ids.map((requestId) => log.receive(aRequest({ requestId }))));
      const newestFirst = ids.toReversed();
      expect(await everything()).toEqual(newestFirst);
      expect(await everything({ view: 'decided' })).toEqual([]);
      // The first page ends with one of those that go.
      for (const requestId of newestFirst.slice(190, 210)) await log.update(requestId, { step: 'done' });
      const limit = new Date(start + 1).toISOString();
      const seen = await everything({}, async () => {
        await log.prune({ textsBefore: null, ticketsBefore: limit });
        await file('new');
      });
      expect(seen).toEqual([...newestFirst.slice(0, 200), ...newestFirst.slice(210)]);
    });

    it('sorts what came late from Jira by when it was filed', async () => {
      await file('r1');
      await log.importIssues([
        anIssue({ createdAt: '2025-01-01T00:00:01.500Z' }),
        anIssue({ requestId: 'old', key: 'KAN-8', createdAt: '2024-06-01T12:00:00.000+0200' }),
      ]);
      await file('r2');
      const newestFirst = ['r2', 'r9', 'r1', 'old'];
      expect((await rows()).ids).toEqual(newestFirst);
      expect((await rows({ search: 'u' })).ids).toEqual(newestFirst);
      expect(await everything()).toEqual(newestFirst);
    });

    it('refuses a page of no rows or too many', async () => {
      for (const limit of [0, -1, 1.5, 201]) {
        const refused = { code: 'invalid_input' };
        await expect(log.page({ filter: aFilter(), offset: 0, limit })).rejects.toMatchObject(refused);
        await expect(log.list({ filter: aFilter(), limit })).rejects.toMatchObject(refused);
        await expect(log.activity(limit)).rejects.toMatchObject(refused);
      }
    });

    it('puts every ticket in the views where it belongs, and counts them', async () => {
      const changes: TicketChange[] = statuses.flatMap((status) =>
        steps.flatMap((step) => [
          { status, step },
          { status, step, error: forbidden },
          { status, step, error: forbidden, nextTryAt: '2025-01-02T00:00:00.000Z' },
        ]),
      );
      const tickets: Ticket[] = [];
      for (const [index, change] of changes.entries()) tickets.unshift(await file(`r${index}`, {}, change));
      const belongs: Record<TicketFilter['view'], (ticket: Ticket) => boolean> = {
        attention: needsAttention,
        unfinished: isUnfinished,
        open: ({ status, step }) => step !== 'done' && ['received', 'created', 'failed'].includes(status),
        decided: ({ status }) => ['approved', 'rejected'].includes(status),
        all: () => true,
      };
      const { counts } = await log.overview();
      for (const view of ticketViews) {
        const expected = tickets.filter(belongs[view]).map(({ requestId }) => requestId);
        expect(await rows({ view })).toMatchObject({ ids: expected, total: expected.length });
        expect(await listed({ view })).toEqual(expected);
        expect(counts[view]).toBe(expected.length);
      }
      const attentive = tickets.filter(needsAttention).map(({ requestId }) => requestId);
      const marked = (await rows()).rows.filter((row) => row.needsAttention).map(({ requestId }) => requestId);
      expect(marked).toEqual(attentive);
    });

    it('filters by type, channel, person and words together', async () => {
      await file('r1', {}, { classification });
      await file('r2', { user: 'U2', userName: 'bob' }, { classification });
      await file('r3', { channel: 'C2' }, { classification: { ...classification, label: 'Bug' } });
      await file('r4', { text: 'printer', summary: 'printer' }, { classification });
      expect((await rows({ label: 'Incident' })).ids).toEqual(['r4', 'r2', 'r1']);
      expect((await rows({ user: 'U1' })).ids).toEqual(['r4', 'r3', 'r1']);
      expect((await rows({ channel: 'C1' })).ids).toEqual(['r4', 'r2', 'r1']);
      const all = { view: 'open', label: 'Incident', user: 'U1', channel: 'C1', search: 'vpn' } as const;
      expect(await rows(all)).toMatchObject({ ids: ['r1'], total: 1 });
      expect(await listed(all)).toEqual(['r1']);
      expect(await rows({ ...all, view: 'decided' })).toMatchObject({ ids: [], total: 0 });
    });

    it('finds words, keys, people and channels by how they begin', async () => {
      await file('vpn', { text: 'No connection to the VPN\nsince noon', summary: 'No connection to the VPN' });
      const printer = { text: 'Printer offline', summary: 'Printer offline', channelName: 'office-berlin' };
      await file('printer', { ...printer, user: 'U7', userName: 'Bob Marlow' }, { issueKey: 'KAN-12' });
      expect(await found('conn')).toEqual(['vpn']);
      expect(await found(' NOON ')).toEqual(['vpn']);
      expect(await found('nection')).toEqual([]);
      expect(await found('vpn conn')).toEqual(['vpn']);
      expect(await found('vpn printer')).toEqual([]);
      expect(await found('u7')).toEqual(['printer']);
      expect(await found('marlow off')).toEqual(['printer']);
      expect(await found('berlin')).toEqual(['printer']);
      expect(await found('office-ber')).toEqual(['printer']);
      expect(await found('n')).toEqual(['vpn']);
      expect(await found('  ')).toEqual(['printer', 'vpn']);
    });

    it('finds an issue by its key, and no other that begins like it', async () => {
      await file('7', {}, { issueKey: 'KAN-7' });
      await file('70', {}, { issueKey: 'KAN-70' });
      await file('text', { text: '7 kanban boards, see KAN-7', summary: '7 kanban boards' }, { issueKey: 'KAN-8' });
      await file('ops', { text: 'in 7 days', summary: 'in 7 days' }, { issueKey: 'OPS-7' });
      for (const key of ['KAN-7', 'kan-7', '"KAN-7"', 'https://acme.example/browse/KAN-7']) {
        expect(await found(key)).toEqual(['7', 'text']);
      }
      expect(await found('KAN-7 kanban')).toEqual(['text']);
      expect(await found('kan')).toEqual(['7', '70', 'text']);
      expect(await found('70')).toEqual(['70']);
    });

    it('finds words without their accents, and other scripts by their beginning', async () => {
      await file('de', { text: 'Größenänderung der Übersicht, façade', summary: 'x' });
      await file('ru', { text: 'Принтер не работает', summary: 'x' });
      await file('ja', { text: '会議室のプロジェクター', summary: 'x' });
      expect(await found('größenanderung')).toEqual(['de']);
      expect(await found('ubersicht FAÇADE')).toEqual(['de']);
      expect(await found('принтер')).toEqual(['ru']);
      expect(await found('会議')).toEqual(['ja']);
    });

    it('takes anything typed as words, never as a query', async () => {
      await file('r1', { text: 'disk "C" is 100% full (again) and not or near', summary: 'disk' });
      const signs = ['"', '""', "'", '*', '%', '_', '\\', '-', ':', '^', '()', '{}', '🎫', '\0', '" "', 'NEAR('];
      for (const sign of signs) expect(await found(sign), sign).toEqual(sign === 'NEAR(' ? ['r1'] : []);
      for (const typed of [
        '"disk',
        'disk"',
        'disk*',
        'AND',
        'NOT or',
        'near (disk full)',
        '100%',
        '(again)',
        '^disk',
        '+full',
      ]) {
        expect(await found(typed), typed).toEqual(['r1']);
      }
      for (const typed of [
        'text:disk',
        'disk AND zebra',
        'summary : zebra',
        'disk\0"zebra',
        '{text} zebra',
        'zebra OR disk',
      ]) {
        expect(await found(typed), typed).toEqual([]);
      }
      expect(await found('disk full '.repeat(50))).toEqual(['r1']);
      expect(await found(Array.from({ length: 250 }, (_, index) => index % 10).join(' '))).toEqual([]);
    });

    it('searches what a ticket is now, not what it was', async () => {
      await file('r1', {}, { summary: 'Printer jammed', issueKey: 'KAN-3' });
      expect(await found('printer')).toEqual(['r1']);
      expect(await found('KAN-3')).toEqual(['r1']);
      await log.update('r1', { summary: 'Toner empty' });
      expect(await found('printer')).toEqual([]);
      expect(await found('toner')).toEqual(['r1']);
    });

    it('offers channels and people by their last name, most used first', async () => {
      await file('r1', { user: 'U1', userName: 'ann', channel: 'C2', channelName: 'help' });
      await file('r2', { user: 'U2', userName: 'bob', channel: 'C2', channelName: 'helpdesk' });
      await file('r3', { user: 'U2', userName: 'bobby', channel: 'C1', channelName: null });
      await file('r4', { user: 'U2', userName: null, channel: 'C3', channelName: 'lab' });
      await log.importIssues([anIssue({ requester: null, channel: { id: 'C2', name: 'ancient name' } })]);
      expect(await log.overview()).toEqual({
        counts: { attention: 0, unfinished: 4, open: 5, decided: 0, all: 5 },
        channels: [
          { id: 'C2', name: 'helpdesk' },
          { id: 'C1', name: null },
          { id: 'C3', name: 'lab' },
        ],
        people: [
          { id: 'U2', name: 'bobby' },
          { id: 'U1', name: 'ann' },
        ],
      });
    });

    it('offers who and what comes after it was asked, also by a new name', async () => {
      await file('r1', { user: 'U1', userName: 'ann', channel: 'C1', channelName: 'help' });
      await log.overview();
      await file('r2', { user: 'U2', userName: 'bob', channel: 'C1', channelName: 'help' });
      const { people, channels } = await log.overview();
      expect(people.map(({ name }) => name).sort()).toEqual(['ann', 'bob']);
      await file('r3', { user: 'U1', userName: null, channel: 'C1', channelName: 'help' });
      expect((await log.overview()).channels).toEqual(channels);
      await file('r4', { user: 'U2', userName: 'bob', channel: 'C1', channelName: 'helpdesk' });
      expect((await log.overview()).channels).toEqual([{ id: 'C1', name: 'helpdesk' }]);
    });

    it('says that an empty log is empty', async () => {
      expect(await rows()).toEqual({ rows: [], ids: [], total: 0 });
      expect(await log.overview()).toEqual({
        counts: { attention: 0, unfinished: 0, open: 0, decided: 0, all: 0 },
        channels: [],
        people: [],
      });
      expect(await log.activity(10)).toEqual([]);
      expect(await log.events('r1')).toEqual([]);
    });

    it('tells what happened to a ticket, step by step', async () => {
      await file('r1', {}, { classification, step: 'classified' });
      const steps: TicketChange[] = [
        { step: 'creating' },
        { note: 'no news' },
        { step: 'created', status: 'created', issueKey: 'KAN-1' },
        { step: 'announced' },
      ];
      for (const change of steps) {
        time += 1000;
        await log.update('r1', change);
      }
      time += 1000;
      await storeDecision(log, aClick(), approval);
      time += 1000;
      await log.update('r1', { step: 'done' });
      const at = (second: number) => `2025-01-01T00:00:0${second}.000Z`;
      expect(await log.events('r1')).toEqual([
        { at: at(1), step: 'received', status: 'received', error: null },
        { at: at(1), step: 'classified', status: 'received', error: null },
        { at: at(2), step: 'creating', status: 'received', error: null },
        { at: at(4), step: 'created', status: 'created', error: null },
        { at: at(5), step: 'announced', status: 'created', error: null },
        { at: at(6), step: 'announced', status: 'approved', error: null },
        { at: at(7), step: 'done', status: 'approved', error: null },
      ]);
    });

    it('keeps of a step that fails all day how it began and each kind of failure once', async () => {
      await file('r1', {}, { step: 'classified', classification });
      const codes = ['unavailable', 'rate_limited'] as const;
      for (let tries = 1; tries <= 100; tries += 1) {
        time += 60_000;
        await log.update('r1', { step: 'creating' });
        await log.update('r1', { step: 'classified' });
        const code = codes[tries % 2] ?? 'bug';
        await log.update('r1', { error: { code, message: `try ${tries}` }, attempts: tries });
      }
      await log.update('r1', { step: 'created', status: 'created', error: null, attempts: 0 });
      expect((await log.events('r1')).map(({ step, error }) => [step, error?.message ?? null])).toEqual([
        ['received', null],
        ['classified', null],
        ['creating', null],
        ['classified', null],
        ['classified', 'try 99'],
        ['classified', 'try 100'],
        ['created', null],
      ]);
    });

    it('tells of a failure, of another try and of giving up', async () => {
      await file('r1', {}, { error: forbidden, attempts: 1, status: 'failed' });
      await log.update('r1', { error: null, attempts: 0, status: 'received' });
      await log.update('r1', { error: forbidden, attempts: 1, status: 'failed' });
      await log.update('r1', { step: 'done' });
      expect((await log.events('r1')).map(({ step, status, error }) => [step, status, error])).toEqual([
        ['received', 'received', null],
        ['received', 'received', null],
        ['received', 'failed', forbidden],
        ['done', 'failed', null],
      ]);
    });

    it('shows a decision without the failure that came before it', async () => {
      await file('r1', {}, { status: 'created', step: 'announced', issueKey: 'KAN-1' });
      await log.update('r1', { error: { code: 'not_found', message: 'The message is gone.' }, attempts: 1 });
      await storeDecision(log, aClick(), approval);
      expect((await log.events('r1')).at(-1)).toMatchObject({ status: 'approved', error: null });
    });

    it('says what happened last in all tickets', async () => {
      await file('r1', {}, { classification, step: 'classified', issueKey: 'KAN-1' });
      await file('r2');
      await log.update('r1', { error: forbidden, status: 'failed', attempts: 1 });
      const last = { requestId: 'r1', issueKey: 'KAN-1', summary: 'the VPN is down', source: 'gguf' };
      expect(await log.activity(3)).toEqual([
        { ...last, at: '2025-01-01T00:00:02.000Z', step: 'classified', status: 'failed', errorCode: 'forbidden' },
        {
          ...{ requestId: 'r2', issueKey: null, summary: 'the VPN is down', source: null },
          ...{ at: '2025-01-01T00:00:02.000Z', step: 'received', status: 'received', errorCode: null },
        },
        { ...last, at: '2025-01-01T00:00:01.000Z', step: 'classified', status: 'received', errorCode: null },
      ]);
    });

    it('takes in an issue from Jira that waits, and one that was decided', async () => {
      const decision = { status: 'rejected', by: 'U3', at: '2024-06-02T10:00:00.000Z' } as const;
      const decided = anIssue({
        key: 'KAN-10',
        requestId: null,
        requester: null,
        channel: null,
        label: null,
        decision,
      });
      expect(await log.importIssues([anIssue(), decided])).toBe(2);
      expect(await log.find('r9')).toMatchObject({
        ...{ origin: 'jira', team: '', user: 'U9', userName: 'zoe', channel: 'C9', channelName: 'office', text: '' },
        ...{ summary: 'Printer on fire', issueType: 'Bug', issueId: '10009', issueKey: 'KAN-9' },
        ...{ issueUrl: 'https://acme.example/browse/KAN-9', status: 'created', step: 'announced', decision: null },
        classification: {
          label: 'Incident',
          confidence: null,
          probabilities: null,
          source: 'none',
          model: null,
          ms: 0,
        },
        ...{ createdAt: '2024-06-01T10:00:00.000Z', updatedAt: '2025-01-01T00:00:00.000Z' },
      });
      expect(await log.find('jira-acme.example-KAN-10')).toMatchObject({
        ...{ user: '', userName: null, channel: '', channelName: null, classification: null },
        ...{ status: 'rejected', step: 'done', decision },
      });
      expect(await log.resumable()).toEqual([]);
      expect(await found('fire')).toEqual(['jira-acme.example-KAN-10', 'r9']);
      expect(await log.activity(10)).toEqual([]);
    });

    it('leaves alone the requests and the issues that it knows', async () => {
      await file('r1', {}, { issueKey: 'KAN-1' });
      const creating = await file('r2', {}, { step: 'creating' });
      const known = [
        anIssue({ requestId: 'r2', key: 'KAN-2' }),
        anIssue({ requestId: null, key: 'KAN-1' }),
        anIssue({ requestId: 'other', key: 'KAN-1' }),
      ];
      expect(await log.importIssues([...known, anIssue(), anIssue(), anIssue({ requestId: null })])).toBe(1);
      expect(await log.importIssues([anIssue()])).toBe(0);
      expect(await log.importIssues([])).toBe(0);
      expect(await log.find('r2')).toEqual(creating);
      expect((await rows()).total).toBe(3);
    });

    it('takes in an issue of another site that has the key of a known one', async () => {
      await file('r1', {}, { issueKey: 'KAN-9', issueUrl: 'https://acme.example/browse/KAN-9' });
      const elsewhere = 'https://other.example/browse/KAN-9';
      const issues = [anIssue({ url: elsewhere }), anIssue({ requestId: null })];
      expect(await log.importIssues([...issues, anIssue({ requestId: null, url: elsewhere })])).toBe(1);
      expect((await rows()).ids.toSorted()).toEqual(['r1', 'r9']);
      await log.update('r9', { issueUrl: 'https://third.example/browse/KAN-9' });
      expect(await log.importIssues([anIssue({ requestId: null, url: elsewhere })])).toBe(1);
      expect(await log.find('jira-other.example-KAN-9')).toMatchObject({ issueKey: 'KAN-9', issueUrl: elsewhere });
    });

    it('tells a request that was given up of the issue that it has after all', async () => {
      const failed = { classification, status: 'failed', error: forbidden } as const;
      const decision = { status: 'rejected', by: 'U5', at: '2024-06-02T00:00:00.000Z' } as const;
      const discarded = await file('discarded', {}, { ...failed, step: 'done' });
      const stopped = await file('stopped', {}, { ...failed, step: 'creating' });
      await file('decided', {}, { ...failed, step: 'done' });
      const issue = (requestId: string, number: number, given: Partial<ListedIssue> = {}) =>
        anIssue({
          requestId,
          id: `1000${number}`,
          key: `KAN-${number}`,
          url: `https://acme.example/${number}`,
          ...given,
        });
      const issues = [issue('discarded', 1), issue('stopped', 2), issue('decided', 3, { decision })];
      expect(await log.importIssues(issues)).toBe(0);
      const told = (number: number) => ({
        ...{ issueId: `1000${number}`, issueKey: `KAN-${number}`, issueUrl: `https://acme.example/${number}` },
        issueType: 'Bug',
        updatedAt: new Date(time).toISOString(),
      });
      expect(await log.find('discarded')).toEqual({ ...discarded, ...told(1) });
      expect(await log.find('stopped')).toEqual({ ...stopped, ...told(2), step: 'created' });
      expect(await log.find('decided')).toMatchObject({ ...told(3), status: 'rejected', step: 'done', decision });
      expect(await log.importIssues([issue('discarded', 8)])).toBe(0);
      expect(await log.find('discarded')).toMatchObject({ issueKey: 'KAN-1' });
    });

    it('lets a person decide about an issue from Jira', async () => {
      await log.importIssues([anIssue()]);
      const { accepted, ticket } = await storeDecision(log, aClick({ requestId: 'r9', issueKey: 'KAN-9' }), approval);
      expect(accepted).toBe(true);
      expect(ticket).toMatchObject({ origin: 'jira', status: 'approved', decision: approval });
      expect((await log.resumable()).map(({ requestId }) => requestId)).toEqual(['r9']);
    });

    it('forgets the words of old tickets that need them no more', async () => {
      const states = [
        ['waits', { status: 'created', step: 'announced' }],
        ['decided', { status: 'approved', step: 'done' }],
        ['discarded', { status: 'failed', step: 'done' }],
        ['failed', { status: 'failed', step: 'classified' }],
        ['unsaid', { status: 'approved', step: 'announced' }],
        ['created', { status: 'created', step: 'created' }],
        ['received', {}],
      ] as const;
      for (const [requestId, change] of states) {
        await file(requestId, { text: `secret of ${requestId}`, summary: 'a title' }, { classification, ...change });
      }
      await log.importIssues([anIssue({ summary: 'a title' })]);
      time += hour;
      await file('new', { text: 'secret of new' }, { status: 'approved', step: 'done' });
      const before = await log.find('waits');
      const limit = new Date(start + hour).toISOString();
      expect(await log.prune({ textsBefore: limit, ticketsBefore: null })).toBe(4);
      expect(await log.find('waits')).toEqual({ ...before, text: '', summary: '(text removed)' });
      expect(await found('secret')).toEqual(['created', 'failed', 'new', 'received', 'unsaid']);
      expect(await found('title')).toEqual(['created', 'failed', 'received', 'unsaid']);
      expect(await log.prune({ textsBefore: limit, ticketsBefore: null })).toBe(0);
    });

    it('forgets the words in the errors of a ticket too', async () => {
      const quoting = { code: 'invalid_input', message: 'Jira refuses the summary "my salary".' } as const;
      for (const requestId of ['old', 'other']) {
        await file(requestId, {}, { error: quoting, status: 'failed', attempts: 1 });
      }
      await log.update('old', { step: 'done' });
      const limit = new Date(start + hour).toISOString();
      expect(await log.prune({ textsBefore: limit, ticketsBefore: null })).toBe(1);
      const left = { code: 'invalid_input', message: '(text removed)' };
      expect((await log.find('old'))?.error).toEqual(left);
      expect((await log.events('old')).map(({ step, error }) => [step, error])).toEqual([
        ['received', null],
        ['received', left],
        ['done', null],
      ]);
      expect((await log.find('other'))?.error).toEqual(quoting);
      expect((await log.events('other')).at(-1)?.error).toEqual(quoting);
    });

    it('forgets nothing where it is told to stop before it begins', async () => {
      await file('r1', {}, { status: 'approved', step: 'done' });
      time += hour;
      const limit = new Date(time).toISOString();
      expect(await log.prune({ textsBefore: limit, ticketsBefore: limit }, AbortSignal.abort())).toBe(0);
      expect((await log.find('r1'))?.text).toBe('the VPN is down');
    });

    it('removes old tickets that are done, with their history, and none that waits', async () => {
      const done = Array.from({ length: 23 }, (_, index) => `done ${index}`);
      for (const requestId of done) await file(requestId, {}, { status: 'rejected', step: 'done' });
      await file('waits', {}, { status: 'created', step: 'announced' });
      await file('parked', {}, { error: { code: 'unauthorized', message: 'x' } });
      time += hour;
      await file('new', {}, { status: 'approved', step: 'done' });
      const limit = new Date(start + hour).toISOString();
      expect(await log.prune({ textsBefore: null, ticketsBefore: limit })).toBe(23);
      expect((await rows()).ids).toEqual(['new', 'parked', 'waits']);
      expect(await found('vpn')).toEqual(['new', 'parked', 'waits']);
      expect(await log.find('done 0')).toBeNull();
      expect(await log.events('done 0')).toEqual([]);
      expect((await log.activity(200)).every(({ requestId }) => !done.includes(requestId))).toBe(true);
      expect((await log.find('waits'))?.text).toBe('the VPN is down');
    });

    it('keeps everything where nothing is to be forgotten', async () => {
      await file('r1', {}, { status: 'approved', step: 'done' });
      expect(await log.prune({ textsBefore: null, ticketsBefore: null })).toBe(0);
      expect((await log.find('r1'))?.text).toBe('the VPN is down');
    });

    it('agrees with the program on what needs attention, whatever the error', async () => {
      for (const code of errorCodes) await file(code, {}, { error: { code, message: 'x' } });
      expect((await rows({ view: 'attention' })).total).toBe(errorCodes.length);
    });

    it('shows nothing any more once it is closed', async () => {
      await log.close();
      const closed = { code: 'storage_failed' };
      await expect(rows()).rejects.toMatchObject(closed);
      await expect(listed()).rejects.toMatchObject(closed);
      await expect(everything()).rejects.toMatchObject(closed);
      await expect(log.overview()).rejects.toMatchObject(closed);
      await expect(log.events('r1')).rejects.toMatchObject(closed);
      await expect(log.activity(1)).rejects.toMatchObject(closed);
      await expect(log.importIssues([anIssue()])).rejects.toMatchObject(closed);
      const limit = new Date(start).toISOString();
      await expect(log.prune({ textsBefore: limit, ticketsBefore: limit })).rejects.toMatchObject(closed);
    });
  });
}
