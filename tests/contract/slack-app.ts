import { WebSocket } from 'ws';
import { isRecord, type Json } from '../../stand-ins/record.ts';
import type { SlackWorkspace } from '../../stand-ins/slack/workspace.ts';

/** A bare app at the other end of Socket Mode: what came, and calls with JSON. */
export interface SlackApp {
  envelopes: Json[];
  /** The payloads of this type, or the events. */
  payloads(type: string): Json[];
  call(method: string, args: object, token?: string): Promise<Json>;
}

/** Connects; `answer` gives the payload of the ack, and null where nothing shall be acknowledged. */
export async function aSlackApp(
  slack: SlackWorkspace,
  answer: (payload: Json, envelope: Json) => object | null | Promise<object | null> = () => ({}),
): Promise<SlackApp> {
  const envelopes: Json[] = [];

  async function call(method: string, args: object, token = slack.botToken): Promise<Json> {
    const response = await fetch(slack.apiUrl + method, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` },
      body: JSON.stringify(args),
    });
    return Object(await response.json());
  }

  const { url } = await call('apps.connections.open', {}, slack.appToken);
  const socket = new WebSocket(String(url));
  socket.on('message', async (data) => {
    const envelope: Json = JSON.parse(String(data));
    const { payload, envelope_id } = envelope;
    if (!isRecord(payload)) return;
    envelopes.push(envelope);
    const answered = await answer(payload, envelope);
    if (answered !== null) socket.send(JSON.stringify({ envelope_id, payload: answered }));
  });
  await slack.waitForConnections(1);
  return {
    envelopes,
    call,
    payloads: (type) =>
      envelopes
        .map(({ payload }) => Object(payload))
        .filter((payload) => payload.type === type || Object(payload.event).type === type),
  };
}
