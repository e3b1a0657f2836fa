import { z } from 'zod';
import { errorCodeSchema } from './errors.ts';
import { labelSchema } from './labels.ts';

/** Who classified: the GGUF on this machine, OpenAI, the built-in model, or nobody. */
export const sources = ['gguf', 'openai', 'builtin', 'none'] as const;
export const sourceSchema = z.enum(sources);
export type Source = z.infer<typeof sourceSchema>;

/** The same, or the person who asked. */
export const labelSourceSchema = z.enum([...sources, 'person']);
export type LabelSource = z.infer<typeof labelSourceSchema>;

const probability = z.number().min(0).max(1);

/** Use of a cloud model: the ticket's text left this machine, for OpenAI and no one else. */
export const cloudUseSchema = z.object({
  service: z.literal('openai'),
  model: z.string(),
  /** What was sent of the ticket's text, in UTF-8. */
  bytes: z.number().int().nonnegative(),
  /** ISO 8601. */
  at: z.iso.datetime(),
});
export type CloudUse = z.infer<typeof cloudUseSchema>;

/** A classifier's answer. Serialisable, so that inference can move to another process. */
export const classificationSchema = z.object({
  label: labelSchema,
  /** Probability of `label`; null where the source gives none. */
  confidence: probability.nullable(),
  /** Sums to 1 over the five labels; null where the source gives none. */
  probabilities: z.record(labelSchema, probability).nullable(),
  source: labelSourceSchema,
  /** File name of the GGUF, OpenAI's model name or the built-in model's version; else null. */
  model: z.string().nullable(),
  /** Wall time of the classification in milliseconds. */
  ms: z.number().nonnegative(),
  /** Absent where the text stayed on this machine; there also where OpenAI got it and did not answer. */
  cloud: cloudUseSchema.optional(),
});
export type Classification = z.infer<typeof classificationSchema>;

/** received: known; created: Jira answered; approved, rejected: a person decided; failed: a person must act. */
export const statuses = ['received', 'created', 'approved', 'rejected', 'failed'] as const;
export const statusSchema = z.enum(statuses);
export type Status = z.infer<typeof statusSchema>;

/** Slack's own time of a click: seconds since 1970. */
export const clickTimePattern = /^\d{1,16}(\.\d{1,9})?$/;

/** Approve or Reject, by a person. */
export const decisionSchema = z.object({
  status: z.enum(['approved', 'rejected']),
  /** Slack user id. */
  by: z.string(),
  /** ISO 8601, UTC, milliseconds. */
  at: z.iso.datetime(),
  /** Slack's time of the click, or the like for a decision in the window; absent where an older program took it. */
  actionTs: z.string().regex(clickTimePattern).optional(),
});
export type Decision = z.infer<typeof decisionSchema>;

/**
 * How far a request has come. `creating` is stored before Jira is asked, so that after a crash the issue is
 * looked for instead of created again. `unconfirmed`: it was looked for, and nobody can say whether it is there, so a
 * person must. `needs_fields`: who asked has to give what the tracker demands, and the request is kept until then.
 * `announced` waits for a decision; `done` has nothing left to do.
 */
export const steps = [
  'received',
  'classified',
  'needs_fields',
  'creating',
  'unconfirmed',
  'created',
  'announced',
  'done',
] as const;
export const stepSchema = z.enum(steps);
export type Step = z.infer<typeof stepSchema>;

/** Where the announcement went: into the channel, to the requester by `response_url`, or as a direct message. */
export const announcementSchema = z.object({
  via: z.enum(['channel', 'response_url', 'direct']),
  /** Channel and `ts` of the message; null where Slack gives none (a `response_url` answers only `ok`). */
  channel: z.string().nullable(),
  ts: z.string().nullable(),
});
export type Announcement = z.infer<typeof announcementSchema>;

/**
 * How a ticket came into this log. `desk`: this desktop took the command; `click`: another one did, this one took the
 * decision; `jira`: loaded from Jira.
 */
export const origins = ['desk', 'click', 'jira'] as const;
export const originSchema = z.enum(origins);
export type Origin = z.infer<typeof originSchema>;

/** Places where a person can correct the label: in the window, on the Slack message, or by the type in Jira. */
export const correctionOrigins = ['window', 'slack', 'jira'] as const;

/** Another label, given by a person; it then is the classification's. */
export const correctionSchema = z.object({
  /** What the classifier had said; null where nobody knows. */
  from: labelSchema.nullable(),
  /** Slack user id; null where it is not known who changed the type in Jira. */
  by: z.string().nullable(),
  /** ISO 8601, UTC, milliseconds. */
  at: z.iso.datetime(),
  via: z.enum(correctionOrigins),
  /** Whether Jira and Slack were told of it. */
  isTold: z.boolean(),
});
export type Correction = z.infer<typeof correctionSchema>;

/** A create that was sent, as far as finding its issue takes it. */
export const sentCreateSchema = z.object({
  /** Address of the site, and key of the project there. */
  site: z.string(),
  project: z.string(),
  /** The newest key of the project that was known before: the issue's comes after it. Null where none was known. */
  anchorKey: z.string().nullable(),
  /** End of the time in which the request may still take effect; ISO 8601. */
  lookUntil: z.iso.datetime(),
});
export type SentCreate = z.infer<typeof sentCreateSchema>;

/**
 * Parts of an issue that cannot come with its create everywhere: our entity property, the text as a comment where the
 * screen has no description, the whole text as a file where it is too long, and the files of the message.
 */
export const supplements = ['property', 'description', 'rest', 'files'] as const;
export const supplementSchema = z.enum(supplements);
export type Supplement = z.infer<typeof supplementSchema>;
/** Parts that are made of the ticket's own words. */
export type TextSupplement = Exclude<Supplement, 'files'>;

/**
 * Ways into the program: `/ticket` with a text, the form, the shortcut on a message, a mention, an emoji on a message, a
 * direct message to the bot.
 */
export const doors = ['command', 'form', 'message', 'mention', 'reaction', 'direct'] as const;
export const doorSchema = z.enum(doors);
export type Door = z.infer<typeof doorSchema>;

/** The message in Slack that a ticket was made of; it is in the ticket's channel. */
export const sourceMessageSchema = z.object({
  ts: z.string(),
  /** `ts` of the first message of its thread, where answers go; its own where it is in none. */
  threadTs: z.string(),
  /** Slack user id of who wrote it; null where Slack does not say, as for a bot's. */
  author: z.string().nullable(),
  /** Name of the person or program that wrote it; null where nobody knows. */
  authorName: z.string().nullable(),
  /** Its address for people; null as long as the message has not been read. */
  url: z.string().nullable(),
});
export type SourceMessage = z.infer<typeof sourceMessageSchema>;

/** A file of that message, as Slack describes it. */
export const slackFileSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Bytes; null where Slack does not say. */
  size: z.number().int().nonnegative().nullable(),
  /** Where the bot's token may read it (`url_private`); null where that has to be asked for (`files.info`). */
  url: z.string().nullable(),
  /** Its page for people; null where there is none. */
  link: z.string().nullable(),
});
export type SlackFile = z.infer<typeof slackFileSchema>;

/** Who works on a ticket, so that no other desktop that shares the store does. */
export const claimSchema = z.object({
  /** The run of the program. */
  by: z.string(),
  /** End of the claim unless it is renewed; ISO 8601. */
  until: z.iso.datetime(),
});
export type Claim = z.infer<typeof claimSchema>;

/** One request, as the log keeps it. Times are ISO 8601 in UTC with milliseconds. */
export const ticketSchema = z.object({
  id: z.number().int().positive(),
  origin: originSchema,
  /** Hash of team, kind and Slack's own key: the same Slack event always has the same one. */
  requestId: z.string().min(1),
  door: doorSchema,
  /** null where the text was written for this program alone. */
  sourceMessage: sourceMessageSchema.nullable(),
  /** Files that belong on the issue. */
  files: z.array(slackFileSchema).readonly(),
  team: z.string(),
  user: z.string(),
  userName: z.string().nullable(),
  channel: z.string(),
  channelName: z.string().nullable(),
  /** What the person typed, with Slack's markup decoded. Empty on a desktop that only saw the click. */
  text: z.string(),
  /** The same as Slack sent it, with its marks; null where nobody knows it: a log that is older, a test ticket. */
  markup: z.string().nullable(),
  /** One line, at most 255 characters. */
  summary: z.string(),
  /** Slack's one-time address for replies to this person; expires after 30 minutes. Never logged. */
  responseUrl: z.string().nullable(),
  classification: classificationSchema.nullable(),
  /** The classifier was less sure than the settings want, and no person has said which label it is. */
  isUnsure: z.boolean(),
  correction: correctionSchema.nullable(),
  issueType: z.string().nullable(),
  /** What a person chose before trying again: an issue type by name, a project by key; null: as the settings say. */
  wantedType: z.string().nullable(),
  wantedProject: z.string().nullable(),
  /** Values that a person gave for the tracker's fields, by field id; null: none. */
  wantedFields: z.record(z.string(), z.json()).nullable(),
  /** Why the issue is not quite what was asked for ("The project has no type Bug, so this is a Task."). */
  note: z.string().nullable(),
  issueId: z.string().nullable(),
  issueKey: z.string().nullable(),
  issueUrl: z.string().nullable(),
  /** The last create that was sent, or a mark that another desktop may have sent one; null before the first. */
  sent: sentCreateSchema.nullable(),
  /** Parts that the issue still lacks. */
  supplements: z.array(supplementSchema).readonly(),
  status: statusSchema,
  step: stepSchema,
  decision: decisionSchema.nullable(),
  announcement: announcementSchema.nullable(),
  error: z.object({ code: errorCodeSchema, message: z.string() }).nullable(),
  /** Tries of the current step that failed; 0 once it succeeds. */
  attempts: z.number().int().nonnegative(),
  /** When the current step is tried again; null when it is not waiting for a time. */
  nextTryAt: z.iso.datetime().nullable(),
  claim: claimSchema.nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Ticket = z.infer<typeof ticketSchema>;
