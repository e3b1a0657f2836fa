import { setTimeout as wait } from 'node:timers/promises';
import type { Json } from '../record.ts';
import { createWatch, type Watch } from '../watch.ts';
import type { SlackManifest } from './manifest.ts';
import { eventPayload } from './payloads.ts';
import type { Acked, SlackSocketHub } from './socket.ts';
import type { SlackState } from './state.ts';

export type SlackEvent = Json & { type: string };

/** An event on its way to the app. */
export interface SlackDelivery {
  readonly eventId: string;
  readonly event: SlackEvent;
  attempts: number;
  isAcked: boolean;
}

export interface SlackEvents {
  /** Sends what the manifest asked for under this name and the scopes allow, in the background; else nothing. */
  emit(name: string, event: SlackEvent): void;
  /** Resolves when each event sent so far was acknowledged, or was not in time. */
  settled(): Promise<void>;
  deliveries: readonly SlackDelivery[];
  watch: Watch<SlackDelivery>;
  /** Sends an event until it is acknowledged: at once, and again after each of the delays. */
  sendEvent(
    event: SlackEvent,
    retryDelaysMs?: readonly number[],
  ): Promise<Acked & { eventId: string; attempts: number }>;
  /** Sends an event once more although it was acknowledged. */
  redeliver(event: SlackEvent, eventId: string, attempt?: number): Promise<Acked>;
  /** Sends nothing again from now on. */
  close(): void;
}

/** The scope that each event needs: docs.slack.dev/reference/events. */
const scopeOf: Record<string, string | null> = {
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  'message.mpim': 'mpim:history',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
  app_home_opened: null,
};

/**
 * Deliveries of the Events API: what is not acknowledged is sent again at once, after a minute and after five, with
 * `retry_attempt` and `retry_reason`: docs.slack.dev/apis/events-api, "Error handling".
 */
export function createSlackEvents(deps: {
  state: SlackState;
  sockets: SlackSocketHub;
  manifest: SlackManifest;
  hasScope(scope: string): boolean;
  retryDelaysMs: readonly number[];
}): SlackEvents {
  const { state, sockets, manifest, hasScope } = deps;
  const deliveries: SlackDelivery[] = [];
  const watch = createWatch(() => deliveries, 'event');
  const inFlight = new Set<Promise<unknown>>();
  const closing = new AbortController();

  async function attempt(delivery: SlackDelivery): Promise<Acked> {
    const number = delivery.attempts;
    delivery.attempts += 1;
    const payload = eventPayload(state, delivery.event, delivery.eventId);
    const acking = sockets.deliver('events_api', payload, {
      accepts_response_payload: false,
      retry_attempt: number,
      retry_reason: number === 0 ? '' : 'timeout',
    });
    const first = acking.catch(() => {});
    inFlight.add(first);
    try {
      const acked = await acking;
      delivery.isAcked = true;
      return acked;
    } finally {
      inFlight.delete(first);
      watch.changed(delivery);
    }
  }

  async function sendUntilAcked(delivery: SlackDelivery, retryDelaysMs: readonly number[]): Promise<Acked> {
    for (const delayMs of retryDelaysMs) {
      try {
        return await attempt(delivery);
      } catch {
        await wait(delayMs, undefined, { ref: false, signal: closing.signal });
      }
    }
    return attempt(delivery);
  }

  function newDelivery(event: SlackEvent): SlackDelivery {
    const delivery = { eventId: state.newId('Ev'), event, attempts: 0, isAcked: false };
    deliveries.push(delivery);
    return delivery;
  }

  return {
    deliveries,
    watch,
    emit(name, event) {
      const scope = scopeOf[name];
      if (scope === undefined || !manifest.botEvents.includes(name) || (scope !== null && !hasScope(scope))) return;
      // Slack gives up without a word, after the last attempt.
      sendUntilAcked(newDelivery(event), deps.retryDelaysMs).catch(() => {});
    },
    async settled() {
      await Promise.all(inFlight);
    },
    async sendEvent(event, retryDelaysMs = deps.retryDelaysMs) {
      const delivery = newDelivery(event);
      const acked = await sendUntilAcked(delivery, retryDelaysMs);
      return { ...acked, eventId: delivery.eventId, attempts: delivery.attempts };
    },
    redeliver: (event, eventId, number = 1) => attempt({ event, eventId, attempts: number, isAcked: false }),
    close: () => closing.abort(),
  };
}
