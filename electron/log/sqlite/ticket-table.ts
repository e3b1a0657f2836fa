import { AppError } from '../../../shared/errors.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import type { UnsavedTicket } from '../../tickets/ports/ticket-store.ts';
import type { QueryRunner } from './query-runner.ts';
import { toRow, toTicket } from './ticket-rows.ts';

/** Whole tickets in table `ticket_logs`, read and written at once. Throws SQLite's errors. */
export interface TicketTable {
  find(requestId: string): Ticket | null;
  /** Gives tickets whose issue has this key, newest first. */
  withKey(issueKey: string): Ticket[];
  insert(ticket: UnsavedTicket): Ticket;
  save(ticket: Ticket): Ticket;
}

export function createTicketTable({ kysely, run }: QueryRunner): TicketTable {
  return {
    find(requestId) {
      const [row] = run(kysely.selectFrom('ticket_logs').selectAll().where('request_id', '=', requestId).compile());
      return row ? toTicket(row) : null;
    },

    withKey(issueKey) {
      const query = kysely.selectFrom('ticket_logs').selectAll().where('jira_issue_key', '=', issueKey);
      return run(query.orderBy('id', 'desc').compile()).map(toTicket);
    },

    insert(ticket) {
      const [row] = run(kysely.insertInto('ticket_logs').values(toRow(ticket)).returning('id').compile());
      if (!row) throw new AppError('bug', 'The ticket log gave no number to a new ticket.');
      return { ...ticket, id: row.id };
    },

    save(ticket) {
      run(kysely.updateTable('ticket_logs').set(toRow(ticket)).where('id', '=', ticket.id).returning('id').compile());
      return ticket;
    },
  };
}
