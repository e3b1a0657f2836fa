import { z } from 'zod';
import { isOfCreate, requestIdIn } from '../marks/ticket-property.ts';
import { toWiki } from '../texts/wiki.ts';
import { createdIn, type IssueAnswer, read, searchSchema } from './cloud-answers.ts';
import { createDataCenterProjects } from './datacenter-projects.ts';
import { findPerson } from './find-account.ts';
import type { HttpClient } from './http-client.ts';
import { type JiraApi, type NewIssue, requestLabel, type StoredIssue, ticketAgentMark } from './jira-api.ts';
import { overDataCenter } from './jira-client.ts';
import { createProjectApi } from './project-api.ts';
import { eachOf, readOneByOne } from './read-one-by-one.ts';
import { refusesProperties } from './refusal.ts';
import { createRestApi, toStored, viewFields } from './rest-api.ts';

/** Jira finds people by a part of their name, too. */
const mostPeople = 50;

/**
 * Jira Data Center 9.12 and later, REST v2. `baseUrl` is without a trailing slash, and may have a path.
 *
 * Some servers ignore the properties of a create, so a create carries a label of its request as well, until this server
 * was seen to keep them; whether the property is there is looked for afterwards.
 */
export function createDataCenterApi(baseUrl: string, client: HttpClient): JiraApi {
  const transport = overDataCenter(client);
  const { jira } = transport;
  const { readIssue, rendered, ...rest } = createRestApi(transport, toWiki);
  // What can be asked in bulk elsewhere takes many requests here, for one question.
  const furtherTransport = overDataCenter(client.further);
  const further = createRestApi(furtherTransport, toWiki);
  const isNamed = false;
  const { may, ...projects } = createProjectApi(jira, { further: furtherTransport.jira, isNamed });
  const furtherProjects = createProjectApi(furtherTransport.jira, { further: furtherTransport.jira, isNamed });
  const { takesLabels, ...others } = createDataCenterProjects(transport, furtherProjects, search);
  /** Whether the server keeps the properties of a create, as far as was seen. */
  let keepsProperties = false;
  /** Whether it takes a create with properties at all. */
  let takesProperties = true;
  /** Requests of issues that were made here with a property which nobody has looked for yet, by key. */
  const unseen = new Map<string, string>();

  async function getProperty(key: string): Promise<unknown> {
    const property = unpacked(await rest.getProperty(key));
    const requestId = unseen.get(key);
    if (requestId !== undefined && isOfCreate(property, requestId)) keepsProperties = true;
    unseen.delete(key);
    return property;
  }

  async function withProperty(answer: IssueAnswer): Promise<StoredIssue> {
    const { properties } = answer;
    const issue = toStored(answer);
    if (properties === undefined) return { ...issue, property: unpacked(await further.getProperty(issue.key)) };
    // The document has them one level deeper than servers do.
    const inner = nestedSchema.safeParse(properties).data?.properties;
    return { ...issue, property: unpacked(issue.property ?? inner?.[ticketAgentMark]) };
  }

  async function getIssue(key: string, isFurther = false): Promise<StoredIssue> {
    return withProperty(await (isFurther ? further.readIssue(key) : readIssue(key)));
  }

  async function search(...[jql, { size, from, ...page }]: Parameters<JiraApi['search']>) {
    const startAt = Number(from ?? 0);
    // What is not known any more, or not yet, is no error: a label, a project.
    const searchParams = { jql, startAt, maxResults: size, validateQuery: false, fields: viewFields.join(',') };
    const answer = await transport.client.sendRequest<unknown>({
      url: '/rest/api/3/search',
      method: 'GET',
      searchParams,
    });
    const { issues, total } = read(searchSchema, answer, 'a search');
    const end = startAt + issues.length;
    const hasMore = issues.length > 0 && end < (total ?? (issues.length < size ? 0 : Number.POSITIVE_INFINITY));
    return {
      issues: page.withProperty ? await eachOf(issues, withProperty) : issues.map(toStored),
      next: hasMore ? String(end) : null,
    };
  }

  /** Sends the create, without properties where the server will have none. */
  async function create(fields: Record<string, unknown>, property: NewIssue['property']): Promise<unknown> {
    if (!takesProperties) return jira.issues.createIssue({ fields });
    try {
      return await jira.issues.createIssue({ fields, properties: [{ key: ticketAgentMark, value: property }] });
    } catch (thrown) {
      if (!refusesProperties(thrown)) throw thrown;
      takesProperties = false;
      return create(fields, property);
    }
  }

  return {
    ...rest,
    ...projects,
    ...others,
    baseUrl,
    getIssue,
    getProperty,
    search,

    async createIssue({ fields: given, texts, property, beforeUnmarked }) {
      const { labels } = given;
      const requestId = requestIdIn(property);
      const isLabelled = Array.isArray(labels) && requestId !== null && !keepsProperties;
      const fields = {
        ...given,
        ...rendered(texts),
        ...(isLabelled ? { labels: [...labels, requestLabel(requestId)] } : {}),
      };
      if (!isLabelled && !keepsProperties) await beforeUnmarked?.();
      const created = createdIn(await create(fields, property));
      if (keepsProperties) return { ...created, due: [] };
      if (takesProperties && requestId !== null) unseen.set(created.key, requestId);
      return { ...created, due: ['property'] };
    },

    readIssues: (keys, isFurther = false) => readOneByOne((key, isLater) => getIssue(key, isFurther || isLater), keys),
    readsAtOnce: async () => 30,

    requestClause: async (requestId) => ({ jql: `labels = "${requestLabel(requestId)}"`, isOfRequest: true }),
    marksCreates: async (project) => keepsProperties || takesLabels(project),

    async findAccount(email) {
      const person = await findPerson(email, jira.userSearch.findUsers({ username: email, maxResults: mostPeople }));
      return person?.name === undefined ? null : { name: person.name };
    },

    siteUrl: async () => baseUrl,
  };
}

const nestedSchema = z.object({ properties: z.record(z.string(), z.unknown()) });

/** A property's value, which some servers give as the text of its JSON. */
function unpacked(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
