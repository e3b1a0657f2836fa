import { AppError } from '../../../shared/errors.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import {
  type Activity,
  longestPage,
  type TicketEvent,
  type TicketFilter,
  type TicketOverview,
  type TicketPage,
} from '../../../shared/ticket-list.ts';
import type { TicketReader } from '../../tickets/ports/ticket-reader.ts';
import type { UnsavedTicket } from '../../tickets/ports/ticket-store.ts';
import { toActivity, toEvent, toListRow } from './list-rows.ts';
import type { QueryRunner } from './query-runner.ts';
import {
  activityQuery,
  choicesQuery,
  countsQuery,
  eventsQuery,
  listQuery,
  pageQuery,
  totalQuery,
} from './ticket-queries.ts';
import { type TicketRow, toTicket } from './ticket-rows.ts';

type Query<Method extends 'page' | 'list'> = Parameters<TicketReader[Method]>[0];

/** Reads at once what the window lists. `onDamagedRow` is given what was thrown by a row that lists leave out. */
export function createTicketLists(run: QueryRunner['run'], onDamagedRow: (thrown: unknown) => void) {
  // Counting them reads every row's place and person, and the overview is asked for after each change of a ticket.
  let choices: Pick<TicketOverview, 'channels' | 'people'> | null = null;
  // Window, status and tray each ask after a change.
  let counts: TicketOverview['counts'] | null = null;

  /** Converts rows, and leaves out damaged ones: one must not hide all others. */
  function readable<Row, T>(rows: Row[], convert: (row: Row) => T): T[] {
    return rows.flatMap((row) => {
      try {
        return [convert(row)];
      } catch (thrown) {
        onDamagedRow(thrown);
        return [];
      }
    });
  }

  function demandLimit(limit: number): void {
    if (Number.isInteger(limit) && limit >= 1 && limit <= longestPage) return;
    throw new AppError('invalid_input', `A page of tickets has 1 to ${longestPage} rows.`);
  }

  return {
    readable,

    page({ filter, offset, limit }: Query<'page'>): TicketPage {
      demandLimit(limit);
      const [{ total } = { total: 0 }] = run(totalQuery(filter));
      const rows = offset < total ? run(pageQuery(filter, offset, limit)) : [];
      return { rows: readable(rows, toListRow), total };
    },

    list({ filter, limit }: Query<'list'>): Ticket[] {
      demandLimit(limit);
      return readable(run(listQuery(filter, null, limit)), toTicket);
    },

    /** The tickets after a row, and where to go on: null at the end. A row that was removed since is still a place. */
    after(filter: TicketFilter, place: TicketRow | null): { tickets: Ticket[]; last: TicketRow | null } {
      const rows = run(listQuery(filter, place, longestPage));
      return { tickets: readable(rows, toTicket), last: rows.at(-1) ?? null };
    },

    overview(): TicketOverview {
      counts ??= run(countsQuery())[0] ?? { attention: 0, unfinished: 0, open: 0, decided: 0, all: 0 };
      choices ??= { channels: run(choicesQuery('channel')), people: run(choicesQuery('user')) };
      return { counts, ...choices };
    },

    /** Has tickets counted again; call it before anything is written. */
    forgetCounts(): void {
      counts = null;
    },

    /** Has channels and people counted again; call it when rows went. */
    forgetChoices(): void {
      choices = null;
    },

    /** Notes a row that came. One of a known channel and person changes no more than who is offered first. */
    rowAdded({ channel, channelName, user, userName }: UnsavedTicket): void {
      if (choices === null) return;
      const isOffered = isNamedIn(choices.channels, channel, channelName) && isNamedIn(choices.people, user, userName);
      if (!isOffered) choices = null;
    },

    events: (requestId: string): TicketEvent[] => readable(run(eventsQuery(requestId)), toEvent),

    activity(limit: number): Activity[] {
      demandLimit(limit);
      return readable(run(activityQuery(limit)), toActivity);
    },
  };
}

/** Whether the choice would be there without the row, by the same name. */
function isNamedIn(choices: TicketOverview['people'], id: string, name: string | null): boolean {
  return id === '' || choices.some((choice) => choice.id === id && (name === null || choice.name === name));
}
