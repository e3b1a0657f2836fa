import { z } from 'zod';
import { projectKeyPattern } from '../../../shared/issue-key.ts';
import { issueTypePageSchema, permissionsSchema, read, screenPageSchema } from './cloud-answers.ts';
import type { JiraApi } from './jira-api.ts';
import type { JiraClient } from './jira-client.ts';
import { isProjectId } from './project-keys.ts';
import { refusalOf } from './refusal.ts';

const pageSize = 200;
/** Servers may give a few entries a page, whatever is asked for. */
const mostPages = 100;

export type Permission = 'BROWSE_PROJECTS' | 'CREATE_ISSUES' | 'EDIT_ISSUES';
/** Names that Data Center also goes by, from before its version 6. */
const formerNames: Record<Permission, string> = {
  BROWSE_PROJECTS: 'BROWSE',
  CREATE_ISSUES: 'CREATE_ISSUE',
  EDIT_ISSUES: 'EDIT_ISSUE',
};

export interface ProjectApi
  extends Pick<JiraApi, 'issueTypes' | 'createScreen' | 'projectKey' | 'mayCreate' | 'mayEdit'> {
  may(permission: Permission, project: string): Promise<boolean>;
}

/**
 * What both dialects ask of a project in the same way. `further` sends the pages after the first, which are one question
 * with it. `isNamed`: whether the permission that is asked for is named.
 */
export function createProjectApi(
  jira: JiraClient,
  { further, isNamed }: { further: JiraClient; isNamed: boolean },
): ProjectApi {
  const clientFor = (startAt: number) => (startAt === 0 ? jira : further);

  async function may(permission: Permission, project: string): Promise<boolean> {
    const where = isProjectId(project) ? { projectId: project } : { projectKey: project };
    try {
      const answer = await jira.permissions.getMyPermissions({
        ...where,
        ...(isNamed ? { permissions: permission } : {}),
      });
      const { permissions } = read(permissionsSchema, answer, 'permissions');
      const granted = permissions[permission] ?? permissions[formerNames[permission]];
      return granted?.havePermission ?? true;
    } catch (thrown) {
      // Some tokens may not ask for permissions; seeing the project is the next best sign.
      if (refusalOf(thrown) === null) throw thrown;
      await jira.projects.getProject({ projectIdOrKey: project });
      return true;
    }
  }

  return {
    may,

    issueTypes: (projectIdOrKey) =>
      everyPage(async (startAt) => {
        const where = { projectIdOrKey, startAt, maxResults: pageSize };
        const page = await clientFor(startAt).issues.getCreateIssueMetaIssueTypes(where);
        const { issueTypes: items, ...rest } = read(issueTypePageSchema, page, 'issue types');
        return { items, ...rest };
      }),

    createScreen: (projectIdOrKey, issueTypeId) =>
      everyPage(async (startAt) => {
        const where = { projectIdOrKey, issueTypeId, startAt, maxResults: pageSize };
        const page = await clientFor(startAt).issues.getCreateIssueMetaIssueTypeId(where);
        const { fields: items, ...rest } = read(screenPageSchema, page, 'fields of an issue type');
        return { items, ...rest };
      }),

    async projectKey(projectIdOrKey) {
      const answer = await jira.projects.getProject({ projectIdOrKey });
      return read(z.object({ key: z.string().regex(projectKeyPattern) }), answer, 'a project').key;
    },

    mayCreate: (project) => may('CREATE_ISSUES', project),
    mayEdit: (project) => may('EDIT_ISSUES', project),
  };
}

interface Page<T> {
  items: T[];
  /** How many there are in all, and whether these are the last ones, where Jira says so. */
  total?: number | undefined;
  isLast?: boolean | undefined;
}

async function everyPage<T>(ask: (startAt: number) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const { items, total, isLast } = await ask(all.length);
    all.push(...items);
    if (items.length === 0 || isLast === true || (isLast !== false && all.length >= (total ?? 0))) break;
  }
  return all;
}
