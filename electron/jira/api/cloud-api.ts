import { AppError, toAppError } from '../../../shared/errors.ts';
import { toAdf } from '../texts/adf.ts';
import { bulkSchema, createdIn, read, searchSchema } from './cloud-answers.ts';
import { createCloudProjects } from './cloud-projects.ts';
import { findPerson } from './find-account.ts';
import type { HttpClient } from './http-client.ts';
import { type JiraApi, type StoredIssue, ticketAgentMark } from './jira-api.ts';
import { overCloud } from './jira-client.ts';
import { isGateway } from './links.ts';
import { createProjectApi } from './project-api.ts';
import { readOneByOne } from './read-one-by-one.ts';
import { refusalOf } from './refusal.ts';
import { createRestApi, toStored, viewFields } from './rest-api.ts';

/** More than one is already too many to choose from. */
const mostPeople = 10;
/** Issues that may be read every half a minute: in bulk, and one by one. */
const readsAtOnce = { bulk: 200, single: 30 };
/** Statuses of what is not there, and will not be. */
const absent: readonly number[] = [404, 405, 410];

/** Jira Cloud, REST v3, through jira.js on our own transport. `baseUrl` is without a trailing slash. */
export function createCloudApi(baseUrl: string, client: HttpClient): JiraApi {
  const transport = overCloud(client);
  const { jira } = transport;
  const reading = overCloud(client.reading).jira;
  const furtherReading = overCloud(client.furtherReading).jira;
  const { readIssue, rendered, ...rest } = createRestApi(transport, toAdf);
  const { may, ...projects } = createProjectApi(jira, { further: overCloud(client.further).jira, isNamed: true });
  // What takes many requests without bulk fetch is one question all the same.
  const further = createRestApi(overCloud(client.further), toAdf);
  let hasBulkFetch = true;
  /** Status of the last refusal to read in bulk; null where that worked since. */
  let lastRefusal: number | null = null;

  async function getIssue(key: string, isFurther = false): Promise<StoredIssue> {
    return toStored(await (isFurther ? further.readIssue(key) : readIssue(key)));
  }

  return {
    ...rest,
    ...projects,
    ...createCloudProjects(jira, may),
    baseUrl,

    async createIssue({ fields: given, texts, property }) {
      const fields = { ...given, ...rendered(texts) };
      const answer = await jira.issues.createIssue({ fields, properties: [{ key: ticketAgentMark, value: property }] });
      return { ...createdIn(answer), due: [] };
    },

    getIssue,

    async readIssues(keys, isFurther = false) {
      const getOne = (key: string, isLater: boolean) => getIssue(key, isFurther || isLater);
      if (!hasBulkFetch) return readOneByOne(getOne, keys);
      try {
        const request = { issueIdsOrKeys: [...keys], fields: [...viewFields], properties: [ticketAgentMark] };
        const answer = await (isFurther ? furtherReading : reading).issues.bulkFetchIssues(request);
        const { issues, issueErrors } = read(bulkSchema, answer, 'issues');
        // Those are there, and could not be read in this moment: neither found nor absent.
        if (issueErrors.length > 0) throw new AppError('unavailable', 'Jira could not read some issues just now.');
        lastRefusal = null;
        return new Map(issues.map(toStored).map((issue) => [issue.key, issue]));
      } catch (thrown) {
        const { code } = toAppError(thrown);
        if (code !== 'not_found' && code !== 'invalid_input' && code !== 'forbidden') throw thrown;
        // A passing refusal is met once.
        const status = refusalOf(thrown)?.status ?? null;
        hasBulkFetch = status !== null && !absent.includes(status) && status !== lastRefusal;
        lastRefusal = status;
        return readOneByOne(getOne, keys);
      }
    },

    readsAtOnce: async () => readsAtOnce[hasBulkFetch ? 'bulk' : 'single'],

    async search(jql, { size, from }) {
      // GET, because a POST would count as a write whose answer was lost.
      const answer = await jira.issueSearch.searchAndReconsileIssuesUsingJql({
        jql,
        maxResults: size,
        ...(from === null ? {} : { nextPageToken: from }),
        fields: [...viewFields],
        properties: [ticketAgentMark],
      });
      const { issues, nextPageToken } = read(searchSchema, answer, 'a search');
      return { issues: issues.map(toStored), next: nextPageToken ?? null };
    },

    // Its property comes with each create, and says which request an issue is.
    requestClause: async (_requestId, minutes) => {
      return { jql: `labels = "${ticketAgentMark}" AND created >= -${minutes}m`, isOfRequest: false };
    },
    marksCreates: async () => true,

    async findAccount(email) {
      const person = await findPerson(email, jira.userSearch.findUsers({ query: email, maxResults: mostPeople }));
      return person?.accountId === undefined ? null : { accountId: person.accountId };
    },

    siteUrl: async () => (isGateway(baseUrl) ? rest.ownUrl() : baseUrl),
  };
}
