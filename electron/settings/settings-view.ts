import { delimiter } from 'node:path';
import {
  type SettingName,
  type SettingOrigin,
  type Settings,
  secretNames,
  settingNames,
} from '../../shared/settings.ts';
import type { SettingsView, SettingView } from '../../shared/settings-view.ts';
import type { ResolvedSettings } from './resolve-settings.ts';
import type { JudgedSettings } from './secret-origins.ts';

const fixingOrigins: ReadonlySet<SettingOrigin> = new Set(['.env', 'DATA/.env', 'environment']);

/** Whether what the window saves would have no effect, because a value from here wins. */
export function isFixedBy(origin: SettingOrigin): boolean {
  return fixingOrigins.has(origin);
}

/** The settings as the window may see them: of a secret only whether there is one. */
export function settingsView(
  { settings, origins, problems, refusals = [] }: ResolvedSettings & Partial<Pick<JudgedSettings, 'refusals'>>,
  rest: Pick<SettingsView, 'protection' | 'trustsFormerToken'>,
): SettingsView {
  const values = settingValues(settings);
  return {
    settings: settingNames.map((name) => {
      const value = values[name];
      const isSecret = secretNames.some((secret) => secret === name);
      return {
        name,
        value: isSecret || value === null ? null : String(value),
        isSet: value !== null && origins[name] !== 'default',
        isSecret,
        origin: origins[name],
        isFixed: isFixedBy(origins[name]) || name === 'SLACK_API_URL',
        refusal: refusalOf(name, refusals),
      };
    }),
    labelToIssueType: settings.jira.labelToIssueType,
    problems,
    ...rest,
  };
}

function refusalOf(name: SettingName, refusals: JudgedSettings['refusals']): SettingView['refusal'] {
  const refusal = refusals.find((each) => each.name === name);
  if (refusal === undefined) return null;
  const { message, origin, mayBeAllowed } = refusal;
  return { message, origin, mayBeAllowed };
}

/** The values in their normal form, secrets included, by name. */
export function settingValues(settings: Settings): Record<SettingName, string | number | boolean | null> {
  const { slack, jira, model, classification, openai, people, behaviour } = settings;
  const { statusProjects } = people;
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    JIRA_BASE_URL: jira.baseUrl,
    JIRA_EMAIL: jira.email,
    JIRA_API_TOKEN: jira.apiToken,
    JIRA_PROJECT_KEY: jira.project,
    JIRA_DEPLOYMENT: jira.deployment,
    JIRA_UNCONFIRMED_SECONDS: jira.lookForSeconds,
    GGML_MODEL_PATH: model.path,
    MODEL_FOLDERS: model.folders.length === 0 ? null : model.folders.join(delimiter),
    MODEL_WAIT_SECONDS: model.waitSeconds,
    MODEL_IDLE_MINUTES: model.idleMinutes,
    UNSURE_BELOW: classification.unsureBelow,
    OPENAI_API_KEY: openai.apiKey,
    OPENAI_BASE_URL: openai.baseUrl,
    OPENAI_MODEL: openai.model,
    OPENAI_ALLOWED: openai.allowed,
    EXTERNAL_MAY_DECIDE: people.externalMayDecide,
    TICKETS_PER_MINUTE: people.ticketsPerMinute,
    STATUS_PROJECTS: statusProjects.length === 0 ? null : [...statusProjects].join(', '),
    START_AT_LOGIN: behaviour.startAtLogin,
    NOTIFY_ATTENTION: behaviour.notifyAttention,
    NOTIFY_APPROVAL: behaviour.notifyApproval,
    DELETE_TEXTS_AFTER_DAYS: behaviour.deleteTextsAfterDays,
    DELETE_TICKETS_AFTER_DAYS: behaviour.deleteTicketsAfterDays,
  };
}
