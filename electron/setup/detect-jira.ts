import { type AppError, toAppError } from '../../shared/errors.ts';
import { isAtlassianCloud } from '../../shared/jira-address.ts';
import type { JiraDeployment } from '../../shared/jira-login.ts';
import type { JiraFound } from '../../shared/settings-view.ts';
import { detectJira } from '../jira/api/detection.ts';

/** A person has to say that the address may be asked. */
export const unaskedJira: JiraFound = { deployment: null, finding: null, needsPerson: true };

/** What is known of an address before anybody asks. */
interface Asked {
  baseUrl: string;
  /** What JIRA_DEPLOYMENT says; it counts whatever answers. */
  said: JiraDeployment | null;
  /** Why the address may not be reached; null where it may. */
  refusal: AppError | null;
}

/** Which Jira it is, in words for whoever entered its address. Never rejects. */
export async function findJira({ baseUrl, said, refusal }: Asked): Promise<JiraFound> {
  const find = (deployment: JiraDeployment | null, level: Level, message: string): JiraFound => {
    const isOther = said !== null && deployment !== null && said !== deployment;
    const words = `${message} But JIRA_DEPLOYMENT says Jira ${names[said ?? 'cloud']}.`;
    const finding = isOther ? { level: 'warning' as const, message: words } : { level, message };
    return { deployment: said ?? deployment, finding, needsPerson: false };
  };
  if (isAtlassianCloud(baseUrl)) return find('cloud', 'ok', `This is Jira ${names.cloud}.`);
  if (refusal !== null) return find(null, 'problem', refusal.message);
  const { host } = new URL(baseUrl);
  try {
    const { deployment, version } = await detectJira(baseUrl);
    const name = ['Jira', names[deployment], (deployment === 'datacenter' && version) || []].flat().join(' ');
    if (deployment === 'cloud' || !isOlder(version)) return find(deployment, 'ok', `Found ${name} at ${host}.`);
    const words = `This program is made for ${oldest.join('.')} and later, so some of it may not work there.`;
    return find(deployment, 'warning', `Found ${name} at ${host}. ${words}`);
  } catch (thrown) {
    return find(null, 'problem', toAppError(thrown).message);
  }
}

type Level = NonNullable<JiraFound['finding']>['level'];
const names: Record<JiraDeployment, string> = { cloud: 'Cloud', datacenter: 'Data Center' };

/** Major and minor of the oldest Data Center that is supported. */
const oldest = [9, 12] as const;

function isOlder(version: string | null): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  if (major === undefined) return false;
  return Number(major) < oldest[0] || (Number(major) === oldest[0] && Number(minor) < oldest[1]);
}
