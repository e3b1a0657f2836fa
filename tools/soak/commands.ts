import { setTimeout as wait } from 'node:timers/promises';
import { creating } from '../../electron/slack/replies.ts';
import { requestIdOf } from '../../electron/slack/request-id.ts';
import type { SlackWorkspace } from '../../stand-ins/slack/workspace.ts';
import type { SentCommand } from './judge.ts';
import type { PlannedCommand } from './plan.ts';

/** People who type commands, whether an app takes them or not. */
export interface CommandSender {
  /** `expected`: whether a ticket comes of it, or somebody before Jira refuses it for its text. */
  send(command: PlannedCommand, expected: SentCommand['expected']): void;
  /** Repeats whatever is sent from now on that much later; gives how often one was acknowledged again. */
  repeatAll(delayMs: number): () => number;
  /** Resolves at the nth acknowledgement from now on. */
  nthAck(nth: number): Promise<void>;
  /** Resolves when every delivery is acknowledged or has failed. */
  settled(): Promise<void>;
  /** All that were sent, in the workspace of this id. */
  sent(team: string): SentCommand[];
}

export function createCommandSender(slack: SlackWorkspace): CommandSender {
  const sent: (Omit<SentCommand, 'requestId'> & { triggerId: string })[] = [];
  const deliveries: Promise<void>[] = [];
  const repeats: number[] = [];
  let repeated = 0;
  const ackListeners = new Set<() => void>();

  /** Delivers a command. That nobody answered is as good an outcome as an ack. */
  async function deliver(command: PlannedCommand, entry: (typeof sent)[number]): Promise<boolean> {
    const { user, channel, text } = command;
    try {
      const { ack } = await slack.slash('/ticket', text, { user, channel, triggerId: entry.triggerId });
      const acked = ack !== null && typeof ack === 'object' && 'text' in ack && ack.text === creating;
      if (acked) entry.acked = true;
      for (const tell of ackListeners) tell();
      return acked;
    } catch {
      return false;
    }
  }

  return {
    send(command, expected) {
      const triggerId = `${sent.length + 1}.${command.text}`;
      const entry = { triggerId, sentAt: Date.now(), acked: false, expected, text: command.text };
      sent.push(entry);
      deliveries.push(deliver(command, entry).then(() => {}));
      for (const delayMs of repeats) {
        const again = delayMs === 0 ? deliver(command, entry) : wait(delayMs).then(() => deliver(command, entry));
        deliveries.push(
          again.then((acked) => {
            if (acked) repeated += 1;
          }),
        );
      }
    },
    repeatAll(delayMs) {
      repeats.push(delayMs);
      return () => repeated;
    },
    nthAck(nth) {
      let left = nth;
      return new Promise((resolve) => {
        ackListeners.add(() => {
          left -= 1;
          if (left === 0) resolve();
        });
      });
    },
    async settled() {
      await Promise.all(deliveries);
    },
    sent: (team) =>
      sent.map(({ triggerId, ...command }) => ({ requestId: requestIdOf(team, 'command', triggerId), ...command })),
  };
}
