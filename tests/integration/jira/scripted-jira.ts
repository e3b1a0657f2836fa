import { type JiraAccess, type JiraConnection, openJira } from '../../../electron/jira/api/open-jira.ts';
import { createJiraTracker, type JiraTrackerOptions } from '../../../electron/jira/jira-tracker.ts';
import { createMarkSeal } from '../../../electron/jira/marks/mark-seal.ts';
import { deriveMarkKey } from '../../../electron/network/mark-key.ts';
import {
  type Answer,
  createLoopbackServer,
  type LoopbackServer,
  type ReceivedRequest,
} from '../../../stand-ins/loopback-server.ts';

type Route = Answer | ((request: ReceivedRequest) => Answer);

const detection = 'GET /rest/api/2/serverInfo';
const isCloud: Answer = { status: 200, body: { deploymentType: 'Cloud', version: '1001.0.0' } };

/** A Jira Cloud that answers as a test says, by `METHOD /path`; anything else is 404 in Jira's words. */
export function startScriptedJira(routes: Record<string, Route>): Promise<LoopbackServer> {
  const operationOf = (method: string, path: string) => `${method} ${path.replace('/rest/api/3', '')}`;
  return createLoopbackServer({
    operationOf,
    answer(request) {
      const operation = operationOf(request.method, request.path);
      const route = routes[operation] ?? (operation === detection ? isCloud : jiraError(404, 'Not here.'));
      return typeof route === 'function' ? route(request) : route;
    },
  });
}

export function jiraError(status: number, message: string | null, errors: Record<string, string> = {}): Answer {
  return { status, body: { errorMessages: message === null ? [] : [message], errors } };
}

/** Answers one after the other, the last one from then on. */
export function inTurn(...answers: Answer[]): Route {
  return () => (answers.length > 1 ? answers.shift() : answers[0]) ?? jiraError(500, null);
}

/** What a project with Task and Bug, and a screen with every field we use, answers. */
export const ordinaryProject: Record<string, Route> = {
  'GET /issue/createmeta/KAN/issuetypes': {
    status: 200,
    body: {
      startAt: 0,
      maxResults: 200,
      total: 2,
      issueTypes: [
        { id: '1', name: 'Task', subtask: false, hierarchyLevel: 0 },
        { id: '2', name: 'Bug', subtask: false, hierarchyLevel: 0 },
      ],
    },
  },
  'GET /issue/createmeta/KAN/issuetypes/1': screenOf('summary', 'description', 'labels'),
  'GET /issue/createmeta/KAN/issuetypes/2': screenOf('summary', 'description', 'labels'),
  'POST /issue': { status: 201, body: { id: '10007', key: 'KAN-7', self: 'https://x/rest/api/3/issue/10007' } },
};

export function screenOf(...ids: string[]): Answer {
  const fields = ids.map((id) => ({ fieldId: id, key: id, name: `Name of ${id}`, required: false, operations: [] }));
  return { status: 200, body: { startAt: 0, maxResults: 200, total: fields.length, fields } };
}

export function storedIssue(key: string, requestId: string | null) {
  return {
    id: `1000${key.replace(/\D/g, '')}`,
    key,
    fields: {
      summary: `Summary of ${key}`,
      issuetype: { id: '2', name: 'Bug' },
      status: { name: 'In Progress' },
      assignee: { displayName: 'Ada Lovelace' },
      created: '2026-01-31T10:00:00.000+0200',
      updated: '2026-01-31T10:15:00.000+0200',
    },
    properties: requestId === null ? {} : { 'ticket-agent': { requestId, label: 'Bug' } },
  };
}

export const scriptedSeal = createMarkSeal(() => ({ current: deriveMarkKey('xoxb-scripted', 'T1'), former: [] }));

export function trackerFor(origin: string, change: Partial<JiraTrackerOptions & JiraAccess> & JiraConnection = {}) {
  const access = { deployment: 'cloud' as const, baseUrl: origin, email: 'ada@example.com', apiToken: 'secret-token' };
  const { timeoutMs, dispatcher } = change;
  return createJiraTracker({
    api: openJira({ ...access, ...change }, { timeoutMs, dispatcher }),
    seal: scriptedSeal,
    ...change,
  });
}

export function bodiesOf(jira: LoopbackServer, operation: string): Array<{ fields: Record<string, unknown> }> {
  return jira.requests.filter((request) => request.operation === operation).map(({ body }) => JSON.parse(body));
}
