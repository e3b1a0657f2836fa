import { z } from 'zod';
import { labelSchema } from '../../../shared/labels.ts';
import {
  type Activity,
  activitySchema,
  type TicketEvent,
  type TicketListRow,
  ticketEventSchema,
  ticketRowSchema,
} from '../../../shared/ticket-list.ts';
import { damagedRow } from './ticket-rows.ts';

/** Row of the list, by the list's own names. */
export type ListRow = Omit<TicketListRow, 'needsAttention' | 'isUnsure' | 'error'> & {
  id: number;
  needsAttention: number;
  isUnsure: number;
  errorCode: string | null;
  errorMessage: string | null;
};

/** The row as the list shows it. Throws `storage_failed` where it is none. */
export function toListRow(row: ListRow): TicketListRow {
  const { needsAttention, isUnsure, errorCode, errorMessage } = row;
  const error = errorCode === null ? null : { code: errorCode, message: errorMessage };
  const parsed = ticketRowSchema.safeParse({
    ...row,
    needsAttention: needsAttention === 1,
    isUnsure: isUnsure === 1,
    error,
  });
  if (parsed.success) return parsed.data;
  throw damagedRow(row.id, parsed.error);
}

/** A correction, as a classifier learns from it. */
export const correctedSchema = z.object({ text: z.string(), label: labelSchema, at: z.iso.datetime() });

export interface EventRow {
  at: string;
  step: string;
  status: string;
  error_code: string | null;
  error_message: string | null;
}

/** The event in a row. Throws where it is none. */
export function toEvent({ at, step, status, error_code: code, error_message: message }: EventRow): TicketEvent {
  return ticketEventSchema.parse({ at, step, status, error: code === null ? null : { code, message } });
}

/** The activity in a row that has its names. Throws where it is none. */
export function toActivity(row: unknown): Activity {
  return activitySchema.parse(row);
}
