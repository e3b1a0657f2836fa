import { z } from 'zod';

/** A piece of text as Slack would show it. */
export const richTextSchema = z.object({
  kind: z.enum(['text', 'bold', 'italic', 'strike', 'code', 'link', 'mention', 'quote']),
  text: z.string(),
});
export type RichText = z.infer<typeof richTextSchema>;

const lineSchema = z.array(richTextSchema);

const optionSchema = z.object({
  value: z.string(),
  text: z.string(),
  description: z.string().nullable(),
});
export type DemoOption = z.infer<typeof optionSchema>;

/** Options below each other; `label` stands above a group of them. */
export const demoOptionsSchema = z.array(z.object({ label: z.string().nullable(), options: z.array(optionSchema) }));
export type DemoOptions = z.infer<typeof demoOptionsSchema>;

/** What each element that can be used has: its name within its block, and what stands in it. */
const held = { actionId: z.string(), placeholder: z.string(), value: z.array(z.string()), hasFocus: z.boolean() };

/** Block Kit's elements, as far as a window that is not Slack can draw them. */
export const demoElementSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('button'),
    actionId: z.string(),
    label: z.string(),
    style: z.enum(['primary', 'danger', 'plain']),
  }),
  z.object({
    type: z.literal('text'),
    ...held,
    kind: z.enum(['text', 'number', 'email', 'url']),
    isMultiline: z.boolean(),
    maxLength: z.number().nullable(),
    /** When what is typed goes to the app, where the block dispatches. */
    dispatchesOn: z.enum(['enter', 'character']),
  }),
  z.object({ type: z.literal('moment'), ...held, kind: z.enum(['date', 'time', 'datetime']) }),
  z.object({
    type: z.literal('select'),
    ...held,
    isMulti: z.boolean(),
    /** All that may be chosen; where the app is asked, what is chosen. */
    groups: demoOptionsSchema,
    /** How many characters must be typed before the app is asked for options; null where all are in `groups`. */
    asksFrom: z.number().nullable(),
    mostItems: z.number().nullable(),
  }),
  z.object({ type: z.literal('choice'), ...held, isMulti: z.boolean(), options: z.array(optionSchema) }),
  z.object({ type: z.literal('menu'), actionId: z.string(), options: z.array(optionSchema) }),
  /** Name in Block Kit of another kind. */
  z.object({ type: z.literal('unknown'), name: z.string() }),
]);
export type DemoElement = z.infer<typeof demoElementSchema>;

/** Slack's blocks, in messages, modals and App Home. */
export const demoBlockSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('section'),
    id: z.string(),
    text: lineSchema,
    fields: z.array(lineSchema),
    accessory: demoElementSchema.nullable(),
  }),
  z.object({ type: z.literal('header'), id: z.string(), text: z.string() }),
  z.object({ type: z.literal('context'), id: z.string(), text: lineSchema }),
  z.object({ type: z.literal('divider'), id: z.string() }),
  /** A picture is not fetched: its words stand for it. */
  z.object({ type: z.literal('image'), id: z.string(), title: z.string(), alt: z.string() }),
  z.object({ type: z.literal('actions'), id: z.string(), elements: z.array(demoElementSchema) }),
  z.object({
    type: z.literal('input'),
    id: z.string(),
    label: z.string(),
    hint: z.string(),
    isOptional: z.boolean(),
    /** Whether the app hears of each change at once. */
    dispatches: z.boolean(),
    element: demoElementSchema,
  }),
]);
export type DemoBlock = z.infer<typeof demoBlockSchema>;

/** A message in the demo's Slack. */
export const demoMessageSchema = z.object({
  /** Slack's timestamp, which names the message. */
  ts: z.string(),
  /** Timestamp of the message that its thread began with; null where it is in no thread, or begins one. */
  thread: z.string().nullable(),
  author: z.string(),
  isApp: z.boolean(),
  /** An ephemeral message: nobody else sees it. */
  onlyYou: z.boolean(),
  blocks: z.array(demoBlockSchema),
  reactions: z.array(z.object({ name: z.string(), emoji: z.string(), count: z.number(), isYours: z.boolean() })),
  files: z.array(z.string()),
});
export type DemoMessage = z.infer<typeof demoMessageSchema>;

/** A modal, as its person sees it. */
export const demoModalSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** The button that sends it; null where there is nothing to send. */
  submit: z.string().nullable(),
  close: z.string(),
  blocks: z.array(demoBlockSchema),
  /** Words below inputs since it was sent, by the id of their block. */
  errors: z.record(z.string(), z.string()),
});
export type DemoModal = z.infer<typeof demoModalSchema>;

/** What a person has put into elements: each by the ids of its block and its own, with the values of options. */
export const demoValuesSchema = z.array(
  z.object({ blockId: z.string(), actionId: z.string(), value: z.array(z.string().max(12_000)).max(1000) }),
);
export type DemoValues = z.infer<typeof demoValuesSchema>;

/** An issue on the demo's Jira site, with what Jira shows of it and nothing else. */
export const demoIssueSchema = z.object({
  key: z.string(),
  summary: z.string(),
  issueType: z.string(),
  status: z.object({ name: z.string(), category: z.enum(['new', 'indeterminate', 'done']) }),
  /** Paragraphs of the description. */
  description: z.array(z.string()),
  labels: z.array(z.string()),
  /** Display names; null: nobody. */
  assignee: z.string().nullable(),
  reporter: z.string(),
  /** Further fields that have a value, by the names that people see. */
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
  attachments: z.array(z.object({ name: z.string(), bytes: z.number() })),
  /** Oldest first; `text` in paragraphs. */
  comments: z.array(z.object({ author: z.string(), text: z.array(z.string()), at: z.iso.datetime() })),
  createdAt: z.iso.datetime(),
});
export type DemoIssue = z.infer<typeof demoIssueSchema>;

/** Where a person can write: the channel, or the app's direct messages with them. */
export const demoPlaceSchema = z.enum(['channel', 'direct']);
export type DemoPlace = z.infer<typeof demoPlaceSchema>;

export const demoViewSchema = z.object({
  channel: z.string(),
  you: z.string(),
  /** The app's name as one mentions it, without the @. */
  bot: z.string(),
  /** Everybody else in the workspace. */
  people: z.array(z.string()),
  /** The channel's messages and those in its threads, oldest first. */
  messages: z.array(demoMessageSchema),
  /** Those between the app and this person. */
  direct: z.array(demoMessageSchema),
  /** App Home as the app drew it; null where it has not yet. */
  home: z.object({ id: z.string(), blocks: z.array(demoBlockSchema) }).nullable(),
  /** The app's shortcuts, by the id that Slack sends. */
  shortcuts: z.array(z.object({ id: z.string(), name: z.string(), type: z.enum(['global', 'message']) })),
  /** The modal on top; null where none is open. */
  modal: demoModalSchema.nullable(),
  /** All issues, newest first. */
  issues: z.array(demoIssueSchema),
  /** Whether some ticket is approved or rejected. */
  isDecided: z.boolean(),
});
export type DemoView = z.infer<typeof demoViewSchema>;
