import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { LogLevel, WebClient } from '@slack/web-api';
import { createClassifier } from '../electron/classifier/classifier-from-settings.ts';
import { readGgufHeader } from '../electron/classifier/gguf/read-gguf-header.ts';
import { createOpenAiClassifier } from '../electron/classifier/openai-classifier.ts';
import { openJira } from '../electron/jira/api/open-jira.ts';
import { fitDescription } from '../electron/jira/fit-description.ts';
import { toAdf } from '../electron/jira/texts/adf.ts';
import { openTicketLog } from '../electron/log/open-ticket-log.ts';
import { ggufFacts } from '../electron/model-library/gguf-facts.ts';
import { lengthOfWords } from '../electron/rich-text/beginning.ts';
import { translateSlackError } from '../electron/slack/errors.ts';
import { createResponder } from '../electron/slack/responder.ts';
import { type Delivery, openSocket } from '../electron/slack/socket.ts';
import { decodeSlackText } from '../electron/slack/text.ts';
import { routeTo, webOptions } from '../electron/slack/web-options.ts';
import { typedRequest } from '../electron/tickets/ports/ticket-store.ts';
import { summarise } from '../electron/tickets/summary.ts';
import { parseIssueKey } from '../shared/issue-key.ts';
import type { HostileAnswer } from './bench-bytes-server.ts';
import { hostileHeaders } from './hostile-headers.ts';
import { hostileJson, hostileTexts } from './hostile-texts.ts';
import { middleHold, turn } from './longest-hold.ts';
import { tinyGguf } from './tiny-gguf.ts';

/** What the event loop may be held at most, in milliseconds. */
const wantedMs = 50;

type Report = (line: string) => void;

/**
 * How long the program's own code holds the event loop over a megabyte of what others can send, of the worst shapes
 * that we know. In this process, without Electron; who sends it works in a thread of its own.
 */
export async function benchBytes({
  add,
  report,
}: {
  add(what: string, unit: 'ms', values: readonly number[]): void;
  report: Report;
}): Promise<void> {
  const server = await startServer();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ticket-agent-bytes-'));
  const { log, close } = await openTicketLog({ file: path.join(folder, 'tickets.db'), onError: () => {} });
  const classifier = createClassifier({
    openai: { allowed: false, apiKey: null, baseUrl: 'http://127.0.0.1', model: '' },
    model: { path: null, reason: null },
  });
  const apiUrl = `${server.origin}/api/`;
  const { fetch } = routeTo(apiUrl);
  const jira = openJira({ deployment: 'cloud', baseUrl: server.origin, email: 'a@b.example', apiToken: 'x' });
  const web = new WebClient('xoxb-1', { ...webOptions(apiUrl, fetch), logLevel: LogLevel.ERROR });
  const openai = createOpenAiClassifier({ apiKey: 'k', baseUrl: `${server.origin}/v1`, model: 'm' });
  let request = 0;

  /** What becomes of a command until it is announced, but for what others do. */
  async function file(raw: string): Promise<void> {
    const text = decodeSlackText(raw).trim();
    parseIssueKey(text, 'KAN');
    const summary = summarise(text);
    request += 1;
    const requestId = request.toString(16).padStart(32, '0');
    const person = { team: 'T1', user: 'U1', userName: 'ada', channel: 'C1', channelName: 'help' };
    await log.receive(
      { ...typedRequest, ...person, requestId, text, summary, markup: null, responseUrl: null },
      { duplicateWithinMs: 10_000 },
    );
    await turn();
    const classification = await classifier.classify(text, { mayUseCloud: true });
    await turn();
    const names = { requester: { id: 'U1', name: 'ada' }, channel: { id: 'C1', name: 'help' } };
    const receivedAt = new Date().toISOString();
    const destination = {
      project: 'KAN',
      issueType: 'Task',
      requesterEmail: async () => null,
      message: null,
      files: [],
      labels: [],
      defaultFields: {},
      wantedFields: {},
    };
    JSON.stringify(
      toAdf(
        (
          await fitDescription(
            { ...names, requestId, text, markup: raw, summary, classification, receivedAt, ...destination },
            32_767,
            { lengthOf: async (tree) => lengthOfWords(tree) },
          )
        ).text,
      ),
    );
  }

  /** Opens a line, over which the server sends what it was told to. */
  const deliver = (frame: string) => async () => {
    await server.answer({ status: 200, type: '', body: frame });
    const ignore = () => {};
    const logger = { warn: ignore, error: ignore, info: ignore, debug: ignore, setLevel: ignore, setName: ignore };
    let taken: Promise<void> | null = null;
    const onDelivery = ({ body }: Delivery) => {
      taken = file(String(body['text']));
    };
    const socket = await openSocket(
      {
        appToken: 'xapp-1',
        clientOptions: webOptions(apiUrl, fetch),
        logger: { ...logger, getLevel: () => LogLevel.WARN },
      },
      { onDelivery, onWarning: ignore, onSilent: ignore, onClosed: ignore },
    );
    for (let waits = 0; taken === null && waits < 100; waits += 1) await pause(5);
    await taken;
    await socket.close();
  };

  const answered = (answer: HostileAnswer, ask: () => Promise<unknown>) => async () => {
    await server.answer(answer);
    await ask();
  };
  const json = (status: number, body: string): HostileAnswer => ({ status, type: 'application/json', body });
  const page = (status: number, body: string): HostileAnswer => ({ status, type: 'text/html', body });
  /** A megabyte of JSON, where escapes would make it longer. */
  const megabyteOf = (make: (text: string) => string) => (text: string) => {
    const share = text.length / make(text).length;
    return make(share < 0.9 ? text.slice(0, Math.floor(text.length * share)) : text);
  };
  const words = (text: string) => JSON.stringify({ errorMessages: [text], errors: { summary: text } });
  const issue = (text: string) =>
    JSON.stringify({ id: '1', key: 'KAN-1', fields: { summary: text, issuetype: { name: text } } });
  const completion = (text: string) => JSON.stringify({ choices: [{ message: { role: 'assistant', content: text } }] });
  const command = (text: string) =>
    JSON.stringify({ type: 'slash_commands', envelope_id: 'e', payload: { command: '/ticket', text } });
  const ggufFile = path.join(folder, 'a.gguf');
  const readModel = (bytes: Buffer) => async () => {
    writeFileSync(ggufFile, bytes);
    await turn();
    const { values, elements } = await readGgufHeader(ggufFile);
    ggufFacts(values, elements);
  };
  const respond = () => createResponder({ apiUrl, fetch }).respond(`${server.origin}/commands/1`, { text: 'x' });
  const history = () => web.conversations.history({ channel: 'C1' }).catch((thrown) => translateSlackError(thrown));

  const sources: [what: string, work: (text: string) => (() => Promise<unknown>)[], shapes: typeof hostileTexts][] = [
    [
      'a page in place of Jira’s answer',
      (text) => [200, 403].map((status) => answered(page(status, `<${text}`), () => jira.getIssue('KAN-1'))),
      hostileTexts,
    ],
    [
      'Jira’s words and names',
      (text) => [
        answered(json(400, megabyteOf(words)(text)), () => jira.getIssue('KAN-1')),
        answered(json(200, megabyteOf(issue)(text)), () => jira.getIssue('KAN-1')),
      ],
      hostileTexts,
    ],
    [
      'Jira’s data',
      (data) =>
        [200, 400].map((status) =>
          answered(json(status, `{"${status === 200 ? 'issues' : 'errorMessages'}":${data}}`), () =>
            jira.search('x', { size: 50, from: null, withProperty: true }),
          ),
        ),
      hostileJson,
    ],
    ['the text of a command', (text) => [deliver(megabyteOf(command)(text))], hostileTexts],
    [
      'the data of a delivery',
      (data) => [deliver(`{"type":"slash_commands","envelope_id":"e","payload":${data}}`)],
      hostileJson,
    ],
    [
      'an answer of Slack’s',
      (text) => [
        answered(json(200, text), history),
        answered(json(200, JSON.stringify({ ok: false, error: text })), history),
        answered(page(200, text), respond),
      ],
      hostileTexts,
    ],
    [
      'the data of Slack’s answer',
      (data) => [answered(json(200, `{"ok":true,"messages":${data}}`), history)],
      hostileJson,
    ],
    [
      'a reply of OpenAI’s',
      (text) => [answered(json(200, megabyteOf(completion)(text)), () => openai.classify('x'))],
      hostileTexts,
    ],
    [
      'a GGUF’s name and template',
      (text) => [
        readModel(tinyGguf({ name: text, chatTemplate: text })),
        readModel(tinyGguf({ chatTemplate: text.slice(0, 250_000) })),
      ],
      hostileTexts,
    ],
    ['a GGUF’s header', () => hostileHeaders().map(readModel), { headers: '' }],
  ];
  for (const [what, worksOf, shapes] of sources) {
    const holds: number[] = [];
    for (const [shape, text] of Object.entries(shapes)) {
      for (const work of worksOf(text)) {
        const hold = await middleHold(work);
        if (hold > wantedMs) report(`${what}, ${shape}: ${hold.toFixed(0)} ms`);
        holds.push(hold);
      }
    }
    add(`event loop held by 1 MB: ${what}`, 'ms', holds);
  }
  await classifier.dispose();
  await close();
  await server.close();
  rmSync(folder, { recursive: true });
}

async function startServer() {
  const worker = new Worker(new URL('./bench-bytes-server.ts', import.meta.url));
  const next = () => new Promise<unknown>((resolve) => worker.once('message', resolve));
  const port = await next();
  return {
    origin: `http://127.0.0.1:${port}`,
    async answer(answer: HostileAnswer) {
      worker.postMessage(answer);
      await next();
    },
    close: () => worker.terminate(),
  };
}
