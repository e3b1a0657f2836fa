import { createCloudClient } from 'jira.js';
import type { z } from 'zod';
import { withoutBidiControls } from '../../shared/bidi.ts';
import { AppError, toAppError } from '../../shared/errors.ts';
import { toAdf } from './adf.ts';
import { createAttachments } from './attachments.ts';
import {
  accountSchema,
  bulkSchema,
  createdSchema,
  issueSchema,
  peopleSchema,
  propertyValueSchema,
  read,
  searchSchema,
  serverInfoSchema,
  transitionsSchema,
} from './cloud-answers.ts';
import { createCloudProjects } from './cloud-projects.ts';
import { createComments } from './comments.ts';
import { personWith, unlessRefused } from './find-account.ts';
import type { HttpClient } from './http-client.ts';
import { type JiraApi, type StoredIssue, ticketAgentMark } from './jira-api.ts';
import { isGateway } from './links.ts';
import { readOneByOne } from './read-one-by-one.ts';

/** More than one is already too many to choose from. */
const mostPeople = 10;
const viewFields = ['summary', 'issuetype', 'status', 'assignee', 'labels', 'created', 'updated'];

/** Jira Cloud, REST v3, through jira.js on our own transport. `baseUrl` is without a trailing slash. */
export function createCloudApi(baseUrl: string, client: HttpClient): JiraApi {
  const jira = createCloudClient(client);
  const reading = createCloudClient(client.reading);
  let hasBulkFetch = true;
  /** Address as the server says it; null until it was asked. */
  let ownAddress: string | null = null;

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
    ...createCloudProjects(jira),
    ...createComments({ client, jira }, toAdf),
    ...createAttachments(jira),
    baseUrl,

    async createIssue({ fields: given, texts, property }) {
      const documents = Object.entries(texts).map(([id, text]) => [id, toAdf(text)]);
      const fields = { ...given, ...Object.fromEntries(documents) };
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
        const answer = await reading.issues.bulkFetchIssues(request);
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
        return read(propertyValueSchema, answer, 'a property').value;
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

    async findAccount(email) {
      const answer = await unlessRefused(jira.userSearch.findUsers({ query: email, maxResults: mostPeople }));
      const person = answer === null ? null : personWith(email, read(peopleSchema, answer, 'people'));
      return person?.accountId === undefined ? null : { accountId: person.accountId };
    },

    async checkLogin() {
      return read(accountSchema, await jira.myself.getCurrentUser(), 'the account').displayName ?? null;
    },

    siteUrl: async () => (isGateway(baseUrl) ? ownUrl() : baseUrl),
    ownUrl,
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
    labels: fields.labels,
    created: fields.created ?? null,
    updated: fields.updated ?? null,
    property: properties[ticketAgentMark],
  };
}

/** Somebody's words as they may stand beside ours. */
function calm(words: string | null | undefined): string | null {
  return words === null || words === undefined ? null : withoutBidiControls(words);
}
