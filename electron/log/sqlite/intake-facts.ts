import type { Ticket } from '../../../shared/ticket.ts';
import type { IntakeRules, NewRequest } from '../../tickets/ports/ticket-store.ts';
import { type IntakeFacts, lookBack } from '../../tickets/rules/intake.ts';
import type { QueryRunner } from './query-runner.ts';
import { toTicket } from './ticket-rows.ts';

/** Looks up what a request is judged by, but for its own ticket. */
export function intakeFacts(
  queries: QueryRunner,
  request: NewRequest,
  rules: IntakeRules,
  at: string,
): Omit<IntakeFacts, 'known'> {
  const { alikeFrom, filedAfter } = lookBack(rules, at);
  return {
    ofMessage: ofMessage(queries, request),
    alike: alikeFrom === null ? [] : alike(queries, request, alikeFrom, at),
    mostFiledAt: filedAfter === null ? null : mostFiledAt(queries, request, rules.mostPerMinute ?? 0, filedAfter, at),
  };
}

function ofMessage({ kysely, run }: QueryRunner, { team, channel, sourceMessage }: NewRequest): Ticket | null {
  if (sourceMessage === null) return null;
  const query = kysely
    .selectFrom('ticket_logs')
    .selectAll()
    .where('slack_channel', '=', channel)
    .where('message_ts', '=', sourceMessage.ts)
    .where('slack_team', '=', team);
  const [row] = run(query.orderBy('id', 'desc').limit(1).compile());
  return row === undefined ? null : toTicket(row);
}

function alike({ kysely, run }: QueryRunner, { user, text }: NewRequest, from: string, to: string): Ticket[] {
  const query = filedBy(kysely, user, to).selectAll().where('created_at', '>=', from).where('text', '=', text);
  return run(query.orderBy('id', 'desc').compile()).map(toTicket);
}

/** Reads one row, however many a person may file. */
function mostFiledAt(
  { kysely, run }: QueryRunner,
  { team, user }: NewRequest,
  most: number,
  after: string,
  to: string,
): string | null {
  const query = filedBy(kysely, user, to)
    .select('created_at')
    .where('created_at', '>', after)
    .where('slack_team', '=', team)
    .where('origin', '=', 'desk')
    .orderBy('created_at', 'desc')
    .limit(1)
    .offset(most - 1);
  const [row] = run(query.compile());
  return row?.created_at ?? null;
}

/** Tickets of a person up to a moment; the index on both narrows it. */
function filedBy(kysely: QueryRunner['kysely'], user: string, to: string) {
  return kysely.selectFrom('ticket_logs').where('slack_user', '=', user).where('created_at', '<=', to);
}
