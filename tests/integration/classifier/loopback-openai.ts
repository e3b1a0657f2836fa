import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface LoopbackReply {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** The reply of a chat completion whose message is `content`. */
export function completion(content: string | null): LoopbackReply {
  const message = { role: 'assistant', content, refusal: null };
  const choices = [{ index: 0, message, finish_reason: 'stop', logprobs: null }];
  return { body: { id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'test', choices } };
}

/** A chat completions server on loopback, which keeps what it was sent. */
export async function startLoopbackOpenAi(reply: () => LoopbackReply) {
  const requests: { path: string; authorization: string | undefined; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request));
    requests.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
    const { status = 200, headers = {}, body: answer } = reply();
    const isText = typeof answer === 'string';
    response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers });
    response.end(isText ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
