import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { translateSlackError } from '../../../electron/slack/errors.ts';
import { createReconnectDelays } from '../../../electron/slack/reconnect-delays.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const delays = () => createReconnectDelays((attempt) => 1_000 * 2 ** attempt);
const network = (code: string) => {
  const cause = Object.assign(new Error(code), { code });
  return translateSlackError(new WebAPIRequestError(new TypeError('fetch failed', { cause })));
};
const refusal = (error: string) => translateSlackError(new WebAPIPlatformError({ ok: false, error }));

describe('after a failure', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT', 'ECONNRESET'])(
    'by %s Slack is asked again within two seconds, however long it lasts',
    (code) => {
      const { afterFailure } = delays();
      const waits = Array.from({ length: 20 }, () => afterFailure(network(code)));
      expect(waits[0]).toBe(1_000);
      expect(Math.max(...waits)).toBe(2_000);
    },
  );

  it('that Slack itself reports, the wait grows', () => {
    const { afterFailure } = delays();
    const waits = ['service_unavailable', 'internal_error', 'fatal_error'].map((error) => afterFailure(refusal(error)));
    expect(waits).toEqual([1_000, 2_000, 4_000]);
    expect(afterFailure(translateSlackError(new WebAPIHTTPError(503, 'down', {})))).toBe(8_000);
  });

  it('with Retry-After the wait is that, to the second, and what is left of it is known', () => {
    const { afterFailure, pauseLeft } = delays();
    for (let failure = 0; failure < 10; failure += 1) afterFailure(network('ECONNREFUSED'));
    expect(pauseLeft()).toBe(0);
    expect(afterFailure(translateSlackError(new WebAPIRateLimitedError(7)))).toBe(7_000);
    vi.advanceTimersByTime(3_000);
    expect(pauseLeft()).toBe(4_000);
    vi.advanceTimersByTime(4_000);
    expect(pauseLeft()).toBe(0);
  });

  it('with Retry-After again and again the wait grows all the same', () => {
    const { afterFailure, succeeded } = delays();
    const busy = () => afterFailure(translateSlackError(new WebAPIRateLimitedError(1)));
    expect([busy(), busy(), busy()]).toEqual([1_000, 2_000, 4_000]);
    succeeded();
    expect(busy()).toBe(1_000);
  });

  it.each(['too_many_websockets', 'link_disabled', 'socket_mode_disabled', 'missing_scope', 'an_error_nobody_knows'])(
    'by %s, which only a person can mend, a minute passes',
    (error) => {
      expect(delays().afterFailure(refusal(error))).toBe(60_000);
    },
  );

  it('and a success the wait begins anew', () => {
    const { afterFailure, succeeded, failures } = delays();
    afterFailure(refusal('internal_error'));
    afterFailure(refusal('internal_error'));
    expect(failures()).toBe(2);
    succeeded();
    expect(afterFailure(refusal('internal_error'))).toBe(1_000);
  });
});

describe('after a loss', () => {
  const longLife = 60_000;
  const shortLife = 500;
  const waitsAfter = (lives: number[], isAnnounced: boolean) => {
    const { afterLoss } = delays();
    return lives.map((livedMs) => afterLoss(livedMs, isAnnounced));
  };

  it('there is no wait', () => {
    expect(waitsAfter([longLife, longLife, longLife, shortLife], false)).toEqual([0, 0, 0, 0]);
  });

  it('there is one of two seconds at most where a bad network ends every connection soon', () => {
    const waits = waitsAfter([shortLife, shortLife, shortLife, shortLife, shortLife, longLife, shortLife], false);
    expect(waits).toEqual([0, 1_000, 2_000, 2_000, 2_000, 0, 0]);
  });

  it('there is a growing one where Slack ends every connection soon', () => {
    expect(waitsAfter([shortLife, shortLife, shortLife, shortLife], true)).toEqual([0, 1_000, 2_000, 4_000]);
  });
});
