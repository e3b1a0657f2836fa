import { needsAttention } from '../../electron/tickets/needs-attention.ts';
import type { FieldValues } from '../../electron/tickets/ports/form-texts.ts';
import type { TicketLog } from '../../electron/tickets/ports/ticket-log.ts';
import type { TicketStore, UnsavedTicket } from '../../electron/tickets/ports/ticket-store.ts';
import { changedTicket, noSuchRequest, storedTicket } from '../../electron/tickets/rules/changed-ticket.ts';
import { importedIssue, importedRequestId } from '../../electron/tickets/rules/imported-issue.ts';
import { judgeRequest, lookBack } from '../../electron/tickets/rules/intake.ts';
import { isResumable } from '../../electron/tickets/rules/resumable.ts';
import { AppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';
import type { TicketEvent, TicketFilter, TicketListRow } from '../../shared/ticket-list.ts';
import { isUnfinished } from '../../shared/unfinished.ts';
import { matchesSearch } from './ticket-search.ts';

/** A ticket log in memory. `now` is in milliseconds since 1970. `close`: it refuses all from then on. */
export function createFakeTicketLog(now: () => number = () => Date.now()): TicketLog & { close(): Promise<void> } {
  let tickets: Ticket[] = [];
  let events: Array<TicketEvent & { requestId: string }> = [];
  let lastId = 0;
  const formTexts = new Map<string, FieldValues>();
  let isOpen = true;
  const timestamp = () => new Date(now()).toISOString();

  function demandOpen() {
    if (!isOpen) throw new AppError('storage_failed', 'The ticket log is closed.');
  }

  function demandLimit(limit: number) {
    demandOpen();
    if (!Number.isInteger(limit) || limit < 1 || limit > 200) {
      throw new AppError('invalid_input', 'A page of tickets has 1 to 200 rows.');
    }
  }

  function find(requestId: string): Ticket | undefined {
    return tickets.find((ticket) => ticket.requestId === requestId);
  }

  function note({ requestId, updatedAt, step, status }: Ticket, error: Ticket['error']) {
    const isSame = (event: (typeof events)[number]) =>
      event.requestId === requestId &&
      event.step === step &&
      event.status === status &&
      event.error?.code === error?.code;
    if (error) events = events.filter((event) => !isSame(event));
    events.push({ requestId, at: updatedAt, step, status, error });
  }

  function add(ticket: UnsavedTicket): Ticket {
    lastId += 1;
    const added = { ...ticket, id: lastId };
    tickets.push(added);
    if (added.origin !== 'jira') note(added, added.error);
    return added;
  }

  function replace(ticket: Ticket, changed: Ticket): Ticket {
    tickets = tickets.map((each) => (each === ticket ? changed : each));
    const hasNewError = changed.error?.code !== ticket.error?.code || changed.attempts !== ticket.attempts;
    const isAnotherTry = changed.error !== null && ['classified', 'creating'].includes(changed.step);
    if (
      changed.status !== ticket.status ||
      changed.error?.code !== ticket.error?.code ||
      (changed.error !== null && changed.attempts !== ticket.attempts) ||
      (changed.step !== ticket.step && !isAnotherTry)
    ) {
      note(changed, hasNewError ? changed.error : null);
    }
    return changed;
  }

  const upsert: TicketStore['upsert'] = async (requestId, ticketOf) => {
    demandOpen();
    const known = find(requestId) ?? null;
    const ticket = ticketOf(known, timestamp());
    if (known !== null) return ticket === null ? known : replace(known, storedTicket(known, ticket, timestamp()));
    if (ticket === null) throw noSuchRequest();
    return add(ticket);
  };

  function filtered({ view, search, label, channel, user }: TicketFilter): Ticket[] {
    return tickets
      .filter(
        (ticket) =>
          isIn[view](ticket) &&
          (label === null || ticket.classification?.label === label) &&
          (channel === null || ticket.channel === channel) &&
          (user === null || ticket.user === user) &&
          matchesSearch(ticket, search),
      )
      .toSorted(newestFirst);
  }

  function choices(of: 'channel' | 'user') {
    const used = new Map<string, { id: string; name: string | null; tickets: number }>();
    for (const ticket of tickets.toSorted(newestFirst)) {
      const id = ticket[of];
      const { name, tickets: count } = used.get(id) ?? { name: null, tickets: 0 };
      if (id) used.set(id, { id, name: name ?? ticket[`${of}Name`], tickets: count + 1 });
    }
    return [...used.values()]
      .toSorted((a, b) => b.tickets - a.tickets || (a.id < b.id ? -1 : 1))
      .slice(0, 200)
      .map(({ id, name }) => ({ id, name }));
  }

  return {
    async receive(request, rules = {}) {
      demandOpen();
      const at = timestamp();
      const { filedAfter } = lookBack(rules, at);
      const mine = tickets.filter(({ user }) => user === request.user).toReversed();
      const filed = mine
        .filter(({ team, origin }) => team === request.team && origin === 'desk')
        .map(({ createdAt }) => createdAt)
        .filter((createdAt) => filedAfter !== null && createdAt > filedAfter && createdAt <= at)
        .toSorted();
      const mostFiledAt = filed.at(-(rules.mostPerMinute ?? 0)) ?? null;
      const ofMessage = tickets.findLast(
        ({ team, channel, sourceMessage }) =>
          sourceMessage !== null &&
          sourceMessage.ts === request.sourceMessage?.ts &&
          channel === request.channel &&
          team === request.team,
      );
      const facts = { known: find(request.requestId) ?? null, ofMessage: ofMessage ?? null, alike: mine, mostFiledAt };
      const judged = judgeRequest(request, rules, facts, at);
      return judged.outcome === 'new' ? { outcome: 'new', ticket: add(judged.ticket) } : judged;
    },
    async find(requestId) {
      demandOpen();
      return find(requestId) ?? null;
    },
    async findByKey(issueKey) {
      demandOpen();
      return tickets.findLast((ticket) => ticket.issueKey === issueKey) ?? null;
    },
    update: (requestId, change) => upsert(requestId, (known, at) => changedTicket(known, change, at)),
    upsert,
    async resumable() {
      demandOpen();
      return tickets.filter(isResumable);
    },
    async corrections(limit) {
      demandOpen();
      return tickets
        .flatMap(({ text, summary, classification, correction }) => {
          if (correction === null || classification === null || ['', removedWords].includes(summary)) return [];
          return [{ text: text || summary, label: classification.label, at: correction.at }];
        })
        .toReversed()
        .toSorted((a, b) => b.at.localeCompare(a.at))
        .slice(0, limit);
    },
    async undecided({ after, limit }) {
      demandOpen();
      const isOpen = ({ status, step }: Ticket) => status === 'created' && step === 'announced';
      return tickets
        .filter((ticket) => ticket.issueKey !== null && ticket.id > (after ?? 0) && isOpen(ticket))
        .slice(0, limit);
    },
    async decidedSince({ at, limit }) {
      demandOpen();
      const decidedAt = ({ decision }: Ticket) => decision?.at ?? '';
      return tickets
        .filter((ticket) => ticket.issueKey !== null && ticket.decision !== null && decidedAt(ticket) >= at)
        .toReversed()
        .toSorted((a, b) => decidedAt(b).localeCompare(decidedAt(a)))
        .slice(0, limit);
    },
    async page({ filter, offset, limit }) {
      demandLimit(limit);
      const all = filtered(filter);
      return { rows: all.slice(offset, offset + limit).map(toListRow), total: all.length };
    },
    async list({ filter, limit }) {
      demandLimit(limit);
      return filtered(filter).slice(0, limit);
    },
    async *all(filter) {
      let last: Ticket | undefined;
      do {
        demandOpen();
        const place = last;
        const page = filtered(filter)
          .filter((ticket) => !place || newestFirst(place, ticket) < 0)
          .slice(0, 200);
        if (page.length > 0) yield page;
        last = page.at(-1);
      } while (last);
    },
    async overview() {
      demandOpen();
      const count = (view: TicketFilter['view']) => tickets.filter(isIn[view]).length;
      return {
        counts: {
          attention: count('attention'),
          unfinished: count('unfinished'),
          open: count('open'),
          decided: count('decided'),
          all: count('all'),
        },
        channels: choices('channel'),
        people: choices('user'),
      };
    },
    async events(requestId) {
      demandOpen();
      return events.filter((event) => event.requestId === requestId).map(({ requestId: _, ...event }) => event);
    },
    async activity(limit) {
      demandLimit(limit);
      return events
        .toReversed()
        .slice(0, limit)
        .flatMap(({ requestId, at, step, status, error }) => {
          const ticket = find(requestId);
          if (!ticket) return [];
          const { issueKey, summary, classification } = ticket;
          const source = classification?.source ?? null;
          return [{ at, requestId, issueKey, summary, step, status, errorCode: error?.code ?? null, source }];
        });
    },
    async importIssues(issues) {
      demandOpen();
      const before = tickets.length;
      for (const issue of issues) {
        const known = find(importedRequestId(issue)) ?? null;
        const ticket = importedIssue(issue, { known, sameKey: tickets }, timestamp());
        if (ticket !== null && known !== null) replace(known, storedTicket(known, ticket, timestamp()));
        else if (ticket !== null) add(ticket);
      }
      return tickets.length - before;
    },
    async keepTexts(form, values) {
      demandOpen();
      formTexts.set(form, values);
    },
    async keptTexts(form) {
      demandOpen();
      return formTexts.get(form) ?? null;
    },
    async prune({ textsBefore, ticketsBefore }, signal) {
      demandOpen();
      if (signal?.aborted) return 0;
      const removed = new Set(
        tickets.filter(({ step, createdAt }) => step === 'done' && createdAt < (ticketsBefore ?? '')),
      );
      tickets = tickets.filter((ticket) => !removed.has(ticket));
      events = events.filter(({ requestId }) => find(requestId));
      const emptied = new Set(
        tickets.filter(
          ({ step, status, text, summary, createdAt }) =>
            (text !== '' || summary !== removedWords) &&
            (step === 'done' || (step === 'announced' && status === 'created')) &&
            createdAt < (textsBefore ?? ''),
        ),
      );
      const ids = new Set([...emptied].map(({ requestId }) => requestId));
      tickets = tickets.map((ticket) =>
        emptied.has(ticket)
          ? {
              ...ticket,
              ...{ text: '', markup: null, wantedFields: null, files: [], supplements: [] },
              ...{ summary: removedWords, error: withoutWords(ticket.error) },
            }
          : ticket,
      );
      events = events.map((event) =>
        ids.has(event.requestId) ? { ...event, error: withoutWords(event.error) } : event,
      );
      return removed.size + emptied.size;
    },
    async close() {
      isOpen = false;
    },
  };
}

const removedWords = '(text removed)';

function withoutWords(error: Ticket['error']): Ticket['error'] {
  return error && { ...error, message: removedWords };
}

const isIn: Record<TicketFilter['view'], (ticket: Ticket) => boolean> = {
  attention: needsAttention,
  unfinished: isUnfinished,
  open: ({ status, step }) => ['received', 'created', 'failed'].includes(status) && step !== 'done',
  decided: ({ status }) => ['approved', 'rejected'].includes(status),
  all: () => true,
};

function newestFirst(a: Ticket, b: Ticket): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
  return b.id - a.id;
}

function toListRow(ticket: Ticket): TicketListRow {
  const { requestId, issueKey, summary, issueType, status, step, user, userName, channel, channelName } = ticket;
  return {
    ...{ requestId, issueKey, summary, issueType, status, step, user, userName, channel, channelName },
    createdAt: ticket.createdAt,
    nextTryAt: ticket.nextTryAt,
    origin: ticket.origin,
    isUnsure: ticket.isUnsure,
    label: ticket.classification?.label ?? null,
    confidence: ticket.classification?.confidence ?? null,
    needsAttention: needsAttention(ticket),
    error: ticket.error,
  };
}
