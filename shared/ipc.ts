import { z } from 'zod';
import { appStatusSchema } from './app-status.ts';
import type { channels } from './channels.ts';
import { demoOptionsSchema, demoPlaceSchema, demoValuesSchema, demoViewSchema } from './demo-view.ts';
import { downloadsViewSchema, sha256Schema } from './downloads.ts';
import type { errorCodeSchema } from './errors.ts';
import { issueFormSchema } from './issue-form.ts';
import { keysOf } from './keys-of.ts';
import { labels } from './labels.ts';
import { modelViewSchema, trialSchema } from './model-view.ts';
import { secretNames } from './settings.ts';
import {
  checkReportSchema,
  checkTargets,
  jiraFoundSchema,
  jiraProjectsSchema,
  jiraTypesSchema,
  ownerViewSchema,
  settingChangeSchema,
  settingsViewSchema,
  testTicketSchema,
} from './settings-view.ts';
import {
  activitySchema,
  longestPage,
  type TicketViewName,
  ticketDetailSchema,
  ticketEditsSchema,
  ticketFilterSchema,
  ticketOverviewSchema,
  ticketPageSchema,
} from './ticket-list.ts';

const nothing = z.void();
/** An element of a modal or of App Home. */
const elementSchema = z.object({ viewId: z.string(), blockId: z.string(), actionId: z.string() });
const theTicket = z.object({ requestId: z.string().min(1).max(100) });
// It names a folder.
const theDownload = z.object({ id: z.uuid() });

/** Pages of others that the window may open in the browser, by name. */
export const webPages = {
  slack_apps: 'https://api.slack.com/apps',
  atlassian_tokens: 'https://id.atlassian.com/manage-profile/security/api-tokens',
  openai_keys: 'https://platform.openai.com/api-keys',
} as const;

/** The whole contract between window and main. A channel without a handler does not compile. */
export const ipc = {
  'tickets:page': {
    request: z.object({
      filter: ticketFilterSchema,
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(longestPage),
    }),
    response: ticketPageSchema,
  },
  'tickets:overview': { request: nothing, response: ticketOverviewSchema },
  'tickets:read': { request: theTicket, response: ticketDetailSchema },
  /** Tries again at once, with what the person corrected. */
  'tickets:retry': { request: theTicket.extend({ edits: ticketEditsSchema }), response: nothing },
  /** Asks what a person has to give before a ticket can become an issue; null: project and type as the settings say. */
  'tickets:form': {
    request: theTicket.extend({
      project: ticketEditsSchema.shape.project.unwrap(),
      issueType: ticketEditsSchema.shape.issueType.unwrap(),
    }),
    response: issueFormSchema,
  },
  /** Creates the issue of which nobody knows whether it exists, because the person says that it does not. */
  'tickets:create-anyway': { request: theTicket, response: nothing },
  /** Gives up a ticket that needs attention or waits for its next try. */
  'tickets:discard': { request: theTicket, response: nothing },
  /** Says that the label is another one: Jira, the message and the classifier follow. */
  'tickets:relabel': { request: theTicket.extend({ label: z.enum(labels) }), response: nothing },
  /** Decides as the Slack person whose desktop this is. Throws `not_configured` where that is not known. */
  'tickets:decide': { request: theTicket.extend({ status: z.enum(['approved', 'rejected']) }), response: nothing },
  /** Asks the person for a file; null where they cancelled. */
  'tickets:export': {
    request: z.object({ filter: ticketFilterSchema, format: z.enum(['csv', 'json']) }),
    response: z.object({ file: z.string(), rows: z.number().int().nonnegative() }).nullable(),
  },
  /** One page of our issues in Jira; those that the log lacks are added. `next` is null on the last page. */
  'tickets:load-rest': {
    request: z.object({ from: z.string().nullable() }),
    response: z.object({ seen: z.number().int(), added: z.number().int(), next: z.string().nullable() }),
  },
  /** Opens the ticket's issue, or its message in Slack, in the browser. */
  'issue:open': { request: theTicket, response: nothing },
  'message:open': { request: theTicket, response: nothing },
  /** Opens the newest issues of the project to which the ticket was sent: it may be among them. */
  'project:open': { request: theTicket, response: nothing },
  'activity:read': {
    request: z.object({ limit: z.number().int().min(1).max(100) }),
    response: z.array(activitySchema),
  },

  'status:read': { request: nothing, response: appStatusSchema },
  /** Closes the line to Slack, or opens it again; what was received goes on. */
  'desk:pause': { request: z.object({ paused: z.boolean() }), response: nothing },
  /** Asks a part that is in trouble again, at once; how it goes is told by the status. */
  'desk:try-now': { request: z.object({ part: z.enum(['slack', 'jira']) }), response: nothing },
  /** Shows the data folder or the log file in the system's file manager. */
  'folder:open': { request: z.object({ what: z.enum(['data', 'log', 'models']) }), response: nothing },
  'page:open': { request: z.object({ page: z.enum(keysOf(webPages)) }), response: nothing },
  'clipboard:write': { request: z.object({ text: z.string().min(1).max(20_000) }), response: nothing },

  'settings:read': { request: nothing, response: settingsViewSchema },
  'settings:save': {
    request: z.object({
      change: settingChangeSchema,
      allowPlainText: z.boolean(),
      /** A person says that others have the bot token that is replaced or forgotten here, or was before where none is. */
      isFormerTokenLeaked: z.boolean().optional(),
    }),
    response: settingsViewSchema,
  },
  /**
   * Asks the person, in a dialog of main's, whether a secret that the window does not set may be sent to the address that
   * is set now. Throws `not_found` where nothing stands against it; the settings are the same where they cancelled.
   */
  'settings:allow-address': {
    request: z.object({ name: z.enum(secretNames), origin: z.string().max(2000) }),
    response: settingsViewSchema,
  },
  /** Tests what would be saved, with what is saved for the rest. */
  'settings:test': {
    request: z.object({ target: z.enum(checkTargets), change: settingChangeSchema }),
    response: checkReportSchema,
  },
  /**
   * Asks which Jira answers at the address that would be saved, without any login. `byPerson`: a person asked for it, and
   * may be asked back; else nothing is sent to another address than that of the Jira that is set.
   */
  'jira:detect': {
    request: z.object({ change: settingChangeSchema, byPerson: z.boolean() }),
    response: jiraFoundSchema,
  },
  /** Opens the page of a Data Center where its personal access tokens are made. Throws `not_configured` without an address. */
  'jira:open-tokens': { request: z.object({ change: settingChangeSchema }), response: nothing },
  'jira:projects': { request: z.object({ change: settingChangeSchema }), response: jiraProjectsSchema },
  'jira:types': { request: z.object({ change: settingChangeSchema }), response: jiraTypesSchema },
  'owner:read': { request: nothing, response: ownerViewSchema },
  /** Has the bot send this person a code. */
  'owner:ask': { request: z.object({ user: z.string().regex(/^[UW][A-Z0-9]{2,}$/) }), response: ownerViewSchema },
  /** Takes the code. Throws `invalid_input` for a wrong one, `not_found` for one that has expired. */
  'owner:confirm': { request: z.object({ code: z.string().max(20) }), response: ownerViewSchema },
  'owner:forget': { request: nothing, response: ownerViewSchema },
  /** The Slack app's manifest, for pasting, and whether Slack's page can be opened with it filled in. */
  'guide:manifest': { request: nothing, response: z.object({ text: z.string(), fitsInAddress: z.boolean() }) },
  /** Opens Slack's page for a new app with the manifest filled in. Throws `invalid_input` where it is too long for that. */
  'guide:new-app': { request: nothing, response: nothing },
  'guide:test-ticket': { request: z.object({ text: z.string().trim().min(1).max(4000) }), response: testTicketSchema },

  'model:read': { request: nothing, response: modelViewSchema },
  /** Chooses a GGUF; null: back to the only file in the folder, or the built-in model. */
  'model:choose': { request: z.object({ path: z.string().nullable() }), response: modelViewSchema },
  /** Asks the person for a file; null where they cancelled. */
  'model:browse': { request: nothing, response: z.string().nullable() },
  /** Asks the person for a folder with GGUF files and adds it; the view is the same where they cancelled. */
  'model:add-folder': { request: nothing, response: modelViewSchema },
  /** Forgets a folder; its files stay. */
  'model:remove-folder': { request: z.object({ path: z.string() }), response: modelViewSchema },
  /** These take files that `model:read` lists, and throw `forbidden` for any other. */
  'model:reveal': { request: z.object({ path: z.string() }), response: nothing },
  /** Deletes the file for good, unloaded first where it is in use. Only in the known folders. */
  'model:delete': { request: z.object({ path: z.string() }), response: modelViewSchema },
  /** Frees the memory; the next ticket loads the model again. */
  'model:unload': { request: nothing, response: modelViewSchema },
  /** Ends the measuring that goes on in the background. */
  'model:cancel-measuring': { request: nothing, response: modelViewSchema },
  'downloads:read': { request: nothing, response: downloadsViewSchema },
  /** Begins a download. Throws `invalid_input` for an address that is none. */
  'downloads:start': {
    request: z.object({ uri: z.string().trim().min(1).max(2000), sha256: sha256Schema.nullable() }),
    response: downloadsViewSchema,
  },
  'downloads:pause': { request: theDownload, response: downloadsViewSchema },
  /** Continues where it stopped. */
  'downloads:resume': { request: theDownload, response: downloadsViewSchema },
  /** Forgets it, and deletes what has come so far; a finished model stays. */
  'downloads:discard': { request: theDownload, response: downloadsViewSchema },
  'model:try': { request: z.object({ text: z.string().trim().min(1).max(12_000) }), response: trialSchema },

  /** Starts the demo beside this program, in a window of its own. */
  'demo:start': { request: nothing, response: nothing },
  /** All of these throw `not_found` outside demo mode, and `unavailable` where no app took what a person did. */
  'demo:read': { request: nothing, response: demoViewSchema },
  /** `thread`: the message whose thread it is written in. */
  'demo:type': {
    request: z.object({ line: z.string().min(1).max(12_000), place: demoPlaceSchema, thread: z.string().nullable() }),
    response: nothing,
  },
  /** `option`: the text of what was chosen from a list. */
  'demo:click': {
    request: z.object({ ts: z.string(), actionId: z.string(), option: z.string().optional() }),
    response: nothing,
  },
  /** Puts an emoji on a message, or takes one's own away. */
  'demo:react': { request: z.object({ ts: z.string(), name: z.string() }), response: nothing },
  /** `ts`: the message that a message shortcut was taken on. */
  'demo:shortcut': { request: z.object({ id: z.string(), ts: z.string().nullable() }), response: nothing },
  'demo:open-home': { request: nothing, response: nothing },
  /** A button was pressed in a modal or in App Home, or something chosen that the app hears of at once. */
  'demo:act': {
    request: elementSchema.extend({ value: z.array(z.string()), values: demoValuesSchema }),
    response: nothing,
  },
  /** The options that the app offers for what is typed. */
  'demo:suggest': { request: elementSchema.extend({ query: z.string() }), response: demoOptionsSchema },
  /** Answers with what Slack finds wrong, by block; then nothing was sent. */
  'demo:submit': {
    request: z.object({ viewId: z.string(), values: demoValuesSchema }),
    response: z.record(z.string(), z.string()),
  },
  'demo:close': { request: z.object({ viewId: z.string() }), response: nothing },
} as const satisfies Record<Channel, { request: z.ZodType; response: z.ZodType }>;

export type Channel = (typeof channels)[number];
export type Request<C extends Channel> = z.infer<(typeof ipc)[C]['request']>;
export type Response<C extends Channel> = z.infer<(typeof ipc)[C]['response']>;
export type IpcHandlers = { [C in Channel]: (request: Request<C>) => Promise<Response<C>> };
/** The handlers of the channels whose names begin with one of these words. */
export type HandlersOf<Prefix extends string> = Pick<IpcHandlers, Extract<Channel, `${Prefix}:${string}`>>;

/** What every channel answers: errors keep their code on the way through Electron. */
export type Result<T> =
  | { ok: true; value: T }
  | { ok: false; error: { code: z.infer<typeof errorCodeSchema>; message: string } };

export type Change = 'tickets' | 'status' | 'settings' | 'downloads' | 'demo';

export type Shown = { requestId: string } | { view: TicketViewName };

/** `window.desk`, as the preload script exposes it. */
export interface Bridge {
  invoke<C extends Channel>(channel: C, request: Request<C>): Promise<Result<Response<C>>>;
  /** Returns the function that ends the subscription. */
  onChange(listener: (change: Change) => void): () => void;
  /** Returns the function that ends the subscription. */
  onShow(listener: (what: Shown) => void): () => void;
}
