import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Socket, SocketListeners } from '../../../electron/slack/socket.ts';
import { createSupervisedReceiver } from '../../../electron/slack/supervised-receiver.ts';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface FakeSocket extends Socket {
  says: SocketListeners;
  checks: number;
  isClosed: boolean;
}

/** A line to a Slack that opens every connection, until `answer` says otherwise. */
function aLine({ lifetimeMs = null as number | null } = {}) {
  const states: string[] = [];
  const sockets: FakeSocket[] = [];
  const slack = { tries: 0, answer: async () => {}, authenticate: async () => {} };
  const receiver = createSupervisedReceiver({
    async open(says) {
      slack.tries += 1;
      await slack.answer();
      const socket: FakeSocket = {
        says,
        lifetimeMs,
        connections: sockets.length + 1,
        checks: 0,
        isClosed: false,
        check() {
          socket.checks += 1;
        },
        async close() {
          socket.isClosed = true;
        },
      };
      sockets.push(socket);
      return socket;
    },
    authenticate: () => slack.authenticate(),
    isWrittenFirst: () => false,
    onState: (state) => states.push(state.state === 'disconnected' ? `disconnected ${state.code}` : state.state),
    onError() {},
    retryDelayMs: (attempt) => 1_000 * 2 ** attempt,
  });
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  const socket = (index: number) => {
    const found = sockets[index];
    if (found === undefined) throw new Error(`There are ${sockets.length} sockets.`);
    return found;
  };
  const open = () => sockets.filter(({ isClosed }) => !isClosed).length;
  async function started() {
    await receiver.start();
    await pass(0);
  }
  return { receiver, slack, states, sockets, socket, open, pass, started };
}

type Line = ReturnType<typeof aLine>;

const refuse = (code: ErrorCode, retryAfterMs?: number) => async () => {
  throw new AppError(code, 'no', { retryAfterMs });
};
const never = () => new Promise<never>(() => {});

describe('a planned change of connections', () => {
  it('opens the successor first, and leaves it to Slack to close the predecessor', async () => {
    const { states, socket, open, pass, started } = aLine({ lifetimeMs: 100_000 });
    await started();
    await pass(90_000);
    expect(open()).toBe(2);
    socket(0).says.onClosed();
    await pass(0);
    expect(open()).toBe(2);
    expect(states).toEqual(['connecting', 'connected', 'connected']);
  });

  it('keeps the predecessor where no successor can be had', async () => {
    const { slack, states, socket, open, pass, started } = aLine({ lifetimeMs: 100_000 });
    await started();
    slack.answer = refuse('unavailable');
    socket(0).says.onWarning('refresh_requested');
    await pass(30_000);
    expect(open()).toBe(1);
    expect(states).toEqual(['connecting', 'connected']);
    expect(slack.tries).toBeGreaterThan(2);
  });

  it.each([0, 1e-9, 0.5])('does not run hot where Slack names a lifetime of %s ms', async (lifetimeMs) => {
    const { slack, pass, started } = aLine({ lifetimeMs });
    await started();
    await pass(60_000);
    expect(slack.tries).toBeLessThan(12);
  });

  it('takes a lifetime of more milliseconds than a timer has for a day', async () => {
    const { slack, pass, started } = aLine({ lifetimeMs: 1e300 });
    await started();
    await pass(12 * 3_600_000);
    expect(slack.tries).toBe(1);
    await pass(12 * 3_600_000);
    expect(slack.tries).toBe(2);
  });

  it('closes a predecessor that Slack forgets', async () => {
    const { socket, pass, started } = aLine({ lifetimeMs: 100_000 });
    await started();
    await pass(90_000);
    await pass(159_999);
    expect(socket(0).isClosed).toBe(false);
    await pass(1);
    expect(socket(0).isClosed).toBe(true);
  });

  it('keeps two predecessors at most, because an app has ten connections', async () => {
    const { sockets, pass, started } = aLine();
    await started();
    for (const index of [0, 1, 2]) {
      await pass(20_000);
      sockets[index]?.says.onWarning('warning');
      await pass(0);
    }
    expect(sockets.map(({ isClosed }) => isClosed)).toEqual([true, false, false, false]);
  });

  it('is not tried sooner because Slack announces the same end again', async () => {
    const { slack, socket, pass, started } = aLine();
    await started();
    slack.answer = refuse('forbidden');
    socket(0).says.onWarning('warning');
    await pass(0);
    socket(0).says.onWarning('refresh_requested');
    await pass(59_999);
    expect(slack.tries).toBe(2);
    await pass(1);
    expect(slack.tries).toBe(3);
  });

  it('does not run hot where every connection is warned about again and again', async () => {
    const { sockets, slack, pass, started } = aLine();
    await started();
    for (let second = 0; second < 120; second += 1) {
      sockets.at(-1)?.says.onWarning('refresh_requested');
      await pass(1_000);
    }
    expect(slack.tries).toBeLessThan(12);
  });
});

describe('a connection that is lost', () => {
  it('is replaced at once', async () => {
    const { states, socket, pass, started } = aLine();
    await started();
    socket(0).says.onClosed();
    await pass(0);
    expect(states).toEqual(['connecting', 'connected', 'disconnected closed', 'connecting', 'connected']);
  });

  it('is replaced within two seconds, and no sooner, where the next ones are lost at once, too', async () => {
    const { sockets, slack, pass, started } = aLine();
    await started();
    for (let second = 0; second < 120; second += 1) {
      sockets.at(-1)?.says.onClosed();
      await pass(1_000);
    }
    expect(slack.tries).toBeGreaterThan(50);
    expect(slack.tries).toBeLessThan(70);
  });

  it('is spoken of once while Slack cannot be reached', async () => {
    const { slack, states, socket, pass, started } = aLine();
    await started();
    slack.answer = refuse('unavailable');
    socket(0).says.onClosed();
    await pass(10 * 60_000);
    expect(states.slice(2)).toEqual(['disconnected closed', 'connecting', 'disconnected unavailable']);
  });
});

describe('a connection that has gone silent', () => {
  it('is replaced, and closed only when it stays silent beside its successor', async () => {
    const { states, socket, pass, started } = aLine();
    await started();
    socket(0).says.onSilent();
    await pass(0);
    expect(states).toEqual(['connecting', 'connected', 'disconnected silent', 'connecting', 'connected']);
    expect(socket(0).isClosed).toBe(false);
    socket(0).says.onSilent();
    expect(socket(0).isClosed).toBe(true);
    expect(socket(1).isClosed).toBe(false);
  });

  it('is replaced within two seconds, and no sooner, where the next ones go silent at once, too', async () => {
    const { sockets, slack, pass, started } = aLine();
    await started();
    for (let second = 0; second < 120; second += 1) {
      sockets.at(-1)?.says.onSilent();
      await pass(1_000);
    }
    expect(slack.tries).toBeGreaterThan(50);
    expect(slack.tries).toBeLessThan(70);
  });

  it('is not waited for by a try that hangs on the network that is gone', async () => {
    const { slack, socket, states, pass, started } = aLine({ lifetimeMs: 100_000 });
    await started();
    slack.answer = never;
    await pass(90_000);
    slack.answer = async () => {};
    socket(0).says.onSilent();
    await pass(0);
    expect(states.at(-1)).toBe('connected');
  });
});

describe('Slack’s refusals', () => {
  it.each(['link_disabled', 'too_many_websockets'])(
    'by a frame %s are told, and asked about once a minute',
    async (reason) => {
      const { slack, socket, states, pass, started } = aLine();
      await started();
      slack.answer = refuse('forbidden');
      socket(0).says.onWarning(reason);
      socket(0).says.onClosed();
      await pass(30 * 60_000);
      expect(states).toEqual(['connecting', 'connected', 'disconnected forbidden']);
      expect(slack.tries).toBe(1 + 30);
      slack.answer = async () => {};
      await pass(60_000);
      expect(states.at(-1)).toBe('connected');
    },
  );

  it('of a token are a state, in which it is tried again after 15 s, 30 s, 1 min ... 15 min', async () => {
    const { slack, states, pass, started } = aLine();
    slack.answer = refuse('unauthorized');
    await started();
    for (const [index, seconds] of [15, 30, 60, 120, 240, 480, 900, 900].entries()) {
      await pass(seconds * 1000 - 1);
      expect(slack.tries).toBe(index + 1);
      await pass(1);
    }
    expect(states).toEqual(['connecting', 'unauthorized']);
    slack.answer = async () => {};
    await pass(900_000);
    expect(states).toEqual(['connecting', 'unauthorized', 'connected']);
  });

  it('of a token are forgotten at a wake-up', async () => {
    const { receiver, slack, states, pass, started } = aLine();
    slack.answer = refuse('unauthorized');
    await started();
    await pass(60 * 60_000);
    slack.answer = async () => {};
    receiver.wake();
    await pass(0);
    expect(states.at(-1)).toBe('connected');
  });

  it('of the bot token come before any connection is opened', async () => {
    const { slack, states, pass, started } = aLine();
    slack.authenticate = refuse('unauthorized');
    await started();
    await pass(60 * 60_000);
    expect(slack.tries).toBe(0);
    expect(states).toEqual(['connecting', 'unauthorized']);
  });

  it('of a token leave a line that is open to Slack', async () => {
    const { slack, socket, states, pass, started } = aLine();
    await started();
    await pass(20_000);
    slack.answer = refuse('unauthorized');
    socket(0).says.onWarning('refresh_requested');
    await pass(0);
    expect(socket(0).isClosed).toBe(false);
    expect(states).toEqual(['connecting', 'connected']);
    socket(0).says.onClosed();
    await pass(0);
    expect(states.at(-1)).toBe('unauthorized');
  });

  it.each([
    ['the network changes', async ({ receiver }: Line) => receiver.wake()],
    ['the computer sleeps', ({ receiver }: Line) => receiver.sleep().then(receiver.wake)],
    ['a person closes the line and opens it again', ({ receiver }: Line) => receiver.stop().then(receiver.start)],
  ])('with Retry-After are honoured to the second, also when %s meanwhile', async (_, happens) => {
    const line = aLine();
    const { slack, pass, started } = line;
    slack.answer = refuse('rate_limited', 30_000);
    await started();
    await pass(10_000);
    await happens(line);
    await pass(19_999);
    expect(slack.tries).toBe(1);
    await pass(1);
    expect(slack.tries).toBe(2);
  });
});

it('that is retired opens nothing more, and takes deliveries until Slack closes it', async () => {
  const { receiver, slack, socket, states, pass, started } = aLine({ lifetimeMs: 100_000 });
  await started();
  receiver.retire();
  receiver.wake();
  await pass(100_000);
  expect(slack.tries).toBe(1);
  expect(socket(0).isClosed).toBe(false);
  await receiver.stop();
  expect(socket(0).isClosed).toBe(true);
  expect(states).toEqual(['connecting', 'connected', 'disconnected stopped']);
});

describe('a change of the network', () => {
  it('costs a line that is alive nothing but a question', async () => {
    const { receiver, slack, socket, states, pass, started } = aLine();
    await started();
    receiver.wake();
    await pass(60_000);
    expect(socket(0).checks).toBe(1);
    expect(slack.tries).toBe(1);
    expect(states).toEqual(['connecting', 'connected']);
  });

  it('ends a wait', async () => {
    const { receiver, slack, states, pass, started } = aLine();
    slack.answer = refuse('bad_response');
    await started();
    await pass(60_000);
    slack.answer = async () => {};
    receiver.wake();
    await pass(0);
    expect(states.at(-1)).toBe('connected');
  });

  it('goes past a try that hangs; where that succeeds after all, what it got is not thrown away', async () => {
    const { receiver, slack, sockets, states, pass, started } = aLine();
    let goOn = () => {};
    slack.answer = () =>
      new Promise((resolve) => {
        goOn = resolve;
      });
    await started();
    slack.answer = async () => {};
    receiver.wake();
    await pass(0);
    expect(states).toEqual(['connecting', 'connected']);
    goOn();
    await pass(0);
    expect(sockets.map(({ isClosed }) => isClosed)).toEqual([false, false]);
    sockets[0]?.says.onClosed();
    expect(states.at(-1)).toBe('disconnected closed');
    await receiver.stop();
    expect(sockets[1]?.isClosed).toBe(true);
  });
});

it('a try that was gone past says nothing any more, while the next is under way', async () => {
  const { receiver, slack, states, pass } = aLine();
  const outcomes: { open(): void; fail(error: AppError): void }[] = [];
  slack.answer = () => new Promise<void>((open, fail) => void outcomes.push({ open, fail }));
  await receiver.start();
  await pass(0);
  receiver.wake();
  await pass(0);
  outcomes[0]?.fail(new AppError('unauthorized', 'no'));
  await pass(0);
  expect(states).toEqual(['connecting']);
  outcomes[1]?.open();
  await pass(0);
  expect(states).toEqual(['connecting', 'connected']);
});

it('a try that was gone past while Slack looked at the bot token opens nothing', async () => {
  const { receiver, slack, pass } = aLine();
  let accept = () => {};
  slack.authenticate = () =>
    new Promise((resolve) => {
      accept = resolve;
    });
  await receiver.start();
  await pass(0);
  slack.authenticate = async () => {};
  receiver.wake();
  await pass(0);
  accept();
  await pass(0);
  expect(slack.tries).toBe(1);
});

describe('sleep', () => {
  it('closes every connection, and nothing is tried until the computer wakes up', async () => {
    const { receiver, slack, socket, states, open, pass, started } = aLine();
    await started();
    socket(0).says.onWarning('warning');
    await pass(0);
    await receiver.sleep();
    expect(open()).toBe(0);
    await pass(60 * 60_000);
    expect(slack.tries).toBe(2);
    receiver.wake();
    await pass(0);
    expect(states.slice(-3)).toEqual(['disconnected stopped', 'connecting', 'connected']);
  });

  it('during a try closes what that opens', async () => {
    const { receiver, slack, sockets, states, pass } = aLine();
    let goOn = () => {};
    slack.answer = () =>
      new Promise((resolve) => {
        goOn = resolve;
      });
    await receiver.start();
    await pass(0);
    await receiver.sleep();
    goOn();
    await pass(0);
    expect(sockets.map(({ isClosed }) => isClosed)).toEqual([true]);
    expect(states).toEqual(['connecting', 'disconnected stopped']);
  });

  it('changes nothing about a line that somebody has closed', async () => {
    const { receiver, slack, pass, started } = aLine();
    await started();
    await receiver.stop();
    await receiver.sleep();
    receiver.wake();
    await pass(60 * 60_000);
    expect(slack.tries).toBe(1);
  });
});
