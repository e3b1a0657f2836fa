import { isolated } from '../../shared/bidi.ts';
import { type AppError, toAppError } from '../../shared/errors.ts';
import type { Label } from '../../shared/labels.ts';
import type { CredentialReport } from '../../shared/settings-view.ts';
import type { JiraApi } from './api/jira-api.ts';
import { gatewayOf } from './api/links.ts';
import { type JiraAccess, openJira } from './api/open-jira.ts';
import { refusalOf } from './api/refusal.ts';
import { readSiteFacts } from './site-facts.ts';
import { previewTypes } from './type-preview.ts';

export interface CredentialCheck extends JiraAccess {
  /** Key or numeric id; null where none is chosen yet. */
  project: string | null;
  labelToIssueType: Record<Label, string>;
  /** The known name that a misspelt one most likely stands for. */
  nearest(name: string, known: string[]): string | null;
  /** Where tokens with scopes work; that of the site where absent. */
  gateway?: string;
}

/** Tries all that a ticket will need of this Jira, without creating anything. Never rejects. */
export async function checkCredentials(jira: JiraApi, check: CredentialCheck): Promise<CredentialReport> {
  let name: string | null;
  try {
    name = await jira.checkLogin();
  } catch (thrown) {
    return [{ level: 'problem', message: await explainLogin(toAppError(thrown), jira.baseUrl, check) }];
  }
  const message = `Signed in to Jira as ${isolated(name ?? check.email ?? 'somebody without a name')}.`;
  const signedIn: CredentialReport[number] = { level: 'ok', message };
  try {
    return [signedIn, ...(await judgeProject(jira, check))];
  } catch (thrown) {
    return [signedIn, { level: 'problem', message: toAppError(thrown).message }];
  }
}

async function explainLogin(error: AppError, baseUrl: string, check: CredentialCheck): Promise<string> {
  const { code, message } = error;
  if (code !== 'unauthorized' && code !== 'not_found' && code !== 'bad_response') return message;
  const { deployment, cloudId } = await readSiteFacts(baseUrl);
  if (deployment === 'datacenter' && check.deployment === 'cloud') {
    return `${baseUrl} is a Jira Data Center, and JIRA_DEPLOYMENT says cloud. Change that; what it takes is a personal access token, made in Jira under Profile > Personal Access Tokens.`;
  }
  if (deployment === 'cloud' && check.deployment === 'datacenter') {
    return `${baseUrl} is Jira Cloud, and JIRA_DEPLOYMENT says datacenter. Change that; what it takes is the account’s email address and an API token.`;
  }
  if (code === 'not_found') {
    return 'There is no Jira at this address. Check JIRA_BASE_URL: a path that Jira lies below belongs to it.';
  }
  if (refusalOf(error)?.status !== 401 || deployment !== 'cloud') return message;
  const gateway = check.gateway ?? gatewayOf(baseUrl);
  const scoped = cloudId === null || gateway === null ? null : `${gateway}/ex/jira/${cloudId}`;
  if (scoped !== null && (await isKnownAt({ ...check, baseUrl: scoped }))) {
    return (
      'The token has scopes, and such a token does not work at the site’s own address. ' +
      `Set JIRA_BASE_URL to ${scoped} (the scopes it needs: read:jira-work, write:jira-work and read:jira-user).`
    );
  }
  return `${message} A token ends after a year at the latest: if yours may have, create a new one.`;
}

/** Whether the login works there, or fails for nothing but the token's scopes. */
async function isKnownAt(access: JiraAccess): Promise<boolean> {
  try {
    await openJira({ ...access, deployment: 'cloud' }).checkLogin();
    return true;
  } catch (thrown) {
    return refusalOf(thrown)?.messages.some((words) => /scope does not match/i.test(words)) ?? false;
  }
}

async function judgeProject(jira: JiraApi, check: CredentialCheck): Promise<CredentialReport> {
  const { project, labelToIssueType } = check;
  if (project === null) {
    return [{ level: 'warning', message: 'No project is chosen yet. Choose the one that gets the tickets.' }];
  }
  const mayCreate = await jira.mayCreate(project).catch((thrown) => {
    if (toAppError(thrown).code !== 'not_found') throw thrown;
    return null;
  });
  if (mayCreate === null) return [{ level: 'problem', message: await describeMissing(jira, project, check.nearest) }];
  if (!mayCreate) {
    const message =
      `This account may not create issues in ${project}. ` +
      'Ask a Jira administrator for the permission "Create issues" there, or choose another project.';
    return [{ level: 'problem', message }];
  }
  const report: CredentialReport = [{ level: 'ok', message: `It may create issues in ${project}.` }];
  if (!(await jira.mayEdit(project))) {
    const message =
      `It may not edit issues in ${project}, so approvals and rejections are kept in Slack and on this computer, ` +
      'not on the issue. The permission "Edit issues" would change that.';
    report.push({ level: 'warning', message });
  }
  const { preview } = await previewTypes(jira, project, labelToIssueType);
  return [...report, ...judgeTypes(preview)];
}

/** One warning for each thing that is not as asked for, with the labels that it concerns. */
function judgeTypes(preview: Record<Label, { note: string | null }>): CredentialReport {
  const concerned = new Map<string, string[]>();
  for (const [label, { note }] of Object.entries(preview)) {
    if (note !== null) concerned.set(note, [...(concerned.get(note) ?? []), label]);
  }
  if (concerned.size === 0)
    return [{ level: 'ok', message: 'The project has an issue type for every kind of ticket.' }];
  return [...concerned].map(([note, labels]) => ({ level: 'warning', message: `${labels.join(', ')}: ${note}` }));
}

const mostListed = 8;

async function describeMissing(jira: JiraApi, project: string, nearest: CredentialCheck['nearest']): Promise<string> {
  const missing = `Jira has no project ${project}, or this account may not see it.`;
  const offered = await jira.projects().catch(() => null);
  if (offered === null) return `${missing} Check JIRA_PROJECT_KEY.`;
  const keys = offered.projects.map(({ key }) => key);
  if (keys.length === 0) {
    return `${missing} It may create issues in no project: ask a Jira administrator for the permission "Create issues".`;
  }
  const near = nearest(project, keys);
  const listed = offered.projects.slice(0, mostListed).map(({ key, name }) => `${key} (${name})`);
  const more = offered.isCut || keys.length > mostListed ? ' and more' : '';
  return `${missing}${near === null ? '' : ` Did you mean ${near}?`} It may create issues in ${listed.join(', ')}${more}.`;
}
