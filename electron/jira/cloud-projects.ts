import type { createCloudClient } from 'jira.js';
import { z } from 'zod';
import { reactionTo, toAppError } from '../../shared/errors.ts';
import { projectKeyPattern } from '../../shared/issue-key.ts';
import { issueTypePageSchema, permissionsSchema, projectPageSchema, read, screenPageSchema } from './cloud-answers.ts';
import type { JiraApi } from './jira-api.ts';
import { isProjectId } from './project-keys.ts';
import { refusalOf } from './refusal.ts';

const pageSize = 200;
const mostPages = 10;
const mostProjects = 100;

type Permission = 'BROWSE_PROJECTS' | 'CREATE_ISSUES' | 'EDIT_ISSUES';

/** What Jira Cloud tells of projects: what they take, and what this account may do in them. */
export function createCloudProjects(
  jira: ReturnType<typeof createCloudClient>,
): Pick<JiraApi, 'issueTypes' | 'createScreen' | 'projects' | 'projectKey' | 'mayCreate' | 'mayEdit' | 'isEmpty'> {
  async function may(permission: Permission, project: string): Promise<boolean> {
    const where = isProjectId(project) ? { projectId: project } : { projectKey: project };
    try {
      const answer = await jira.permissions.getMyPermissions({ ...where, permissions: permission });
      const { permissions } = read(permissionsSchema, answer, 'permissions');
      return permissions[permission]?.havePermission ?? true;
    } catch (thrown) {
      // Some tokens may not ask for permissions; seeing the project is the next best sign.
      if (refusalOf(thrown) === null) throw thrown;
      await jira.projects.getProject({ projectIdOrKey: project });
      return true;
    }
  }

  /** null where Jira does not tell. */
  async function issueCount(projectKey: string): Promise<number | null> {
    try {
      const answer = await jira.projects.searchProjects({ keys: [projectKey], expand: 'insight' });
      const found = read(projectPageSchema, answer, 'projects').values.find(({ key }) => key === projectKey);
      return found?.insight?.totalIssueCount ?? null;
    } catch (thrown) {
      if (reactionTo(toAppError(thrown).code) !== 'give_up') throw thrown;
      return null;
    }
  }

  return {
    issueTypes: (projectIdOrKey) =>
      everyPage(async (startAt) => {
        const page = await jira.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey, startAt, maxResults: pageSize });
        const { issueTypes: items, total } = read(issueTypePageSchema, page, 'issue types');
        return { items, total };
      }),

    createScreen: (projectIdOrKey, issueTypeId) =>
      everyPage(async (startAt) => {
        const where = { projectIdOrKey, issueTypeId, startAt, maxResults: pageSize };
        const page = await jira.issues.getCreateIssueMetaIssueTypeId(where);
        const { fields, total } = read(screenPageSchema, page, 'fields of an issue type');
        return { items: fields, total };
      }),

    async projects() {
      const answer = await jira.projects.searchProjects({
        action: 'create',
        orderBy: 'name',
        maxResults: mostProjects,
      });
      const { values, total, isLast } = read(projectPageSchema, answer, 'projects');
      return { projects: values, isCut: isLast === false || (total ?? 0) > values.length };
    },

    async projectKey(projectIdOrKey) {
      const answer = await jira.projects.getProject({ projectIdOrKey });
      return read(z.object({ key: z.string().regex(projectKeyPattern) }), answer, 'a project').key;
    },

    mayCreate: (project) => may('CREATE_ISSUES', project),
    mayEdit: (project) => may('EDIT_ISSUES', project),

    async isEmpty(projectKey) {
      // The count is experimental, and may lag; with the permission to browse, at least what is ours shows in time.
      const count = await issueCount(projectKey);
      if (count !== null && count > 0) return false;
      return (await may('BROWSE_PROJECTS', projectKey)) ? true : null;
    },
  };
}

async function everyPage<T>(
  ask: (startAt: number) => Promise<{ items: T[]; total: number | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const { items, total } = await ask(all.length);
    all.push(...items);
    if (items.length === 0 || all.length >= (total ?? 0)) break;
  }
  return all;
}
