import { z } from 'zod';
import { projectKeyPattern } from './issue-key.ts';
import { type Label, labels } from './labels.ts';

/** The names of all settings: the same in config.yml, settings.json, .env files and the environment. */
export const settingNames = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_API_URL',
  'JIRA_BASE_URL',
  'JIRA_EMAIL',
  'JIRA_API_TOKEN',
  'JIRA_PROJECT_KEY',
  'JIRA_DEPLOYMENT',
  'JIRA_UNCONFIRMED_SECONDS',
  'GGML_MODEL_PATH',
  'MODEL_FOLDERS',
  'MODEL_WAIT_SECONDS',
  'MODEL_IDLE_MINUTES',
  'UNSURE_BELOW',
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'OPENAI_MODEL',
  'OPENAI_ALLOWED',
  'EXTERNAL_MAY_DECIDE',
  'TICKETS_PER_MINUTE',
  'STATUS_PROJECTS',
  'START_AT_LOGIN',
  'NOTIFY_ATTENTION',
  'NOTIFY_APPROVAL',
  'DELETE_TEXTS_AFTER_DAYS',
  'DELETE_TICKETS_AFTER_DAYS',
] as const;
export type SettingName = (typeof settingNames)[number];

/** Write-only from the window, encrypted at rest, refused in config.yml, redacted from log files. */
export const secretNames = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'JIRA_API_TOKEN',
  'OPENAI_API_KEY',
] as const satisfies SettingName[];
export type SecretName = (typeof secretNames)[number];

/** Where a value came from; a later one wins. */
export const settingOrigins = ['default', 'config.yml', 'settings.json', '.env', 'DATA/.env', 'environment'] as const;
export type SettingOrigin = (typeof settingOrigins)[number];

export const defaultLabelToIssueType: Record<Label, string> = {
  Task: 'Task',
  Bug: 'Bug',
  Incident: 'Incident',
  'Feature Request': 'Task',
  Question: 'Question',
};

const optional = z.string().min(1).nullable();

/** All settings after merging and checking; null where nothing usable was given. */
export const settingsSchema = z.object({
  slack: z.object({ botToken: optional, appToken: optional, apiUrl: z.url() }),
  jira: z.object({
    /** Without a trailing slash. */
    baseUrl: optional,
    email: optional,
    apiToken: optional,
    /** Project key (upper case) or numeric id. */
    project: optional,
    /** null: not given, taken for Cloud. */
    deployment: z.enum(['cloud', 'datacenter']).nullable(),
    labelToIssueType: z.record(z.enum(labels), z.string().min(1)),
    /** How long the issue of a create without an answer is looked for before it is created again. */
    lookForSeconds: z.number().int().positive(),
    /** Values for fields that the project demands, by field id, as Jira's REST API takes them. */
    defaultFields: z.record(z.string(), z.unknown()),
  }),
  model: z.object({
    /** Absolute path of the GGUF named by GGML_MODEL_PATH. */
    path: optional,
    /** More folders with GGUF files; absolute. */
    folders: z.array(z.string().min(1)),
    /** A ticket waits so long for the GGUF. */
    waitSeconds: z.number().int().positive(),
    /** After so long without a ticket its memory is freed; null: never. */
    idleMinutes: z.number().int().positive().nullable(),
  }),
  classification: z.object({
    /**
     * A label with less confidence is marked as unsure, and Slack offers the two likeliest others; 0: never; null: as the
     * built-in model was measured.
     */
    unsureBelow: z.number().min(0).max(1).nullable(),
  }),
  openai: z.object({ apiKey: optional, baseUrl: z.url(), model: z.string().min(1), allowed: z.boolean() }),
  /** Who may do what in Slack; read whenever it matters, so a change needs no new connection. */
  people: z.object({
    /** People of other workspaces (Slack Connect) may approve, reject and correct types. */
    externalMayDecide: z.boolean(),
    /** As many as one person may file within a minute; 0: no limit. */
    ticketsPerMinute: z.number().int().nonnegative(),
    /** Keys of projects whose issues `/ticket_status` shows beside the configured one's and our own. */
    statusProjects: z.union([z.literal('*'), z.array(z.string().regex(projectKeyPattern))]),
  }),
  behaviour: z.object({
    startAtLogin: z.boolean(),
    /** A native notification when a ticket needs a person. */
    notifyAttention: z.boolean(),
    /** A native notification when a ticket waits for approval. */
    notifyApproval: z.boolean(),
    /** Days after which what people typed is removed from finished tickets; null: never. */
    deleteTextsAfterDays: z.number().int().positive().nullable(),
    /** Days after which finished tickets are removed altogether; null: never. */
    deleteTicketsAfterDays: z.number().int().positive().nullable(),
  }),
});
export type Settings = z.infer<typeof settingsSchema>;

/** A value that was given and cannot be used. */
export const settingProblemSchema = z.object({
  /** File path, or `environment`. */
  source: z.string(),
  /** Empty where the whole file is meant. */
  key: z.string(),
  /** What is wrong and which form is expected; never contains the value of a secret. */
  message: z.string(),
});
export type SettingProblem = z.infer<typeof settingProblemSchema>;

/** The problem in one line: what, where, why. */
export function describeProblem({ source, key, message }: SettingProblem): string {
  return key === '' ? `${source}: ${message}` : `${key} (${source}): ${message}`;
}
