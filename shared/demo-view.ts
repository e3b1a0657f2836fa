import { z } from 'zod';

/** A piece of text as Slack would show it. */
export const richTextSchema = z.object({
  kind: z.enum(['text', 'bold', 'italic', 'strike', 'code', 'link', 'mention', 'quote']),
  text: z.string(),
});
export type RichText = z.infer<typeof richTextSchema>;

const lineSchema = z.array(richTextSchema);

/** Slack's blocks, as far as this program sends them. */
export const demoBlockSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('section'), text: lineSchema, fields: z.array(lineSchema) }),
  z.object({ type: z.literal('context'), text: lineSchema }),
  z.object({
    type: z.literal('actions'),
    buttons: z.array(
      z.object({ actionId: z.string(), label: z.string(), style: z.enum(['primary', 'danger', 'plain']) }),
    ),
    lists: z.array(z.object({ actionId: z.string(), label: z.string(), options: z.array(z.string()) })),
  }),
]);
export type DemoBlock = z.infer<typeof demoBlockSchema>;

/** A message in the demo's Slack channel. */
export const demoMessageSchema = z.object({
  /** Slack's timestamp, which names the message. */
  ts: z.string(),
  author: z.string(),
  isApp: z.boolean(),
  /** An ephemeral message: nobody else sees it. */
  onlyYou: z.boolean(),
  blocks: z.array(demoBlockSchema),
});
export type DemoMessage = z.infer<typeof demoMessageSchema>;

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

export const demoViewSchema = z.object({
  channel: z.string(),
  you: z.string(),
  /** The channel's messages, oldest first. */
  messages: z.array(demoMessageSchema),
  /** All issues, newest first. */
  issues: z.array(demoIssueSchema),
  /** Whether some ticket is approved or rejected. */
  isDecided: z.boolean(),
});
export type DemoView = z.infer<typeof demoViewSchema>;
