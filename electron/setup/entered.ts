import type { SettingName } from '../../shared/settings.ts';
import type { SettingChange, TestReport, TestTarget } from '../../shared/settings-view.ts';
import type { LoadedSettings } from '../settings/load-settings.ts';
import { textIn } from '../settings/settings-values.ts';
import { isFixedBy } from '../settings/settings-view.ts';
import { type TokenKind, tokenFault, tokenSource } from '../slack/token-format.ts';

type Findings = TestReport['findings'];

/** What each test cannot do without, and what else it depends on. */
const fields: Record<TestTarget, { needed: SettingName[]; used: SettingName[] }> = {
  slack_bot: { needed: ['SLACK_BOT_TOKEN'], used: ['SLACK_API_URL'] },
  slack_app: { needed: ['SLACK_APP_TOKEN'], used: ['SLACK_API_URL'] },
  jira: { needed: ['JIRA_BASE_URL', 'JIRA_EMAIL', 'JIRA_API_TOKEN'], used: ['JIRA_PROJECT_KEY', 'JIRA_DEPLOYMENT'] },
  openai: { needed: ['OPENAI_API_KEY'], used: ['OPENAI_BASE_URL', 'OPENAI_MODEL'] },
};

const advice: Partial<Record<SettingName, string>> = {
  SLACK_BOT_TOKEN: tokenSource.bot,
  SLACK_APP_TOKEN: tokenSource.app,
  JIRA_BASE_URL: 'Enter the address of your Jira site, such as https://your-team.atlassian.net.',
  JIRA_EMAIL: 'Enter the email address of the Atlassian account that creates the issues.',
  JIRA_API_TOKEN: 'Create one at id.atlassian.com under Security > API tokens.',
  OPENAI_API_KEY: 'Create one at platform.openai.com under API keys.',
};

/** What is entered and cannot be tested, what is missing, and what the test will leave out of account. */
export function findUnusable(target: TestTarget, change: SettingChange, loaded: LoadedSettings): Findings {
  const { needed, used } = fields[target];
  const { origins, problems } = loaded;
  const findings: Findings = [];
  for (const name of [...needed, ...used]) {
    if (!change[name]?.trim() || !isFixedBy(origins[name])) continue;
    const message = `${name} is fixed by ${origins[name]}: that value was tested, not the one entered here.`;
    findings.push({ level: 'warning', message });
  }
  for (const { key, message } of problems) {
    if (used.some((name) => name === key)) findings.push({ level: 'problem', message: `${key}: ${message}` });
  }
  // A wrong address takes the credentials meant for it away, which are not missing then.
  if (findings.some(({ level }) => level === 'problem')) return findings;
  return [...findings, ...(findToken(target, change, loaded) ?? findMissing(target, loaded))];
}

/** What the target needs and does not have: wrong in its form, or not there at all. */
export function findMissing(target: TestTarget, { settings, problems }: LoadedSettings): Findings {
  return fields[target].needed
    .filter((name) => textIn(settings, name) === null)
    .map((name) => {
      const problem = problems.find(({ key }) => key === name);
      const message =
        problem === undefined ? `${name} is missing. ${advice[name] ?? ''}` : `${name}: ${problem.message}`;
      return { level: 'problem', message: message.trim() };
    });
}

/** What the form of a token that was just entered gives away; null where it gives nothing away. */
function findToken(target: TestTarget, change: SettingChange, { origins }: LoadedSettings): Findings | null {
  const kinds: Partial<Record<TestTarget, TokenKind>> = { slack_bot: 'bot', slack_app: 'app' };
  const kind = kinds[target];
  if (kind === undefined) return null;
  const name = kind === 'bot' ? 'SLACK_BOT_TOKEN' : 'SLACK_APP_TOKEN';
  const entered = change[name]?.trim();
  if (!entered || isFixedBy(origins[name])) return null;
  const message = tokenFault(kind, entered);
  return message === null ? null : [{ level: 'problem', message }];
}
