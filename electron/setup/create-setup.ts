import { isDeepStrictEqual } from 'node:util';
import { AppError, toAppError } from '../../shared/errors.ts';
import { accessTokensPage, jiraLogin } from '../../shared/jira-login.ts';
import type { SecretAddress, SecretName, Settings } from '../../shared/settings.ts';
import type {
  CheckReport,
  CheckTarget,
  CredentialReport,
  JiraFound,
  JiraProjects,
  JiraTypes,
  SettingChange,
} from '../../shared/settings-view.ts';
import { openJira } from '../jira/api/open-jira.ts';
import { checkCredentials } from '../jira/check-credentials.ts';
import { previewTypes } from '../jira/type-preview.ts';
import type { SettingsChange } from '../settings/apply-change.ts';
import { fieldWordsFor, inFields } from '../settings/field-words.ts';
import type { LoadedSettings } from '../settings/load-settings.ts';
import { movedAddress } from '../settings/moved-address.ts';
import { nearestName } from '../settings/nearest-name.ts';
import type { SecretUse } from '../settings/secret-origins.ts';
import { textIn } from '../settings/settings-values.ts';
import { checkAppToken, checkBotToken } from '../slack/check-credentials.ts';
import { findJira, unaskedJira } from './detect-jira.ts';
import { findMissing, findUnusable } from './entered.ts';

export interface SetupDeps {
  /** The settings as they would be with this change saved; nothing is saved. */
  load(change: SettingsChange): Promise<LoadedSettings>;
  /** These secrets are about to be sent. Throws `storage_failed` where that could not be noted. */
  bind(uses: readonly SecretUse[]): void;
  /** Why Slack or Jira may not be reached at an address; null where it may. */
  refusal(service: 'Slack' | 'Jira', address: string): AppError | null;
}

/**
 * What the window asks the other sides before anything is saved. The change lies over what is saved, and names nothing that
 * the window may not set: whoever calls these has checked that.
 */
export interface Setup {
  /** Never rejects for what a person entered or another side answers: that is what the report tells. */
  test(target: CheckTarget, change: SettingChange): Promise<CheckReport>;
  /** Whether what is tested logs in as the settings do that are saved. */
  usesSaved(target: CheckTarget, change: SettingChange): Promise<boolean>;
  /**
   * Which Jira answers at the address that would be saved, asked without any login. Where the token is meant for another
   * address, only a person has it asked.
   */
  detect(change: SettingChange, byPerson: boolean): Promise<JiraFound>;
  /** Address of the page where a Data Center makes personal access tokens. Throws `not_configured` without one. */
  tokensPage(change: SettingChange): Promise<string>;
  /**
   * Throws `not_configured`, naming what is missing, `invalid_input` where a secret that is set would go to another
   * address, and what Jira's answers mean.
   */
  projects(change: SettingChange): Promise<JiraProjects>;
  /** Throws as `projects` does. */
  types(change: SettingChange): Promise<JiraTypes>;
}

export function createSetup(deps: SetupDeps): Setup {
  function bind(target: CheckTarget, { uses }: LoadedSettings): void {
    deps.bind(uses.filter(({ name }) => secrets[target].includes(name)));
  }

  /** Why what is set may not be sent where the change leads; null where it may. */
  async function findMove(address: SecretAddress, change: SettingsChange, after: LoadedSettings) {
    return movedAddress(address, { before: await deps.load({}), after, change });
  }

  /** `move`: why what is set may not be sent where the change leads; null where it may. */
  async function check(target: CheckTarget, loaded: LoadedSettings, move: string | null): Promise<CredentialReport> {
    if (move !== null) return [{ level: 'problem', message: move }];
    const say = fieldWordsFor(loaded);
    let ask: () => Promise<CredentialReport>;
    try {
      ask = checks[target](loaded.settings, deps.refusal);
    } catch (thrown) {
      return [{ level: 'problem', message: say(toAppError(thrown).message) }];
    }
    bind(target, loaded);
    return (await ask()).map(({ level, message }) => ({ level, message: say(message) }));
  }

  /** Which Jira it is, where only it can say whether an email is missing. */
  async function detectMissing(target: CheckTarget, { settings }: LoadedSettings) {
    const { baseUrl, email, apiToken } = settings.jira;
    const isKnown = jiraLogin((name) => textIn(settings, name)).deployment !== null;
    if (target !== 'jira' || baseUrl === null || (email !== null && apiToken !== null) || isKnown) return null;
    return (await findJira({ baseUrl, said: null, refusal: deps.refusal('Jira', baseUrl) })).deployment;
  }

  async function loadJira(change: SettingsChange) {
    const loaded = await deps.load(change);
    const move = await findMove('JIRA_BASE_URL', change, loaded);
    if (move !== null) throw new AppError('invalid_input', move);
    const entered = { loaded, detected: await detectMissing('jira', loaded) };
    const missing = findMissing('jira', entered).map(({ message }) => message);
    if (missing.length > 0) throw new AppError('not_configured', missing.join(' '));
    const { project, labelToIssueType, ...access } = loaded.settings.jira;
    const jira = openJira(access, { refusal: (address) => deps.refusal('Jira', address) });
    bind('jira', loaded);
    return { jira, project, labelToIssueType, say: fieldWordsFor(loaded) };
  }

  return {
    async test(target, change) {
      const loaded = await deps.load(change);
      const address = addresses[target];
      const move = address === undefined ? null : await findMove(address, change, loaded);
      const isRefused = move !== null && loaded.refusals.some(({ name }) => secrets[target].includes(name));
      // What is refused is not missing.
      const detected = move === null ? await detectMissing(target, loaded) : null;
      const unusable = findUnusable(target, change, { loaded, detected }).filter(
        ({ level }) => !isRefused || level !== 'problem',
      );
      const findings = isFine(unusable) ? [...unusable, ...(await check(target, loaded, move))] : unusable;
      return { ok: isFine(findings), findings };
    },

    async usesSaved(target, change) {
      const [saved, tested] = await Promise.all([deps.load({}), deps.load(change)]);
      return isDeepStrictEqual(logins[target](saved.settings), logins[target](tested.settings));
    },

    async detect(change, byPerson) {
      const loaded = await deps.load(change);
      const { baseUrl, deployment } = loaded.settings.jira;
      const say = fieldWordsFor(loaded);
      if (baseUrl === null) {
        const problem = loaded.problems.find(({ key }) => key === 'JIRA_BASE_URL');
        const finding = problem === undefined ? null : { level: 'problem' as const, message: say(problem.message) };
        return { deployment, finding, needsPerson: false };
      }
      if (!byPerson && loaded.refusals.some(({ name }) => name === 'JIRA_API_TOKEN')) return unaskedJira;
      const jira = await findJira({ baseUrl, said: deployment, refusal: deps.refusal('Jira', baseUrl) });
      const { finding } = jira;
      return { ...jira, finding: finding && { ...finding, message: say(finding.message) } };
    },

    async tokensPage(change) {
      const { baseUrl } = (await deps.load(change)).settings.jira;
      if (baseUrl === null) throw new AppError('not_configured', 'Enter the address of your Jira first.');
      return accessTokensPage(baseUrl);
    },

    async projects(change) {
      const { jira, say } = await loadJira(change);
      return inFields(jira.projects(), say);
    },

    async types(change) {
      const { jira, project, labelToIssueType, say } = await loadJira(change);
      if (project === null) throw new AppError('not_configured', 'Choose the project that gets the tickets first.');
      return inFields(previewTypes(jira, project, labelToIssueType), say);
    },
  };
}

function isFine(report: CredentialReport): boolean {
  return report.every(({ level }) => level !== 'problem');
}

/** What a check sends. */
const secrets: Record<CheckTarget, readonly SecretName[]> = {
  slack_bot: ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
  slack_app: ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
  jira: ['JIRA_API_TOKEN'],
  openai: ['OPENAI_API_KEY'],
};

/** What a check logs in with, and where. */
const logins: Record<CheckTarget, (settings: Settings) => readonly unknown[]> = {
  slack_bot: ({ slack }) => [slack.apiUrl, slack.botToken],
  slack_app: ({ slack }) => [slack.apiUrl, slack.appToken],
  jira: ({ jira }) => [jira.baseUrl, jira.deployment, jira.email, jira.apiToken],
  openai: ({ openai }) => [openai.baseUrl, openai.apiKey],
};

/** Where a check sends a secret, as far as the window may change it. */
const addresses: Partial<Record<CheckTarget, SecretAddress>> = { jira: 'JIRA_BASE_URL', openai: 'OPENAI_BASE_URL' };

/**
 * Gets ready to ask, with settings that are complete; what comes back asks. Throws where what is set leads nowhere, or
 * where it may not be asked.
 */
const checks: Record<
  CheckTarget,
  (settings: Settings, refusal: SetupDeps['refusal']) => () => Promise<CredentialReport>
> = {
  slack_bot({ slack }, refusal) {
    allow(refusal('Slack', slack.apiUrl));
    return async () => (slack.botToken === null ? [] : checkBotToken(slack, slack.botToken));
  },
  slack_app({ slack }, refusal) {
    allow(refusal('Slack', slack.apiUrl));
    return async () => (slack.appToken === null ? [] : checkAppToken(slack, slack.appToken));
  },
  jira({ jira: settings }, refusal) {
    const jira = openJira(settings, { refusal: (address) => refusal('Jira', address) });
    return () => checkCredentials(jira, { ...settings, nearest: nearestName });
  },
  openai({ openai: { apiKey, ...rest } }) {
    return async () => {
      if (apiKey === null) return [];
      // OpenAI's package is large, and most never ask it.
      const { checkOpenAi } = await import('../classifier/check-credentials.ts');
      return checkOpenAi({ apiKey, ...rest });
    };
  },
};

function allow(refusal: AppError | null): void {
  if (refusal !== null) throw refusal;
}
