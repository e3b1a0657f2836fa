import { type JiraDeployment, jiraLogin, type LoginNeed } from '../../shared/jira-login.ts';
import { fieldName, settingLabels } from '../../shared/setting-labels.ts';
import type { SettingName } from '../../shared/settings.ts';
import type { CheckTarget, CredentialReport, SettingChange } from '../../shared/settings-view.ts';
import type { LoadedSettings } from '../settings/load-settings.ts';
import { textIn } from '../settings/settings-values.ts';
import { isFixedBy } from '../settings/settings-view.ts';
import { type TokenKind, tokenFault, tokenSource } from '../slack/token-format.ts';

type Need = Pick<LoginNeed, 'name' | 'label' | 'source'>;
type NeedsOf = (settingOf: (name: SettingName) => unknown, detected: JiraDeployment | null) => readonly Need[];

/** What each check cannot do without, with where a person gets it, and what else it depends on. */
const fields: Record<CheckTarget, { needs: NeedsOf; used: SettingName[] }> = {
  slack_bot: { needs: () => [needOf('SLACK_BOT_TOKEN', tokenSource.bot)], used: ['SLACK_API_URL'] },
  slack_app: { needs: () => [needOf('SLACK_APP_TOKEN', tokenSource.app)], used: ['SLACK_API_URL'] },
  jira: {
    needs: (settingOf, detected) => jiraLogin(settingOf, detected).needs,
    used: ['JIRA_PROJECT_KEY', 'JIRA_DEPLOYMENT'],
  },
  openai: {
    needs: () => [needOf('OPENAI_API_KEY', 'Create one at platform.openai.com under API keys.')],
    used: ['OPENAI_BASE_URL', 'OPENAI_MODEL'],
  },
};

function needOf(name: keyof typeof settingLabels, source: string): Need {
  return { name, label: settingLabels[name], source };
}

/** `detected`: which Jira answers at its address, where that was asked. */
export interface Entered {
  loaded: LoadedSettings;
  detected: JiraDeployment | null;
}

/** What is entered and cannot be checked, what is missing, and what the check will leave out of account. */
export function findUnusable(target: CheckTarget, change: SettingChange, entered: Entered): CredentialReport {
  const { needs, used } = fields[target];
  const { settings, origins, problems } = entered.loaded;
  const report: CredentialReport = [];
  const needed = needs((each) => textIn(settings, each), entered.detected).map((need) => need.name);
  for (const name of [...needed, ...used]) {
    if (!change[name]?.trim() || !isFixedBy(origins[name])) continue;
    const message = `${name} is fixed by ${origins[name]}: that value was tested, not the one entered here.`;
    report.push({ level: 'warning', message });
  }
  for (const { key, message } of problems) {
    const name = used.find((each) => each === key);
    if (name !== undefined) report.push({ level: 'problem', message: `${calledIn(entered, name)}: ${message}` });
  }
  // A wrong address takes the credentials meant for it away, which are not missing then.
  if (report.some(({ level }) => level === 'problem')) return report;
  return [...report, ...(findToken(target, change, entered.loaded) ?? findMissing(target, entered))];
}

/** The field's label; the setting's name where a file or the environment fixes it. */
function calledIn({ loaded: { origins } }: Entered, name: SettingName, label = fieldName(name)): string {
  return isFixedBy(origins[name]) ? name : label;
}

/** What the target needs and does not have: wrong in its form, or not there at all. */
export function findMissing(target: CheckTarget, entered: Entered): CredentialReport {
  const { settings, problems } = entered.loaded;
  return fields[target]
    .needs((each) => textIn(settings, each), entered.detected)
    .filter(({ name }) => textIn(settings, name) === null)
    .map(({ name, label, source }) => {
      const problem = problems.find(({ key }) => key === name);
      if (problem === undefined) return { level: 'problem', message: `“${label}” is missing. ${source}` };
      return { level: 'problem', message: `${calledIn(entered, name, `“${label}”`)}: ${problem.message}` };
    });
}

/** What the form of a token that was just entered gives away; null where it gives nothing away. */
function findToken(target: CheckTarget, change: SettingChange, { origins }: LoadedSettings): CredentialReport | null {
  const kinds: Partial<Record<CheckTarget, TokenKind>> = { slack_bot: 'bot', slack_app: 'app' };
  const kind = kinds[target];
  if (kind === undefined) return null;
  const name = kind === 'bot' ? 'SLACK_BOT_TOKEN' : 'SLACK_APP_TOKEN';
  const entered = change[name]?.trim();
  if (!entered || isFixedBy(origins[name])) return null;
  const message = tokenFault(kind, entered);
  return message === null ? null : [{ level: 'problem', message }];
}
