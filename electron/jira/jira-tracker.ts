import { AppError, type ErrorCode, reactionTo, toAppError } from '../../shared/errors.ts';
import type { IssueTracker, ListedIssue } from '../tickets/ports/issue-tracker.ts';
import { type JiraApi, type StoredIssue, ticketAgentMark } from './api/jira-api.ts';
import { isOnSite, issuePage } from './api/links.ts';
import { checkKey, checkProject, inProject, prefixOf } from './api/project-keys.ts';
import { mayNotCreate, noIssue, reworded } from './api/refusal.ts';
import { type CreateMeta, createCreateMeta } from './fields/create-meta.ts';
import { createFiling } from './filing.ts';
import { createIssueMarks } from './issue-marks.ts';
import type { MarkSeal } from './marks/mark-seal.ts';
import { readProperty } from './marks/ticket-property.ts';
import { createProjects } from './projects.ts';
import { createSupplements } from './supplements.ts';
import { createTextLimit } from './text-limit.ts';

export interface JiraTrackerOptions {
  api: JiraApi;
  /** Proves what people said on an issue. */
  seal: MarkSeal;
  /** Milliseconds since 1970; the computer's clock where absent. */
  now?: (() => number) | undefined;
}

const listPageSize = 100;

/** The issue tracker on Jira, in whichever dialect the api speaks. Throws what the port says. */
export function createJiraTracker(options: JiraTrackerOptions): IssueTracker {
  const { api, seal, now = Date.now } = options;
  const projects = createProjects(api, now);
  const metas = new Map<string, CreateMeta>();
  const limit = createTextLimit();

  function metaOf(project: string): CreateMeta {
    const meta = metas.get(project) ?? createCreateMeta(api, project, now);
    metas.set(project, meta);
    return meta;
  }

  const urlOf = async (key: string) => issuePage(await api.siteUrl(), key);

  async function toListed({ id, key, summary, issueType, created, property }: StoredIssue): Promise<ListedIssue> {
    const issue = { id, key, url: await urlOf(key), summary, issueType, createdAt: toIso(created) };
    return { ...issue, ...readProperty(property, id, seal) };
  }

  return {
    ...createFiling({ api, projects, metaOf, limit, now }),
    ...createSupplements({ api, limit }),
    ...createIssueMarks({ api, metaOf, seal }),

    async getIssue(key) {
      checkKey(key);
      // Asked first: what is asked may not tell whether there is such an issue.
      await api.siteUrl();
      const issue = await reworded(api.getIssue(key), { not_found: noIssue(key) });
      return {
        id: issue.id,
        key: issue.key,
        url: await urlOf(issue.key),
        summary: issue.summary,
        status: issue.status ?? 'unknown',
        issueType: issue.issueType,
        issueTypeId: issue.issueTypeId,
        assignee: issue.assignee,
        updatedAt: toIso(issue.updated),
        label: readProperty(issue.property, issue.id, seal).label,
        isOurs: (issue.property ?? null) !== null || issue.labels.includes(ticketAgentMark),
      };
    },

    async isGone(key) {
      checkKey(key);
      const isAbsent = await api.getIssue(key).then(
        () => false,
        (thrown: unknown) => {
          if (toAppError(thrown).code === 'not_found') return true;
          throw thrown;
        },
      );
      return isAbsent && (await attempt(api.projectKey(prefixOf(key)))) !== null;
    },

    async isOwnAddress(address) {
      if (isOnSite(address, api.baseUrl)) return true;
      const own = await api.ownUrl().catch((thrown) => {
        const { code } = toAppError(thrown);
        // Some servers do not say it, or not as an address.
        if (reactionTo(code) !== 'give_up' && code !== 'bad_response') throw thrown;
        return api.baseUrl;
      });
      return isOnSite(address, own);
    },

    projectKey: async (project) => projects.keyOf(projects.named(project)),

    async currentKey(projectKey) {
      checkProject(projectKey);
      return projects.currentKey(projectKey);
    },

    async check(asked) {
      const project = projects.named(asked);
      await reworded(api.checkLogin(), { not_found: 'There is no Jira at this address. Check JIRA_BASE_URL.' });
      const mayCreate = await reworded(api.mayCreate(project), {
        not_found: `Jira has no project ${project}, or this account may not see it. Check JIRA_PROJECT_KEY.`,
      });
      if (!mayCreate) throw new AppError('forbidden', mayNotCreate(project));
    },

    async listIssues(project, from) {
      const ours = `${inProject(projects.named(project))} AND labels = "${ticketAgentMark}"`;
      const page = { size: listPageSize, from, withProperty: true };
      const { issues, next } = await api.search(`${ours} ORDER BY created DESC`, page);
      return { issues: await Promise.all(issues.map(toListed)), next };
    },

    async clearTest(key) {
      checkKey(key);
      return clearTest(api, key);
    },
  };
}

/** Clears an issue that was only a test: deletes it, else closes it, else labels it `test`. */
async function clearTest(api: JiraApi, key: string): ReturnType<IssueTracker['clearTest']> {
  if (await attempt(api.deleteIssue(key))) return 'deleted';
  const transitions = await attempt(api.closingTransitions(key));
  // A transition may demand fields that are not known here, so each is tried.
  for (const id of transitions?.answer ?? []) if (await attempt(api.transition(key, id))) return 'closed';
  return (await attempt(api.addLabel(key, 'test'))) ? 'labelled' : 'left';
}

/** `unauthorized` too: the gateway for scoped tokens says so where only a scope is missing. */
const refusals: ReadonlySet<ErrorCode> = new Set(['forbidden', 'not_found', 'invalid_input', 'unauthorized']);

/** What Jira answered; null where it refused. */
async function attempt<T>(work: Promise<T>): Promise<{ answer: T } | null> {
  try {
    return { answer: await work };
  } catch (thrown) {
    if (thrown instanceof AppError && refusals.has(thrown.code)) return null;
    throw thrown;
  }
}

function toIso(time: string | null): string {
  const at = new Date(time ?? '');
  if (Number.isNaN(at.getTime()))
    throw new AppError('bad_response', 'Jira did not say when an issue was created or updated.');
  return at.toISOString();
}
