import { createCloudClient } from 'jira.js';
import type { Client } from 'jira.js/core';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { issueKeyPattern, projectKeyPattern } from '../../shared/issue-key.ts';
import { toAdf } from './adf.ts';
import { describeTicket } from './description.ts';
import { type JiraApi, type StoredIssue, ticketAgentMark } from './jira-api.ts';
import { refusalOf } from './refusal.ts';

const issueTypeSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    subtask: z.boolean().default(false),
    hierarchyLevel: z.number().nullish(),
  })
  .transform(({ id, name, subtask, hierarchyLevel }) => {
    return { id, name, subtask, standard: !subtask && (hierarchyLevel ?? 0) === 0 };
  });
/** Lists go by their own name in Cloud's documentation, and by `values` in older answers. */
const listNamed = (name: string) => (page: unknown) =>
  page && typeof page === 'object' && 'values' in page ? { [name]: page.values, ...page } : page;
const issueTypePageSchema = z.preprocess(
  listNamed('issueTypes'),
  z.object({ total: z.number().optional(), issueTypes: z.array(issueTypeSchema) }),
);

const screenFieldSchema = z.object({ fieldId: z.string(), name: z.string() });
const screenPageSchema = z.preprocess(
  listNamed('fields'),
  z.object({ total: z.number().optional(), fields: z.array(screenFieldSchema) }),
);

const createdSchema = z.object({ id: z.string().min(1), key: z.string().regex(issueKeyPattern) });

const named = z.object({ name: z.string() });
const issueSchema = z.object({
  id: z.string(),
  key: z.string().regex(issueKeyPattern),
  fields: z.object({
    summary: z.string().nullish(),
    issuetype: named,
    status: named.nullish(),
    assignee: z.object({ displayName: z.string().nullish() }).nullish(),
    updated: z.string().nullish(),
  }),
  properties: z.record(z.string(), z.unknown()).default({}),
});
const searchSchema = z.object({ issues: z.array(issueSchema), nextPageToken: z.string().nullish() });
const permissionsSchema = z.object({ permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })) });
const serverInfoSchema = z.object({ baseUrl: z.url({ protocol: /^https?$/ }) });

const pageSize = 200;
const mostPages = 10;
const viewFields = ['summary', 'issuetype', 'status', 'assignee', 'updated'];
/** Scoped API tokens work at this gateway only, which shows no pages to people. */
const gateway = /^https:\/\/api\.atlassian\.com\/ex\/jira\//;

/** Jira Cloud, REST v3, through jira.js on our own transport. */
export function createCloudApi(baseUrl: string, client: Client): JiraApi {
  const jira = createCloudClient(client);
  let siteUrl = gateway.test(baseUrl) ? null : baseUrl;

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

    async getIssue(issueIdOrKey) {
      const answer = await jira.issues.getIssue({ issueIdOrKey, fields: viewFields, properties: [ticketAgentMark] });
      return toStored(read(issueSchema, answer, 'an issue'));
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

    async checkLogin() {
      await jira.myself.getCurrentUser();
    },

    async projectKey(projectIdOrKey) {
      const answer = await jira.projects.getProject({ projectIdOrKey });
      return read(z.object({ key: z.string().regex(projectKeyPattern) }), answer, 'a project').key;
    },

    async mayCreate(project) {
      const where = /^\d+$/.test(project) ? { projectId: project } : { projectKey: project };
      try {
        const answer = await jira.permissions.getMyPermissions({ ...where, permissions: 'CREATE_ISSUES' });
        const { permissions } = read(permissionsSchema, answer, 'permissions');
        return permissions['CREATE_ISSUES']?.havePermission ?? true;
      } catch (thrown) {
        // Some tokens may not ask for permissions; seeing the project is the next best sign.
        if (refusalOf(thrown) === null) throw thrown;
        await jira.projects.getProject({ projectIdOrKey: project });
        return true;
      }
    },

    async siteUrl() {
      if (siteUrl !== null) return siteUrl;
      const info = read(serverInfoSchema, await jira.serverInfo.getServerInfo(), 'server information');
      siteUrl = info.baseUrl.replace(/\/+$/, '');
      return siteUrl;
    },

    renderDescription: (draft) => toAdf(describeTicket(draft)),
  };
}

function toStored({ id, key, fields, properties }: z.infer<typeof issueSchema>): StoredIssue {
  return {
    id,
    key,
    summary: fields.summary ?? '',
    issueType: fields.issuetype.name,
    status: fields.status?.name ?? null,
    assignee: fields.assignee?.displayName ?? null,
    updated: fields.updated ?? null,
    property: properties[ticketAgentMark],
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

/** jira.js hands on answers that do not fit its schemas, so what is used here is checked here. */
function read<Schema extends z.ZodType>(schema: Schema, answer: unknown, what: string): z.infer<Schema> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  const place = where === '' ? '' : ` (at ${where})`;
  throw new AppError('bad_response', `Jira answered a question for ${what} with something else${place}.`, {
    cause: parsed.error,
  });
}
