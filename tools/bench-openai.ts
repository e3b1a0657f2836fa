import { once } from 'node:events';
import { createServer } from 'node:http';

/** Answers every chat completion at once with the same label, so that what is measured is our own part. */
export async function createInstantOpenAi(): Promise<{ baseUrl: string; close(): void }> {
  const answer = JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion',
    created: 0,
    model: 'instant',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: '{"label":"Bug"}' } }],
  });
  const server = createServer((request, response) => {
    request.resume().once('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The OpenAI stand-in has no port.');
  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
