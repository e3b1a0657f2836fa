import { AppError, toAppError } from '../../shared/errors.ts';
import type { Bridge, Change, Channel, Request, Response, Shown } from '../../shared/ipc.ts';

/** What a test's main answers, channel by channel; a channel that it does not name throws `bug`. */
export type Answers = { [C in Channel]?: (request: Request<C>) => Response<C> | Promise<Response<C>> };

export interface FakeBridge extends Bridge {
  /** What the page asked for, in order. */
  asked: { channel: Channel; request: unknown }[];
  /** As if main had said that something changed. */
  change(change: Change): void;
  show(what: Shown): void;
}

/** `window.desk` of a page under test. */
export function createFakeBridge(answers: Answers): FakeBridge {
  const changes = new Set<(change: Change) => void>();
  const shows = new Set<(what: Shown) => void>();
  const asked: FakeBridge['asked'] = [];
  return {
    asked,
    change: (change) => {
      for (const listener of changes) listener(change);
    },
    show: (what) => {
      for (const listener of shows) listener(what);
    },
    async invoke(channel, request) {
      asked.push({ channel, request });
      try {
        const answer = answers[channel];
        if (answer === undefined) throw new AppError('bug', `This test answers nothing on ${channel}.`);
        return { ok: true, value: await answer(request) };
      } catch (thrown) {
        const { code, message } = toAppError(thrown);
        return { ok: false, error: { code, message } };
      }
    },
    onChange(listener) {
      changes.add(listener);
      return () => changes.delete(listener);
    },
    onShow(listener) {
      shows.add(listener);
      return () => shows.delete(listener);
    },
  };
}
