import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { SlackWorkspace } from '../electron/demo/slack-workspace.ts';

/** One command, as its sender sees it. */
export interface SentCommand {
  /** When it was sent: milliseconds since the first one. */
  sentAt: number;
  /** From sending the envelope to its acknowledgement, in milliseconds. */
  ackMs: number;
  /** From sending the envelope to the announcement in the channel, in milliseconds. */
  announcedMs: number;
}

/** This project's own examples, of the length that people write. */
const texts = readFileSync(new URL('../models/examples.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line): string => JSON.parse(line).text);

export interface Pace {
  /** Number of the first one; the same number is the same text, and twice the same text is a slip of the finger. */
  first?: number;
  count: number;
  /** How many a second; `one by one` sends each when the one before it is announced. */
  perSecond: number | 'one by one';
  /** Names of channels that take turns; support where absent. */
  channels?: readonly string[];
  /** How long all of them may take; two minutes where absent. */
  patienceMs?: number;
}

/** Sends different commands over the workspace's socket; resolves when all are announced, rejects when that is late. */
export async function sendCommands(
  slack: SlackWorkspace,
  { first = 1, count, perSecond, channels = ['support'], patienceMs = 120_000 }: Pace,
): Promise<SentCommand[]> {
  const announced = new Map<number, (at: number) => void>();
  const stop = slack.onMessage((message) => {
    const number = /Command (\d+): /.exec(JSON.stringify(message.blocks))?.[1];
    if (message.via === 'chat.postMessage') announced.get(Number(number))?.(performance.now());
  });
  const begun = performance.now();

  async function send(number: number): Promise<SentCommand> {
    const announcedAt = new Promise<number>((resolve) => announced.set(number, resolve));
    const sentAt = performance.now();
    const text = `Command ${number}: ${texts[number % texts.length]}`;
    const channel = channels[number % channels.length] ?? '';
    const { ackMs } = await slack.slash('/ticket', text, { user: 'alice', channel });
    return { sentAt: sentAt - begun, ackMs, announcedMs: (await announcedAt) - sentAt };
  }

  async function sendAll(): Promise<SentCommand[]> {
    const sent: Promise<SentCommand>[] = [];
    for (let index = 0; index < count; index += 1) {
      const command = send(first + index);
      sent.push(command);
      if (perSecond === 'one by one') await command;
      else await wait(Math.max(0, begun + ((index + 1) * 1000) / perSecond - performance.now()));
    }
    return Promise.all(sent);
  }

  const late = wait(patienceMs, undefined, { ref: false }).then(() => {
    throw new Error(`Of ${count} commands, not all were announced within ${patienceMs / 1000} s.`);
  });
  try {
    return await Promise.race([sendAll(), late]);
  } finally {
    stop();
  }
}
