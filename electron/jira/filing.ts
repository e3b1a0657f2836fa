import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { TextSupplement } from '../../shared/ticket.ts';
import type { IssueTracker } from '../tickets/ports/issue-tracker.ts';
import { issuePage } from './api/links.ts';
import { isProjectId, numberOf } from './api/project-keys.ts';
import { mayNotCreate, reworded } from './api/refusal.ts';
import { createIssue } from './create-issue.ts';
import type { CreateMeta } from './fields/create-meta.ts';
import { describeForm } from './fields/describe-form.ts';
import { findCreated, newestIssues, newestKey } from './find-created.ts';
import { createNewestKeys } from './newest-keys.ts';
import type { CreateIssueDeps } from './plan-issue.ts';
import type { Projects } from './projects.ts';

export interface FilingDeps extends Pick<CreateIssueDeps, 'api' | 'limit'> {
  projects: Projects;
  metaOf(project: string): CreateMeta;
  /** Milliseconds since 1970. */
  now(): number;
}

/** The create, what must be known before it, and the look for one whose answer is missing. */
export function createFiling({
  api,
  projects,
  metaOf,
  limit,
  now,
}: FilingDeps): Pick<IssueTracker, 'beforeCreate' | 'formFor' | 'askedFor' | 'createIssue' | 'findCreated'> {
  const urlOf = async (key: string) => issuePage(await api.siteUrl(), key);

  /** Newest key that the index knows of a project; null where it cannot be known. */
  async function newestIn(project: string): Promise<string | null> {
    try {
      return newestKey(await newestIssues(api, project, { withProperty: false }), await projects.keyOf(project));
    } catch (thrown) {
      // A search that something on the way objects to must not keep tickets from being filed.
      const { code } = toAppError(thrown);
      if (reactionTo(code) !== 'give_up' && code !== 'bad_response') throw thrown;
      return null;
    }
  }

  const newest = createNewestKeys({
    // Before a create, since an issue whose creation is not confirmed is one that comes after it.
    async read(project) {
      const key = await newestIn(project);
      if (isProjectId(project) || (key !== null && numberOf(key) > 0)) return key;
      // A search may not know a key that the project had before.
      const current = await projects.currentKey(project).catch(() => project);
      return current === project ? key : newestIn(current);
    },
    now,
  });

  return {
    async beforeCreate(asked) {
      const project = projects.named(asked);
      const anchorKey = await newest.of(project);
      return { site: await api.siteUrl(), project, anchorKey };
    },

    async formFor(draft) {
      const { issueType, types, fields } = await describeForm(
        { api, meta: metaOf(projects.named(draft.project)) },
        draft,
      );
      return { issueType, types, fields: fields.map(({ isKnown: _, problem: __, ...field }) => field) };
    },

    async askedFor(draft, more) {
      return describeForm({ api, meta: metaOf(projects.named(draft.project)) }, draft, more);
    },

    async createIssue(draft, beforeUnmarked) {
      const project = projects.named(draft.project);
      // Asked first: once the issue exists, nothing may fail any more.
      await api.siteUrl();
      const deps = { api, meta: metaOf(project), limit };
      const created = await reworded(createIssue(deps, { ...draft, project }, beforeUnmarked), {
        forbidden: mayNotCreate(project),
        not_found: 'Jira takes no issues at this address. Check JIRA_BASE_URL.',
      });
      newest.saw(project, created.key);
      return { ...created, url: await urlOf(created.key) };
    },

    async findCreated({ sent, isOpen = false, ...request }) {
      if (sent !== null && sent.site !== api.baseUrl && sent.site !== (await api.siteUrl())) {
        // Of this ticket alone: with the settings as they are, the others go on.
        const message = `This ticket may be in Jira at ${sent.site}, where it was sent, but the settings name ${api.baseUrl} now. Look there, or set JIRA_BASE_URL back and try again.`;
        throw new AppError('forbidden', message);
      }
      const project = sent?.project ?? projects.named(request.project);
      const made = newest.madeIn(project);
      const lookUp = { api, project, anchorKey: sent?.anchorKey ?? null, made, isOpen, now: now() };
      const { issue, isCertain } = await findCreated(lookUp, request);
      if (issue === null) return { issue, isCertain };
      const { id, key, issueType } = issue;
      const due: TextSupplement[] = issue.property === undefined || issue.property === null ? ['property'] : [];
      return { issue: { id, key, issueType, url: await urlOf(key), note: null, due }, isCertain };
    },
  };
}
