import { App } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import type { Delivery, SocketListeners } from '../../../electron/slack/socket.ts';
import { createSupervisedReceiver } from '../../../electron/slack/supervised-receiver.ts';
import { AppError } from '../../../shared/errors.ts';

/** A line with Bolt behind it, as the program has it; `handle` is what becomes of each event. */
async function aLine(handle: () => Promise<void>) {
  const errors: AppError[] = [];
  let says: SocketListeners | null = null;
  let connected = () => {};
  const isConnected = new Promise<void>((resolve) => {
    connected = resolve;
  });
  const receiver = createSupervisedReceiver({
    async open(listeners) {
      says = listeners;
      return { lifetimeMs: null, connections: 1, check() {}, async close() {} };
    },
    authenticate: async () => {},
    isWrittenFirst: ({ event }) =>
      typeof event === 'object' && event !== null && 'type' in event && event.type === 'message',
    onState: ({ state }) => state === 'connected' && connected(),
    onError: (error) => errors.push(error),
    retryDelayMs: () => 1,
  });
  const authorize = async () => ({ botToken: 'xoxb-1', botUserId: 'U0BOT', teamId: 'T1' });
  const bolt = new App({ receiver, authorize, convoStore: false });
  bolt.error(async (error) => {
    throw error;
  });
  for (const type of ['message', 'app_home_opened'] as const) bolt.event(type, handle);
  await bolt.start();
  await isConnected;

  /** Resolves with what was done, in turn, once the delivery is dealt with. */
  function deliver(type: string, acks: string[], over: Promise<void>): Promise<void> {
    const body = {
      type: 'event_callback',
      team_id: 'T1',
      event: { type, channel: 'C1', user: 'U1', text: 'a', ts: '1.1' },
    };
    const delivery: Delivery = {
      body,
      async ack() {
        acks.push('acked');
      },
    };
    says?.onDelivery(delivery);
    return over;
  }
  return { errors, deliver };
}

describe('an event', () => {
  it.each([
    ['message', ['written', 'acked']],
    ['app_home_opened', ['acked', 'written']],
  ])('of the kind %s: %j', async (type, order) => {
    const done: string[] = [];
    let over = () => {};
    const handled = new Promise<void>((resolve) => {
      over = resolve;
    });
    const { deliver } = await aLine(async () => {
      await new Promise(setImmediate);
      done.push('written');
      over();
    });
    await deliver(type, done, handled);
    await new Promise(setImmediate);
    expect(done).toEqual(order);
  });

  it('that could not be written is not acknowledged, and told once', async () => {
    const acks: string[] = [];
    let over = () => {};
    const handled = new Promise<void>((resolve) => {
      over = resolve;
    });
    const { deliver, errors } = await aLine(async () => {
      over();
      throw new AppError('storage_failed', 'The disk is full.');
    });
    await deliver('message', acks, handled);
    await new Promise(setImmediate);
    expect(acks).toEqual([]);
    expect(errors).toMatchObject([{ code: 'storage_failed' }]);
  });
});
