import type { KnownBlock } from '@slack/types';
import type { FetchFunction } from '@slack/web-api';
import { beginningOf } from '../../shared/beginning.ts';
import { AppError } from '../../shared/errors.ts';
import { parseRetryAfter, timeOf } from '../network/retry-after.ts';
import { fromNetwork, fromStatus } from './errors.ts';
import { isSlackAddress } from './slack-address.ts';

/** A reply through `response_url`. Source: docs.slack.dev/interactivity/handling-user-interaction. */
export interface Reply {
  text: string;
  blocks?: KnownBlock[];
  response_type?: 'ephemeral';
  replace_original?: boolean;
}

export interface Responder {
  /**
   * Posts a reply. Slack takes five within 30 minutes of the command or click.
   *
   * @throws AppError `forbidden` for an address that is not Slack's, `not_found` once it has expired,
   *   `unavailable`, `rate_limited`, `unconfirmed`, `invalid_input` as Slack answers.
   */
  respond(url: string, reply: Reply): Promise<void>;
}

const timeoutMs = 10_000;

export function createResponder(options: { apiUrl: string; fetch: FetchFunction }): Responder {
  return {
    async respond(url, reply) {
      if (!URL.canParse(url) || !isSlackAddress(new URL(url), options.apiUrl)) {
        throw new AppError('forbidden', 'A reply address that is not Slack’s was refused.');
      }
      let response: Awaited<ReturnType<FetchFunction>>;
      try {
        response = await options.fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify(reply),
          signal: AbortSignal.timeout(timeoutMs),
        });
      } catch (thrown) {
        throw fromNetwork(thrown);
      }
      const answer = beginningOf(await response.text().catch(() => ''));
      if (response.ok && !/"ok":\s*false/.test(answer)) return;
      if (response.status === 404 || response.status === 410 || /expired_url|used_url/.test(answer)) {
        throw new AppError('not_found', 'Slack’s address for this reply has expired.');
      }
      if (response.status === 429) {
        const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), timeOf(response.headers, Date.now()));
        throw new AppError('rate_limited', 'Slack asks for a pause.', { retryAfterMs: retryAfterMs ?? 1_000 });
      }
      if (response.status >= 500) throw fromStatus(response.status);
      throw new AppError('invalid_input', `Slack refused the reply (HTTP ${response.status}).`);
    },
  };
}
