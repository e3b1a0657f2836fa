import { decidedTicket, receivedTicket } from '../../electron/log/new-tickets.ts';
import type { TicketLog } from '../../electron/tickets/ports.ts';
import { AppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';

/** A ticket log in memory. `now` is in milliseconds since 1970. */
export function createFakeTicketLog(now: () => number = Date.now): TicketLog {
  const tickets: Ticket[] = [];
  let isOpen = true;
  const timestamp = () => new Date(now()).toISOString();

  function demandOpen() {
    if (!isOpen) throw new AppError('storage_failed', 'The ticket log is closed.');
  }

  function find(requestId: string): Ticket | undefined {
    return tickets.find((ticket) => ticket.requestId === requestId);
  }

  function add(ticket: Omit<Ticket, 'id'>): Ticket {
    const added = { ...ticket, id: tickets.length + 1 };
    tickets.push(added);
    return added;
  }

  function change(requestId: string, change: (ticket: Ticket) => Partial<Ticket>): Ticket {
    const ticket = find(requestId);
    if (!ticket) throw new AppError('not_found', 'The ticket log has no such request.');
    const merged = { ...ticket, ...change(ticket), updatedAt: timestamp() };
    const changed = { ...merged, status: merged.decision?.status ?? merged.status };
    tickets[ticket.id - 1] = changed;
    return changed;
  }

  return {
    async receive(request, twinWithinMs) {
      demandOpen();
      const known = find(request.requestId);
      if (known) return { outcome: 'known', ticket: known };
      const twin = tickets.findLast(
        ({ team, user, channel, text, status, createdAt }) =>
          status !== 'failed' &&
          [team, user, channel, text].join('\0') ===
            [request.team, request.user, request.channel, request.text].join('\0') &&
          twinWithinMs > 0 &&
          Math.abs(now() - twinWithinMs / 2 - Date.parse(createdAt)) <= twinWithinMs / 2,
      );
      if (twin) return { outcome: 'twin', ticket: twin };
      return { outcome: 'new', ticket: add(receivedTicket(request, timestamp())) };
    },
    async find(requestId) {
      demandOpen();
      return find(requestId) ?? null;
    },
    async update(requestId, changes) {
      demandOpen();
      return change(requestId, () => changes);
    },
    async decide(click, decision) {
      demandOpen();
      const known = find(click.requestId) ?? null;
      if (known?.decision) return { accepted: false, ticket: known };
      const decided = decidedTicket(known, click, decision, timestamp());
      return { accepted: true, ticket: known ? change(click.requestId, () => decided) : add(decided) };
    },
    async unfinished() {
      demandOpen();
      return tickets.filter(({ status, step }) => {
        if (status === 'received') return true;
        if (status === 'created') return step === 'created';
        return status !== 'failed' && step !== 'done';
      });
    },
    async list({ search = '', status, before = Number.POSITIVE_INFINITY, limit }) {
      demandOpen();
      if (!Number.isInteger(limit) || limit < 1 || limit > 200) {
        throw new AppError('invalid_input', 'A page of tickets has 1 to 200 rows.');
      }
      const words = search.trim().toLowerCase();
      return tickets
        .filter((ticket) => ticket.id < before && (!status || ticket.status === status))
        .filter(({ summary, text, issueKey, user, userName }) =>
          [summary, text, issueKey, user, userName].some((field) => field?.toLowerCase().includes(words)),
        )
        .reverse()
        .slice(0, limit);
    },
    async close() {
      isOpen = false;
    },
  };
}
