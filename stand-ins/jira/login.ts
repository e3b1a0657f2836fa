import type { Answer, ReceivedRequest } from '../loopback-server.ts';
import type { JiraState } from './state.ts';

/** Refuses who is not the account; null lets the request pass. */
export type RefuseStranger = (request: ReceivedRequest) => Answer | null;

export const anonymous: Answer = {
  status: 401,
  body: {
    errorMessages: ['You are not authenticated. Authentication required to perform this operation.'],
    errors: {},
  },
};

/** Jira Cloud answers a missing login in JSON and a wrong one in plain HTML. */
export function createCloudLogin({ account }: JiraState): RefuseStranger {
  return ({ headers: { authorization } }) => {
    if (authorization === undefined) return anonymous;
    const expected = Buffer.from(`${account.email}:${account.apiToken}`).toString('base64');
    if (authorization === `Basic ${expected}`) return null;
    return {
      status: 401,
      headers: { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' },
      body: '<html><body><h1>Client must be authenticated to access this resource.</h1></body></html>',
    };
  };
}
