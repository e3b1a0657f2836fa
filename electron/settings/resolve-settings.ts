import { type Label, labels } from '../../shared/labels.ts';
import { listedProjects } from '../../shared/listed-projects.ts';
import {
  defaultLabelToIssueType,
  type SettingName,
  type SettingOrigin,
  type SettingProblem,
  type Settings,
  settingNames,
  settingsSchema,
} from '../../shared/settings.ts';
import { nameHints } from './nearest-name.ts';
import { listedFolders, type RuleContext, settingRules } from './setting-rules.ts';

/** What only files hold, since the environment knows text alone. */
export const mapNames = ['label_to_issue_type', 'jira_default_fields'] as const;
export type AnySettingName = SettingName | (typeof mapNames)[number];

/** What one place says, as it stands there. */
export interface SettingLayer {
  origin: SettingOrigin;
  /** File path, or `environment`. */
  source: string;
  values: Readonly<Record<string, unknown>>;
}

/** Merged and checked, before it is judged whether each secret may go to its address. */
export interface ResolvedSettings {
  settings: Settings;
  /** Where the value that counts came from, also where it cannot be used. */
  origins: Record<AnySettingName, SettingOrigin>;
  problems: SettingProblem[];
}

const defaults = {
  JIRA_UNCONFIRMED_SECONDS: '120',
  SLACK_API_URL: 'https://slack.com/api/',
  OPENAI_BASE_URL: 'https://api.openai.com/v1',
  // Small, and takes a temperature, which OpenAI's reasoning models refuse.
  OPENAI_MODEL: 'gpt-4.1-mini',
  MODEL_WAIT_SECONDS: '20',
  TICKETS_PER_MINUTE: '10',
};

/**
 * One result from all layers; the last one that says something about a name wins. A value that cannot be used
 * becomes a problem and counts as absent: it never lets an earlier layer through. Where an address is wrong, the
 * credentials meant for it are absent too, so that they are not sent to the default address instead.
 */
export function resolveSettings(
  layers: readonly SettingLayer[],
  place: Omit<RuleContext, 'deployment'>,
): ResolvedSettings {
  const problems: SettingProblem[] = [];
  const origins = Object.fromEntries(
    [...settingNames, ...mapNames].map((name) => [name, 'default']),
  ) as ResolvedSettings['origins'];
  const broken = new Set<SettingName>();

  function resolve(name: SettingName, deployment: string | null = null): string | null {
    const found = layers.findLast(({ values }) => isGiven(values[name]));
    if (!found) return null;
    origins[name] = found.origin;
    const text = asText(name === 'STATUS_PROJECTS' ? inOneText(found.values[name]) : found.values[name]);
    const checked =
      text === null
        ? { problem: 'Expected a single value, not a list or a map.' }
        : settingRules[name](text, { ...place, deployment });
    if ('value' in checked) return checked.value;
    problems.push({ source: found.source, key: name, message: checked.problem });
    broken.add(name);
    return null;
  }

  function resolveMap(name: (typeof mapNames)[number]): Record<string, { value: unknown; source: string }> {
    const merged: Record<string, { value: unknown; source: string }> = {};
    for (const { values, origin, source } of layers) {
      const map = values[name];
      if (!isGiven(map)) continue;
      origins[name] = origin;
      if (isMap(map)) for (const [key, value] of Object.entries(map)) merged[key] = { value, source };
      else problems.push({ source, key: name, message: 'Expected a map: one indented `name: value` on each line.' });
    }
    return merged;
  }

  function labelToIssueType(): Record<Label, string> {
    const types = { ...defaultLabelToIssueType };
    const nearest = nameHints(labels);
    for (const [key, { value, source }] of Object.entries(resolveMap('label_to_issue_type'))) {
      const label = labels.find((known) => known === key);
      const type = asText(value);
      const name = `label_to_issue_type.${key}`;
      if (!label) {
        const near = nearest(key);
        const hint = near ? ` Did you mean ${near}?` : '';
        problems.push({ source, key: name, message: `Unknown label. Expected one of ${labels.join(', ')}.${hint}` });
      } else if (type) types[label] = type;
      else if (isGiven(value)) {
        problems.push({ source, key: name, message: 'Expected the name of an issue type, such as Task.' });
      }
    }
    return types;
  }

  const slackApiUrl = resolve('SLACK_API_URL');
  const openaiBaseUrl = resolve('OPENAI_BASE_URL');
  const deployment = resolve('JIRA_DEPLOYMENT');
  const unless = (name: SettingName, value: string | null) => (broken.has(name) ? null : value);
  const settings: Settings = settingsSchema.parse({
    slack: {
      botToken: unless('SLACK_API_URL', resolve('SLACK_BOT_TOKEN')),
      appToken: unless('SLACK_API_URL', resolve('SLACK_APP_TOKEN')),
      apiUrl: slackApiUrl ?? defaults.SLACK_API_URL,
    },
    jira: {
      baseUrl: resolve('JIRA_BASE_URL', deployment),
      email: resolve('JIRA_EMAIL'),
      apiToken: resolve('JIRA_API_TOKEN'),
      project: resolve('JIRA_PROJECT_KEY'),
      deployment,
      lookForSeconds: Number(resolve('JIRA_UNCONFIRMED_SECONDS') ?? defaults.JIRA_UNCONFIRMED_SECONDS),
      labelToIssueType: labelToIssueType(),
      defaultFields: Object.fromEntries(
        Object.entries(resolveMap('jira_default_fields')).map(([field, { value }]) => [field, value]),
      ),
    },
    model: {
      path: resolve('GGML_MODEL_PATH'),
      folders: listedFolders(resolve('MODEL_FOLDERS') ?? ''),
      waitSeconds: Number(resolve('MODEL_WAIT_SECONDS') ?? defaults.MODEL_WAIT_SECONDS),
      idleMinutes: Number(resolve('MODEL_IDLE_MINUTES')) || null,
    },
    classification: { unsureBelow: toShare(resolve('UNSURE_BELOW')) },
    openai: {
      apiKey: unless('OPENAI_BASE_URL', resolve('OPENAI_API_KEY')),
      baseUrl: openaiBaseUrl ?? defaults.OPENAI_BASE_URL,
      model: resolve('OPENAI_MODEL') ?? defaults.OPENAI_MODEL,
      allowed: resolve('OPENAI_ALLOWED') === 'true',
    },
    people: {
      externalMayDecide: resolve('EXTERNAL_MAY_DECIDE') === 'true',
      ticketsPerMinute: Number(resolve('TICKETS_PER_MINUTE') ?? defaults.TICKETS_PER_MINUTE),
      statusProjects: listedProjects(resolve('STATUS_PROJECTS') ?? ''),
    },
    behaviour: {
      startAtLogin: resolve('START_AT_LOGIN') === 'true',
      notifyAttention: resolve('NOTIFY_ATTENTION') !== 'false',
      notifyApproval: resolve('NOTIFY_APPROVAL') === 'true',
      deleteTextsAfterDays: toDays(resolve('DELETE_TEXTS_AFTER_DAYS')),
      deleteTicketsAfterDays: toDays(resolve('DELETE_TICKETS_AFTER_DAYS')),
    },
  });
  return { settings, origins, problems };
}

/** Empty counts as absent. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && !(typeof value === 'string' && value.trim() === '');
}

/** A file may hold a number or a boolean where text is meant: `JIRA_PROJECT_KEY: 10000`. */
function asText(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() || null;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** In a file, several of a kind may stand as a list. */
function inOneText(value: unknown): unknown {
  return Array.isArray(value) ? value.map(asText).join(',') : value;
}

function toShare(text: string | null): number | null {
  return text === null ? null : Number(text);
}

/** 0 is never, so that a later layer can take back what an earlier one says. */
function toDays(text: string | null): number | null {
  return Number(text) || null;
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
