import { AppError } from '../../shared/errors.ts';
import type { Label } from '../../shared/labels.ts';
import type { SecretAddress, SecretName, Settings } from '../../shared/settings.ts';
import type { JiraProjects, JiraTypes, SettingChange, TestReport, TestTarget } from '../../shared/settings-view.ts';
import { checkOpenAi } from '../classifier/check-credentials.ts';
import { openJira } from '../jira/login.ts';
import { testAccount } from '../jira/test-account.ts';
import { previewTypes } from '../jira/type-preview.ts';
import type { SettingsChange } from '../settings/apply-change.ts';
import type { LoadedSettings } from '../settings/load-settings.ts';
import { movedAddress } from '../settings/moved-address.ts';
import { nearestName } from '../settings/nearest-name.ts';
import type { SecretUse } from '../settings/secret-origins.ts';
import { testAppToken, testBotToken } from '../slack/test-tokens.ts';
import { findMissing, findUnusable } from './entered.ts';

export interface SetupDeps {
  /** The settings as they would be with this change saved; nothing is saved. */
  load(change: SettingsChange): Promise<LoadedSettings>;
  /** These secrets are about to be sent. Throws `storage_failed` where that could not be noted. */
  bind(uses: readonly SecretUse[]): void;
  /** Why Slack or Jira may not be reached at an address; null where it may. */
  refusal(service: 'Slack' | 'Jira', address: string): AppError | null;
}

/** What the window asks the other sides before anything is saved. The change lies over what is saved. */
export interface Setup {
  /** Never rejects for what a person entered or another side answers: that is what the report tells. */
  test(target: TestTarget, change: SettingChange): Promise<TestReport>;
  /**
   * Throws `not_configured`, naming what is missing, `invalid_input` where a secret that is set would go to another
   * address, and what Jira's answers mean.
   */
  projects(change: SettingChange): Promise<JiraProjects>;
  /** Throws as `projects` does. */
  types(change: SettingChange, labelToIssueType: Partial<Record<Label, string>>): Promise<JiraTypes>;
}

export function createSetup(deps: SetupDeps): Setup {
  async function load(change: SettingsChange): Promise<LoadedSettings> {
    // The tokens that are saved would go there.
    if ('SLACK_API_URL' in change) throw new AppError('invalid_input', 'SLACK_API_URL cannot be set in the window.');
    return deps.load(change);
  }

  function bind(target: TestTarget, { uses }: LoadedSettings): void {
    deps.bind(uses.filter(({ name }) => secrets[target].includes(name)));
  }

  /** Why what is set may not be sent where the change leads; null where it may. */
  async function findMove(address: SecretAddress, change: SettingsChange, after: LoadedSettings) {
    return movedAddress(address, { before: await deps.load({}), after, change });
  }

  /** Why the test may not ask; null where it may. */
  function refusalOf(target: TestTarget, { slack, jira }: Settings): AppError | null {
    if (target === 'jira') return jira.baseUrl === null ? null : deps.refusal('Jira', jira.baseUrl);
    return target === 'openai' ? null : deps.refusal('Slack', slack.apiUrl);
  }

  async function loadJira(change: SettingsChange) {
    const loaded = await load(change);
    const move = await findMove('JIRA_BASE_URL', change, loaded);
    if (move !== null) throw new AppError('invalid_input', move);
    const { baseUrl, email, apiToken, project, labelToIssueType, deployment } = loaded.settings.jira;
    if (deployment === 'datacenter') throw new AppError('not_configured', dataCenter);
    if (baseUrl === null || email === null || apiToken === null) {
      const missing = findMissing('jira', loaded).map(({ message }) => message);
      throw new AppError('not_configured', missing.join(' '));
    }
    const refused = deps.refusal('Jira', baseUrl);
    if (refused !== null) throw refused;
    bind('jira', loaded);
    return { jira: openJira({ baseUrl, email, apiToken }), project, labelToIssueType };
  }

  return {
    async test(target, change) {
      const loaded = await load(change);
      const address = addresses[target];
      const move = address === undefined ? null : await findMove(address, change, loaded);
      const isRefused = move !== null && loaded.refusals.some(({ name }) => secrets[target].includes(name));
      // What is refused is not missing.
      const findings = findUnusable(target, change, loaded).filter(({ level }) => !isRefused || level !== 'problem');
      const stop = isFine(findings) ? (move ?? refusalOf(target, loaded.settings)?.message ?? null) : null;
      if (stop !== null) findings.push({ level: 'problem', message: stop });
      if (isFine(findings)) {
        bind(target, loaded);
        findings.push(...(await tests[target](loaded.settings)));
      }
      return { ok: isFine(findings), findings };
    },

    async projects(change) {
      const { jira } = await loadJira(change);
      return jira.projects();
    },

    async types(change, labelToIssueType) {
      const { jira, project, ...settings } = await loadJira({ ...change, label_to_issue_type: labelToIssueType });
      if (project === null) throw new AppError('not_configured', 'Choose the project that gets the tickets first.');
      return previewTypes(jira, project, settings.labelToIssueType);
    },
  };
}

const dataCenter = 'Jira Data Center is not supported yet. Set JIRA_DEPLOYMENT to cloud, or remove it.';

type Findings = TestReport['findings'];

function isFine(findings: Findings): boolean {
  return findings.every(({ level }) => level !== 'problem');
}

/** What a test sends. */
const secrets: Record<TestTarget, readonly SecretName[]> = {
  slack_bot: ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
  slack_app: ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
  jira: ['JIRA_API_TOKEN'],
  openai: ['OPENAI_API_KEY'],
};

/** Where a test sends a secret, as far as the window may change it. */
const addresses: Partial<Record<TestTarget, SecretAddress>> = { jira: 'JIRA_BASE_URL', openai: 'OPENAI_BASE_URL' };

/** Each is only asked with settings that are complete; the rest is said before. */
const tests: Record<TestTarget, (settings: Settings) => Promise<Findings>> = {
  slack_bot: async ({ slack }) => (slack.botToken === null ? [] : testBotToken(slack, slack.botToken)),
  slack_app: async ({ slack }) => (slack.appToken === null ? [] : testAppToken(slack, slack.appToken)),
  async jira({ jira: { baseUrl, email, apiToken, project, labelToIssueType, deployment } }) {
    if (deployment === 'datacenter') return [{ level: 'problem', message: dataCenter }];
    if (baseUrl === null || email === null || apiToken === null) return [];
    return testAccount({ baseUrl, email, apiToken, project, labelToIssueType, nearest: nearestName });
  },
  openai: async ({ openai: { apiKey, ...rest } }) => (apiKey === null ? [] : checkOpenAi({ apiKey, ...rest })),
};
