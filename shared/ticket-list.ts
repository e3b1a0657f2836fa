import { z } from 'zod';
import { errorCodeSchema } from './errors.ts';
import { labelSchema } from './labels.ts';
import { labelSourceSchema, statusSchema, stepSchema, ticketSchema } from './ticket.ts';

/**
 * The list's views. `attention`: stopped until a person acts; `unfinished`: those, and what the program still has work
 * with; `open`: under way or waiting for a decision; `decided`: approved or rejected; `all`: everything, discarded
 * tickets too.
 */
export const ticketViews = ['attention', 'unfinished', 'open', 'decided', 'all'] as const;
export const ticketViewNameSchema = z.enum(ticketViews);
export type TicketViewName = z.infer<typeof ticketViewNameSchema>;

/** What the list shows. An empty search and null mean all. */
export const ticketFilterSchema = z.object({
  view: ticketViewNameSchema,
  search: z.string().max(500),
  label: labelSchema.nullable(),
  /** Slack ids. */
  channel: z.string().nullable(),
  user: z.string().nullable(),
});
export type TicketFilter = z.infer<typeof ticketFilterSchema>;

export const allTickets: TicketFilter = { view: 'all', search: '', label: null, channel: null, user: null };

/** Largest page of a list. */
export const longestPage = 200;

/** One line of the list. */
export const ticketRowSchema = ticketSchema
  .pick({
    requestId: true,
    issueKey: true,
    summary: true,
    issueType: true,
    status: true,
    step: true,
    user: true,
    userName: true,
    channel: true,
    channelName: true,
    createdAt: true,
    nextTryAt: true,
    origin: true,
    error: true,
    isUnsure: true,
  })
  .extend({
    label: labelSchema.nullable(),
    confidence: z.number().min(0).max(1).nullable(),
    /** Whether a person must act. */
    needsAttention: z.boolean(),
  });
export type TicketListRow = z.infer<typeof ticketRowSchema>;

export const ticketPageSchema = z.object({
  /** One page of rows, newest first. */
  rows: z.array(ticketRowSchema),
  /** Rows that the filter lets through, in all pages. */
  total: z.number().int().nonnegative(),
});
export type TicketPage = z.infer<typeof ticketPageSchema>;

const namedSchema = z.object({ id: z.string(), name: z.string().nullable() });

/** What the filters offer. */
export const ticketOverviewSchema = z.object({
  counts: z.record(ticketViewNameSchema, z.number().int().nonnegative()),
  channels: z.array(namedSchema),
  people: z.array(namedSchema),
});
export type TicketOverview = z.infer<typeof ticketOverviewSchema>;

/** Something that happened to a ticket: a step, a failed try, a decision. */
export const ticketEventSchema = z.object({
  /** ISO 8601. */
  at: z.iso.datetime(),
  step: stepSchema,
  status: statusSchema,
  error: z.object({ code: errorCodeSchema, message: z.string() }).nullable(),
});
export type TicketEvent = z.infer<typeof ticketEventSchema>;

/** A ticket as the window gets it: without the address for replies, which is as good as a password. */
export const ticketViewSchema = ticketSchema
  .omit({ responseUrl: true, claim: true, markup: true })
  .extend({ needsAttention: z.boolean() });
export type TicketView = z.infer<typeof ticketViewSchema>;

export const ticketDetailSchema = z.object({
  ticket: ticketViewSchema,
  /** What happened to the ticket, oldest first. */
  events: z.array(ticketEventSchema),
});
export type TicketDetail = z.infer<typeof ticketDetailSchema>;

/** What a person may change on a failed ticket before it is tried again; what is absent stays. */
export const ticketEditsSchema = z.object({
  summary: z.string().trim().min(1).max(255).optional(),
  /** Name of an issue type of the project; null: as the settings say. */
  issueType: z.string().trim().min(1).max(255).nullable().optional(),
  /** Project key; null: as the settings say. */
  project: z.string().trim().min(2).max(255).nullable().optional(),
  /** Values for the tracker's fields, by field id, in place of those that were given before. */
  fields: z.record(z.string().max(255), z.json()).optional(),
});
export type TicketEdits = z.infer<typeof ticketEditsSchema>;

/** The latest of what happened, for the page Status. */
export const activitySchema = z.object({
  at: z.iso.datetime(),
  requestId: z.string(),
  issueKey: z.string().nullable(),
  summary: z.string(),
  step: stepSchema,
  status: statusSchema,
  errorCode: errorCodeSchema.nullable(),
  source: labelSourceSchema.nullable(),
});
export type Activity = z.infer<typeof activitySchema>;
