import type { Dispatcher } from 'undici';
import { AppError, type ErrorCode, reactionTo, toAppError } from '../../shared/errors.ts';
import { issueKeyPattern, projectKeyPattern } from '../../shared/issue-key.ts';
import type { Label } from '../../shared/labels.ts';
import type { IssueTracker, ListedIssue, StoredMarks } from '../tickets/ports/issue-tracker.ts';
import { clearTest } from './clear-test.ts';
import { createCloudApi } from './cloud-api.ts';
import { createIssue } from './create-issue.ts';
import { type CreateMeta, createCreateMeta } from './create-meta.ts';
import { findCreated, newestIssues, newestKey } from './find-created.ts';
import { createHttpClient, type SendRequest } from './http-client.ts';
import { type StoredIssue, ticketAgentMark } from './jira-api.ts';
import type { MarkSeal } from './mark-seal.ts';
import { createNewestKeys } from './newest-keys.ts';
import { inProject, prefixOf } from './project-keys.ts';
import { refusalOf, refusalWords } from './refusal.ts';
import { changeType } from './relabel.ts';
import { isOnSite } from './site-address.ts';
import { storeMarks } from './store-marks.ts';
import { marksIn, readProperty, requestIdIn } from './ticket-property.ts';

export interface JiraTrackerOptions {
  /** Without a trailing slash. */
  baseUrl: string;
  email: string;
  apiToken: string;
  /** Project key or numeric id. */
  project: string;
  labelToIssueType: Record<Label, string>;
  /** Values for fields that the project demands, by field id, as Jira's REST API takes them. */
  defaultFields: Record<string, unknown>;
  /** Proves what people said on an issue. */
  seal: MarkSeal;
  /** For one request, in milliseconds; 15 s where absent. */
  timeoutMs?: number | undefined;
  /** How connections are made; by the proxy variables of the environment where absent. */
  dispatcher?: Dispatcher | undefined;
  /** Makes each request, or refuses it where Jira is not to be asked now. */
  send?: SendRequest | undefined;
  /** Milliseconds since 1970; the computer's clock where absent. */
  now?: (() => number) | undefined;
}

const listPageSize = 100;
/** As many issues as Jira reads at once. */
const bulkSize = 100;

/** The issue tracker on Jira Cloud. Throws what the port says. */
export function createJiraTracker(options: JiraTrackerOptions): IssueTracker {
  const { email, apiToken, labelToIssueType, defaultFields, seal, timeoutMs, dispatcher, send } = options;
  const { now = Date.now } = options;
  const baseUrl = options.baseUrl.replace(/(?<!\/)\/+$/, '');
  const project = /^\d+$/.test(options.project) ? options.project : options.project.toUpperCase();
  const authorization = `Basic ${Buffer.from(`${email}:${apiToken}`, 'utf8').toString('base64')}`;
  const api = createCloudApi(baseUrl, createHttpClient({ baseUrl, authorization, timeoutMs, dispatcher, send }));
  const metas = new Map<string, CreateMeta>();

  /** By key or id, as Jira says them. */
  const currentKeys = new Map<string, string>();
  const urlOf = async (key: string) => `${await api.siteUrl()}/browse/${key}`;

  function metaOf(target: string): CreateMeta {
    const meta = metas.get(target) ?? createCreateMeta(api, target, now);
    metas.set(target, meta);
    return meta;
  }

  /** Where a ticket goes: the project that a person chose for it, else the configured one. */
  function projectFor(wanted: string | null): string {
    if (wanted === null) {
      checkProject(project);
      return project;
    }
    const key = wanted.toUpperCase();
    if (projectKeyPattern.test(key)) return key;
    throw new AppError('invalid_input', 'That is not the key of a project; one looks like KAN.');
  }

  async function toListed({ id, key, summary, issueType, created, property }: StoredIssue): Promise<ListedIssue> {
    const issue = { id, key, url: await urlOf(key), summary, issueType, createdAt: toIso(created) };
    return { ...issue, ...readProperty(property, id, seal) };
  }

  const newest = createNewestKeys({
    // Before a create, since an issue whose creation is not confirmed is one that comes after it.
    async read(target) {
      try {
        return newestKey(await newestIssues(api, target), await keyOfProject(target));
      } catch (thrown) {
        // A search that something on the way objects to must not keep tickets from being filed.
        const { code } = toAppError(thrown);
        if (reactionTo(code) !== 'give_up' && code !== 'bad_response') throw thrown;
        return null;
      }
    },
    now,
  });

  function setProperty(key: string, value: Record<string, unknown>, what: 'decision' | 'correction'): Promise<void> {
    return reworded(api.setProperty(key, value), {
      not_found: noIssue(key),
      forbidden: `This account may not store the ${what} on ${key}: it needs the permission "Edit issues" there.`,
    });
  }

  function store(key: string, ours: Parameters<typeof storeMarks>[2], what: 'decision' | 'correction') {
    const storing = storeMarks({ api, seal }, key, ours, (value) => setProperty(key, value, what));
    return reworded(storing, { not_found: noIssue(key) });
  }

  async function keyOfProject(target: string): Promise<string> {
    return /^\d+$/.test(target) ? currentKey(target) : target;
  }

  async function currentKey(target: string): Promise<string> {
    const key = currentKeys.get(target) ?? (await api.projectKey(target));
    currentKeys.set(target, key);
    return key;
  }

  return {
    async beforeCreate(wantedProject) {
      const target = projectFor(wantedProject);
      const anchorKey = await newest.of(target);
      return { site: await api.siteUrl(), project: target, anchorKey };
    },

    async createIssue(draft) {
      const target = projectFor(draft.wantedProject);
      // Asked first: once the issue exists, nothing may fail any more.
      await api.siteUrl();
      const deps = { api, meta: metaOf(target), project: target, labelToIssueType, defaultFields };
      const created = await reworded(createIssue(deps, draft), {
        forbidden: mayNotCreate(target),
        not_found: 'Jira takes no issues at this address. Check JIRA_BASE_URL.',
      });
      newest.saw(target, created.key);
      return { ...created, url: await urlOf(created.key) };
    },

    async findCreated({ sent, ...request }) {
      if (sent !== null && sent.site !== baseUrl && sent.site !== (await api.siteUrl())) {
        // Of this ticket alone: with the settings as they are, the others go on.
        const message = `This ticket may be in Jira at ${sent.site}, where it was sent, but the settings name ${baseUrl} now. Look there, or set JIRA_BASE_URL back and try again.`;
        throw new AppError('forbidden', message);
      }
      const target = sent?.project ?? projectFor(request.wantedProject);
      const lookUp = { api, project: target, anchorKey: sent?.anchorKey ?? null, now: now() };
      const { issue, isCertain } = await findCreated(lookUp, request);
      if (issue === null) return { issue, isCertain };
      const { id, key, issueType } = issue;
      return { issue: { id, key, issueType, url: await urlOf(key), note: null }, isCertain };
    },

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
        assignee: issue.assignee,
        updatedAt: toIso(issue.updated),
        label: readProperty(issue.property, issue.id, seal).label,
        isOurs: issue.property !== undefined && issue.property !== null,
      };
    },

    async recordDecision(key, { requestId, correction = null, ...decision }) {
      checkKey(key);
      const ours = { requestId, decision, correction };
      const stands = await store(key, ours, 'decision');
      return stands.decision ?? decision;
    },

    async readMarks(asked) {
      for (const { key } of asked) checkKey(key);
      const marks = new Map<string, StoredMarks>();
      for (let from = 0; seal.isReady() && from < asked.length; from += bulkSize) {
        const page = asked.slice(from, from + bulkSize);
        const issues = await api.readIssues(page.map(({ key }) => key));
        const moved = [...issues.values()].filter(({ key }) => page.every((each) => each.key !== key));
        for (const { key, requestId } of page) {
          // A moved issue comes under its new key. What says that it is another request's says nothing of this one.
          const issue = issues.get(key) ?? moved.find(({ property }) => requestIdIn(property) === requestId);
          const owner = issue === undefined ? null : requestIdIn(issue.property);
          if (issue === undefined || (owner !== null && owner !== requestId)) continue;
          marks.set(requestId, marksIn(issue.property, { requestId, issueId: issue.id }, seal));
        }
      }
      return marks;
    },

    async relabel(key, { requestId, decision = null, ...correction }) {
      checkKey(key);
      const ours = { requestId, decision, correction };
      const stands = await store(key, ours, 'correction');
      const meta = metaOf(prefixOf(key));
      return changeType({ api, meta, labelToIssueType }, key, stands.correction?.label ?? correction.label);
    },

    async isOwnAddress(address) {
      if (isOnSite(address, baseUrl)) return true;
      const own = await api.ownUrl().catch((thrown) => {
        if (reactionTo(toAppError(thrown).code) !== 'give_up') throw thrown;
        return baseUrl;
      });
      return isOnSite(address, own);
    },

    async projectKey() {
      checkProject(project);
      return keyOfProject(project);
    },

    async currentKey(projectKey) {
      checkProject(projectKey);
      return currentKey(projectKey);
    },

    async check() {
      checkProject(project);
      await reworded(api.checkLogin(), { not_found: 'There is no Jira at this address. Check JIRA_BASE_URL.' });
      const mayCreate = await reworded(api.mayCreate(project), {
        not_found: `Jira has no project ${project}, or this account may not see it. Check JIRA_PROJECT_KEY.`,
      });
      if (!mayCreate) throw new AppError('forbidden', mayNotCreate(project));
    },

    async listIssues(from) {
      checkProject(project);
      const jql = `${inProject(project)} AND labels = "${ticketAgentMark}" ORDER BY created DESC`;
      const { issues, next } = await api.search(jql, { size: listPageSize, from });
      return { issues: await Promise.all(issues.map(toListed)), next };
    },

    async clearTest(key) {
      checkKey(key);
      return clearTest(api, key);
    },
  };
}

/** Jira's paths are not escaped, so nothing but these forms may enter them. */
function checkKey(key: string): void {
  if (!issueKeyPattern.test(key)) {
    throw new AppError('invalid_input', 'That is not an issue key; one looks like KAN-7.');
  }
}

function checkProject(project: string): void {
  if (!projectKeyPattern.test(project) && !/^\d+$/.test(project)) {
    throw new AppError('not_configured', 'JIRA_PROJECT_KEY must be a project key such as KAN, or its numeric id.');
  }
}

function mayNotCreate(project: string): string {
  return `This account may not create issues in ${project}: it needs the permission "Create issues" there.`;
}

function noIssue(key: string): string {
  return `Jira has no issue ${key}, or this account may not see it.`;
}

/** Says what an error means for this operation, and Jira's own words after that. */
async function reworded<T>(work: Promise<T>, words: Partial<Record<ErrorCode, string>>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    const message = thrown instanceof AppError ? words[thrown.code] : undefined;
    const refusal = refusalOf(thrown);
    if (!(thrown instanceof AppError) || message === undefined || refusal === null) throw thrown;
    const { code, retryAfterMs } = thrown;
    throw new AppError(code, `${message} ${refusalWords(refusal)}`.trim(), { cause: refusal, retryAfterMs });
  }
}

function toIso(time: string | null): string {
  const at = new Date(time ?? '');
  if (Number.isNaN(at.getTime()))
    throw new AppError('bad_response', 'Jira did not say when an issue was created or updated.');
  return at.toISOString();
}
