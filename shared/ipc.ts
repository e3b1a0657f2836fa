import { z } from 'zod';
import type { errorCodeSchema } from './errors.ts';
import { settingOrigins, settingProblemSchema } from './settings.ts';
import { statusSchema, ticketSchema } from './ticket.ts';

/** A ticket as the window gets it: without the address for replies, which is as good as a password. */
export const ticketViewSchema = ticketSchema.omit({ responseUrl: true });
export type TicketView = z.infer<typeof ticketViewSchema>;

/** State of one of the three parts: a word for the code, a sentence for the person. */
const partSchema = z.object({
  state: z.enum(['off', 'busy', 'ok', 'trouble']),
  /** `connected`, `disconnected closed`, `unauthorized`, `loaded model.gguf on cuda`, ... as on stdout. */
  line: z.string(),
  /** What is wrong and what to do; null where nothing is. */
  message: z.string().nullable(),
});
export type PartState = z.infer<typeof partSchema>;

export const deskStatusSchema = z.object({
  slack: partSchema,
  jira: partSchema,
  model: partSchema,
  version: z.string(),
  dataDir: z.string(),
  demo: z.boolean(),
});
export type DeskStatus = z.infer<typeof deskStatusSchema>;

const settingViewSchema = z.object({
  name: z.string(),
  /** The value as text; null where it is absent, and always for a secret. */
  value: z.string().nullable(),
  isSet: z.boolean(),
  isSecret: z.boolean(),
  origin: z.enum(settingOrigins),
  /** Fixed by an `.env` file or the environment: what the window saves would have no effect. */
  isFixed: z.boolean(),
});

export const settingsViewSchema = z.object({
  settings: z.array(settingViewSchema),
  problems: z.array(settingProblemSchema),
  /** Where saved secrets would go on this machine. */
  protection: z.enum(['keychain', 'plain_text']),
});
export type SettingsView = z.infer<typeof settingsViewSchema>;

/** A message in the demo's Slack channel, as a window that is not Slack can show it. */
const demoMessageSchema = z.object({
  ts: z.string(),
  author: z.string(),
  /** An ephemeral message: nobody else sees it. */
  onlyYou: z.boolean(),
  lines: z.array(z.string()),
  buttons: z.array(z.object({ actionId: z.string(), label: z.string() })),
});
export type DemoMessage = z.infer<typeof demoMessageSchema>;

const nothing = z.void();

/** The whole contract between window and main. A channel without a handler does not compile. */
export const ipc = {
  'tickets:list': {
    request: z.object({
      search: z.string().max(500).optional(),
      status: statusSchema.optional(),
      before: z.number().int().positive().optional(),
      limit: z.number().int().min(1).max(200),
    }),
    response: z.array(ticketViewSchema),
  },
  /** Opens the ticket's issue in the browser. */
  'issue:open': { request: z.object({ requestId: z.string() }), response: nothing },
  'status:read': { request: nothing, response: deskStatusSchema },
  'settings:read': { request: nothing, response: settingsViewSchema },
  'settings:save': {
    request: z.object({
      /** By name; an empty text forgets the saved value. */
      change: z.record(z.string(), z.string().max(4000)),
      allowPlainText: z.boolean(),
    }),
    response: settingsViewSchema,
  },
  /** The three of the demo throw `not_found` outside demo mode. */
  'demo:read': { request: nothing, response: z.array(demoMessageSchema) },
  'demo:type': { request: z.object({ line: z.string().min(1).max(12_000) }), response: nothing },
  'demo:click': { request: z.object({ ts: z.string(), actionId: z.string() }), response: nothing },
} as const;

export type Channel = keyof typeof ipc;
export type Request<C extends Channel> = z.infer<(typeof ipc)[C]['request']>;
export type Response<C extends Channel> = z.infer<(typeof ipc)[C]['response']>;
export type IpcHandlers = { [C in Channel]: (request: Request<C>) => Promise<Response<C>> };

/** What every channel answers: errors keep their code on the way through Electron. */
export type Result<T> =
  | { ok: true; value: T }
  | { ok: false; error: { code: z.infer<typeof errorCodeSchema>; message: string } };

/** Main tells the window that something is to be read again. */
export const changeChannel = 'desk:changed';
export type Change = 'tickets' | 'status' | 'settings' | 'demo';

/** `window.desk`, as the preload script exposes it. */
export interface Desk {
  invoke<C extends Channel>(channel: C, request: Request<C>): Promise<Result<Response<C>>>;
  /** Returns the function that ends the subscription. */
  onChange(listener: (change: Change) => void): () => void;
}
