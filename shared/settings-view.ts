import { z } from 'zod';
import { jiraDeploymentSchema } from './jira-login.ts';
import { labelSchema } from './labels.ts';
import { type MapOrList, type MapRow, settingOrigins } from './setting-row.ts';
import {
  areMaps,
  type MapName,
  type MapValues,
  mapNames,
  type SettingName,
  settingNames,
  settingProblemSchema,
} from './settings.ts';
import { mapRows } from './settings-table.ts';

const settingViewSchema = z.object({
  name: z.enum(settingNames),
  /** The value as text; null where it is absent, and always for a secret. */
  value: z.string().nullable(),
  isSet: z.boolean(),
  isSecret: z.boolean(),
  origin: z.enum(settingOrigins),
  /** Fixed by an `.env` file or the environment: what the window saves would have no effect. */
  isFixed: z.boolean(),
  /** A secret that counts as absent because it was not meant for the address that is set now; null: it does not. */
  refusal: z
    .object({
      /** Says for which address it was meant, which one is set now and by which place, and what to do. */
      message: z.string(),
      /** The origin that is set now. */
      origin: z.string(),
      /** A person may allow it, after a question that main asks. */
      mayBeAllowed: z.boolean(),
    })
    .nullable(),
});
export type SettingView = z.infer<typeof settingViewSchema>;

/** Which places say something of each entry of a map or a list, in their order; the last one counts. */
export const entryPlacesSchema = z.record(
  z.enum(mapNames),
  z.record(z.string(), z.array(z.enum(settingOrigins).exclude(['default']))),
);

export const settingsViewSchema = z.object({
  settings: z.array(settingViewSchema),
  maps: z.custom<MapValues>((values) => typeof values === 'object' && areMaps({ ...values })),
  entryPlaces: entryPlacesSchema,
  problems: z.array(settingProblemSchema),
  /** Where saved secrets would go on this machine. */
  protection: z.enum(['keychain', 'plain_text']),
  /** What an earlier bot token signed still counts. */
  trustsFormerToken: z.boolean(),
});
export type SettingsView = z.infer<typeof settingsViewSchema>;

/**
 * Settings by name, as typed and not saved yet; an empty text forgets the saved value. Of a map it holds the entries that
 * change, where an empty text or null forgets one, and a list as a whole.
 */
export type SettingChange = { [Name in SettingName]?: string } & { [Name in MapName]?: MapOrList };

const changeRule = z.strictObject(
  Object.fromEntries([
    ...settingNames.map((name) => [name, z.string().max(4000).exactOptional()] as const),
    ...mapRows.map((row) => [row.name, entriesRule(row).exactOptional()] as const),
  ]),
);

function entriesRule({ keyRule, readEntry, default: otherwise }: MapRow): z.ZodType {
  const entryRule = z.custom((entry) => readEntry(entry).faults.length === 0);
  if (Array.isArray(otherwise)) return z.array(entryRule);
  return z.partialRecord(keyRule, z.union([entryRule, z.string().regex(/^\s*$/), z.null()]));
}

export const settingChangeSchema = z.custom<SettingChange>((change) => changeRule.safeParse(change).success);

/** What can be tested before it is saved. */
export const checkTargets = ['slack_bot', 'slack_app', 'jira', 'openai'] as const;
export type CheckTarget = (typeof checkTargets)[number];

/** One sentence of what a test found. */
const findingSchema = z.object({
  level: z.enum(['ok', 'warning', 'problem']),
  /** What was found, and where it is wrong what to do. Never holds a secret. */
  message: z.string(),
});

/** What a test found. `ok`: nothing stands in the way. */
export const checkReportSchema = z.object({
  ok: z.boolean(),
  findings: z.array(findingSchema),
});
export type CheckReport = z.infer<typeof checkReportSchema>;
/** What a check of credentials has to say, line by line. */
export type CredentialReport = CheckReport['findings'];

/** Which Jira answers at an address, without any login. */
export const jiraFoundSchema = z.object({
  deployment: jiraDeploymentSchema.nullable(),
  /** What was found, or why nothing was and what to do; null where there is nothing to say. */
  finding: findingSchema.nullable(),
  /** Whether nobody was asked, because the address is another one than that of the Jira that is set, so a person starts it. */
  needsPerson: z.boolean(),
});
export type JiraFound = z.infer<typeof jiraFoundSchema>;

export const jiraProjectsSchema = z.object({
  projects: z.array(z.object({ id: z.string(), key: z.string(), name: z.string() })),
  /** There are more than could be listed: a key can still be typed. */
  isCut: z.boolean(),
});
export type JiraProjects = z.infer<typeof jiraProjectsSchema>;

/** What a project offers, and what each label becomes there. */
export const jiraTypesSchema = z.object({
  types: z.array(z.string()),
  preview: z.record(
    labelSchema,
    z.object({
      /** null where the project has nothing that fits: then a person is asked. */
      issueType: z.string().nullable(),
      /** How that stands for what is set: "German for Bug"; null where it is just that. */
      reason: z.string().nullable(),
      /** What is not as it was set, and why. */
      note: z.string().nullable(),
    }),
  ),
});
export type JiraTypes = z.infer<typeof jiraTypesSchema>;

/** The Slack person whose desktop this is, in whose name the window decides. */
export const ownerViewSchema = z.object({
  owner: z.object({ user: z.string(), name: z.string().nullable(), confirmedAt: z.iso.datetime() }).nullable(),
  /** Somebody was sent a code that has not been entered yet. */
  pending: z.object({ user: z.string(), expiresAt: z.iso.datetime() }).nullable(),
  /** People this desktop has met. */
  candidates: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
});
export type OwnerView = z.infer<typeof ownerViewSchema>;

/** What became of a test ticket. */
export const testTicketSchema = z.object({
  key: z.string(),
  url: z.string(),
  issueType: z.string(),
  label: labelSchema,
  note: z.string().nullable(),
  /** The first of these that the account may do. */
  outcome: z.enum(['deleted', 'closed', 'labelled', 'left']),
});
export type TestTicket = z.infer<typeof testTicketSchema>;
