import { createCloudClient } from 'jira.js';
import type { Client } from 'jira.js/core';
import { z } from 'zod';
import { withoutBidiControls } from '../../shared/bidi.ts';
import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import { projectKeyPattern } from '../../shared/issue-key.ts';
import { toAdf } from './adf.ts';
import {
  accountSchema,
  bulkSchema,
  createdSchema,
  issueSchema,
  issueTypePageSchema,
  permissionsSchema,
  projectPageSchema,
  read,
  screenPageSchema,
  searchSchema,
  serverInfoSchema,
  transitionsSchema,
} from './cloud-answers.ts';
import { describeTicket } from './description.ts';
import { type JiraApi, type StoredIssue, ticketAgentMark } from './jira-api.ts';
import { readOneByOne } from './read-issues.ts';
import { refusalOf } from './refusal.ts';

const pageSize = 200;
const mostPages = 10;
const mostProjects = 100;
const viewFields = ['summary', 'issuetype', 'status', 'assignee', 'created', 'updated'];
/** Scoped API tokens work at this gateway only, which shows no pages to people. */
const gateway = /^https:\/\/api\.atlassian\.com\/ex\/jira\//;

/** Jira Cloud, REST v3, through jira.js on our own transport. */
export function createCloudApi(baseUrl: string, client: Client): JiraApi {
  const jira = createCloudClient(client);
  let hasBulkFetch = true;
  /** As the server says it; null until it was asked. */
  let ownAddress: string | null = null;

  async function may(
    permission: 'BROWSE_PROJECTS' | 'CREATE_ISSUES' | 'EDIT_ISSUES',
    project: string,
  ): Promise<boolean> {
    const where = /^\d+$/.test(project) ? { projectId: project } : { projectKey: project };
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

  async function getIssue(issueIdOrKey: string): Promise<StoredIssue> {
    const answer = await jira.issues.getIssue({ issueIdOrKey, fields: viewFields, properties: [ticketAgentMark] });
    return toStored(read(issueSchema, answer, 'an issue'));
  }

  async function ownUrl(): Promise<string> {
    if (ownAddress !== null) return ownAddress;
    const info = read(serverInfoSchema, await jira.serverInfo.getServerInfo(), 'server information');
    const { origin, pathname } = new URL(info.baseUrl);
    ownAddress = `${origin}${pathname}`.replace(/(?<!\/)\/+$/, '');
    return ownAddress;
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
        return { items: fields.map(({ fieldId, name }) => ({ id: fieldId, name })), total };
      }),

    async createIssue({ fields, property }) {
      // A description that is a string would make jira.js use REST v2; ours is ADF.
      const answer = await jira.issues.createIssue({ fields, properties: [{ key: ticketAgentMark, value: property }] });
      const created = createdSchema.safeParse(answer);
      if (created.success) return created.data;
      const message = 'Jira took the issue, and its answer does not say which one it is.';
      throw new AppError('unconfirmed', message, { cause: created.error });
    },

    getIssue,

    async readIssues(keys) {
      if (!hasBulkFetch) return readOneByOne(getIssue, keys);
      try {
        const request = { issueIdsOrKeys: [...keys], fields: viewFields, properties: [ticketAgentMark] };
        const answer = await jira.issues.bulkFetchIssues(request);
        const { issues, issueErrors } = read(bulkSchema, answer, 'issues');
        // Those are there, and could not be read in this moment: neither found nor absent.
        if (issueErrors.length > 0) throw new AppError('unavailable', 'Jira could not read some issues just now.');
        return new Map(issues.map(toStored).map((issue) => [issue.key, issue]));
      } catch (thrown) {
        const { code } = toAppError(thrown);
        if (code !== 'not_found' && code !== 'invalid_input' && code !== 'forbidden') throw thrown;
        hasBulkFetch = false;
        return readOneByOne(getIssue, keys);
      }
    },

    async search(jql, { size, from }) {
      // GET, because a POST would count as a write whose answer was lost.
      const answer = await jira.issueSearch.searchAndReconsileIssuesUsingJql({
        jql,
        maxResults: size,
        ...(from === null ? {} : { nextPageToken: from }),
        fields: viewFields,
        properties: [ticketAgentMark],
      });
      const { issues, nextPageToken } = read(searchSchema, answer, 'a search');
      return { issues: issues.map(toStored), next: nextPageToken ?? null };
    },

    async getProperty(issueIdOrKey) {
      try {
        const answer = await jira.issueProperties.getIssueProperty({ issueIdOrKey, propertyKey: ticketAgentMark });
        return read(z.object({ value: z.unknown() }), answer, 'a property').value;
      } catch (thrown) {
        if (thrown instanceof AppError && thrown.code === 'not_found') return undefined;
        throw thrown;
      }
    },

    async setProperty(issueIdOrKey, body) {
      await jira.issueProperties.setIssueProperty({ issueIdOrKey, propertyKey: ticketAgentMark, body });
    },

    async deleteIssue(issueIdOrKey) {
      await jira.issues.deleteIssue({ issueIdOrKey });
    },

    async closingTransitions(issueIdOrKey) {
      const answer = await jira.issues.getTransitions({ issueIdOrKey });
      const { transitions } = read(transitionsSchema, answer, 'transitions');
      return transitions.filter(({ to }) => to?.statusCategory.key === 'done').map(({ id }) => id);
    },

    async transition(issueIdOrKey, id) {
      await jira.issues.doTransition({ issueIdOrKey, transition: { id } });
    },

    async addLabel(issueIdOrKey, label) {
      await jira.issues.editIssue({ issueIdOrKey, update: { labels: [{ add: label }] } });
    },

    async setIssueType(issueIdOrKey, id) {
      await jira.issues.editIssue({ issueIdOrKey, fields: { issuetype: { id } } });
    },

    async checkLogin() {
      return read(accountSchema, await jira.myself.getCurrentUser(), 'the account').displayName ?? null;
    },

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

    siteUrl: async () => (gateway.test(baseUrl) ? ownUrl() : baseUrl),
    ownUrl,

    renderDescription: (draft) => toAdf(describeTicket(draft)),
  };
}

function toStored({ id, key, fields, properties }: z.infer<typeof issueSchema>): StoredIssue {
  return {
    id,
    key,
    summary: calm(fields.summary) ?? '',
    issueType: fields.issuetype.name,
    status: calm(fields.status?.name),
    assignee: calm(fields.assignee?.displayName),
    created: fields.created ?? null,
    updated: fields.updated ?? null,
    property: properties[ticketAgentMark],
  };
}

/** Somebody's words as they may stand beside ours. */
function calm(words: string | null | undefined): string | null {
  return words === null || words === undefined ? null : withoutBidiControls(words);
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
