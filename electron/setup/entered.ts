import { jiraLogin, type LoginNeed } from '../../shared/jira-login.ts';
import type { SettingName } from '../../shared/settings.ts';
import type { CheckTarget, CredentialReport, SettingChange } from '../../shared/settings-view.ts';
import type { LoadedSettings } from '../settings/load-settings.ts';
import { textIn } from '../settings/settings-values.ts';
import { isFixedBy } from '../settings/settings-view.ts';
import { type TokenKind, tokenFault, tokenSource } from '../slack/token-format.ts';

type NeedsOf = (settingOf: (name: SettingName) => unknown) => readonly Pick<LoginNeed, 'name' | 'source'>[];

/** What each check cannot do without, with where a person gets it, and what else it depends on. */
const fields: Record<CheckTarget, { needs: NeedsOf; used: SettingName[] }> = {
  slack_bot: { needs: () => [{ name: 'SLACK_BOT_TOKEN', source: tokenSource.bot }], used: ['SLACK_API_URL'] },
  slack_app: { needs: () => [{ name: 'SLACK_APP_TOKEN', source: tokenSource.app }], used: ['SLACK_API_URL'] },
  jira: { needs: (settingOf) => jiraLogin(settingOf).needs, used: ['JIRA_PROJECT_KEY', 'JIRA_DEPLOYMENT'] },
  openai: {
    needs: () => [{ name: 'OPENAI_API_KEY', source: 'Create one at platform.openai.com under API keys.' }],
    used: ['OPENAI_BASE_URL', 'OPENAI_MODEL'],
  },
};

/** What is entered and cannot be checked, what is missing, and what the check will leave out of account. */
export function findUnusable(target: CheckTarget, change: SettingChange, loaded: LoadedSettings): CredentialReport {
  const { needs, used } = fields[target];
  const { settings, origins, problems } = loaded;
  const report: CredentialReport = [];
  for (const name of [...needs((each) => textIn(settings, each)).map((need) => need.name), ...used]) {
    if (!change[name]?.trim() || !isFixedBy(origins[name])) continue;
    const message = `${name} is fixed by ${origins[name]}: that value was tested, not the one entered here.`;
    report.push({ level: 'warning', message });
  }
  for (const { key, message } of problems) {
    if (used.some((name) => name === key)) report.push({ level: 'problem', message: `${key}: ${message}` });
  }
  // A wrong address takes the credentials meant for it away, which are not missing then.
  if (report.some(({ level }) => level === 'problem')) return report;
  return [...report, ...(findToken(target, change, loaded) ?? findMissing(target, loaded))];
}

/** What the target needs and does not have: wrong in its form, or not there at all. */
export function findMissing(target: CheckTarget, { settings, problems }: LoadedSettings): CredentialReport {
  return fields[target]
    .needs((each) => textIn(settings, each))
    .filter(({ name }) => textIn(settings, name) === null)
    .map(({ name, source }) => {
      const problem = problems.find(({ key }) => key === name);
      const message = problem === undefined ? `${name} is missing. ${source}` : `${name}: ${problem.message}`;
      return { level: 'problem', message };
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
