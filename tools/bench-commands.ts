import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { SlackWorkspace } from '../stand-ins/slack/workspace.ts';

/** One command, as its sender sees it. */
export interface AckedCommand {
  /** When it was sent: milliseconds since the first one. */
  sentAt: number;
  /** Milliseconds from sending the envelope to its acknowledgement. */
  ackMs: number;
}

export interface SentCommand extends AckedCommand {
  /** Milliseconds from sending the envelope to the announcement in the channel. */
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
}

/** Sends different commands over the workspace's socket; resolves when all are announced, rejects after two minutes. */
export async function sendCommands(slack: SlackWorkspace, pace: Pace): Promise<SentCommand[]> {
  const announced = new Map<number, (at: number) => void>();
  const stop = slack.onMessage((message) => {
    const number = /Command (\d+): /.exec(JSON.stringify(message.blocks))?.[1];
    if (message.via === 'chat.postMessage') announced.get(Number(number))?.(performance.now());
  });
  const begun = performance.now();

  async function send(number: number): Promise<SentCommand> {
    const announcedAt = new Promise<number>((resolve) => announced.set(number, resolve));
    const sentAt = performance.now();
    const ackMs = await ackOf(slack, number, 'support');
    return { sentAt: sentAt - begun, ackMs, announcedMs: (await announcedAt) - sentAt };
  }

  const late = wait(120_000, undefined, { ref: false }).then(() => {
    throw new Error(`Not all of ${pace.count} commands were announced within two minutes.`);
  });
  try {
    return await Promise.race([atPace(pace, send), late]);
  } finally {
    stop();
  }
}

/** Sends different commands into channels that take turns; resolves when all are acknowledged. */
export async function sendToChannels(
  slack: SlackWorkspace,
  pace: { count: number; perSecond: number; channels: readonly string[] },
): Promise<AckedCommand[]> {
  const begun = performance.now();
  return atPace(pace, async (number) => {
    const sentAt = performance.now() - begun;
    return { sentAt, ackMs: await ackOf(slack, number, pace.channels[number % pace.channels.length] ?? '') };
  });
}

async function ackOf(slack: SlackWorkspace, number: number, channel: string): Promise<number> {
  const text = `Command ${number}: ${texts[number % texts.length]}`;
  return (await slack.slash('/ticket', text, { user: 'alice', channel })).ackMs;
}

async function atPace<T>({ first = 1, count, perSecond }: Pace, send: (number: number) => Promise<T>): Promise<T[]> {
  const begun = performance.now();
  const sent: Promise<T>[] = [];
  for (let index = 0; index < count; index += 1) {
    const command = send(first + index);
    sent.push(command);
    if (perSecond === 'one by one') await command;
    else await wait(Math.max(0, begun + ((index + 1) * 1000) / perSecond - performance.now()));
  }
  return Promise.all(sent);
}
