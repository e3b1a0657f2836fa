import { setTimeout as wait } from 'node:timers/promises';
import { creating } from '../../electron/slack/replies.ts';
import { requestIdOf } from '../../electron/slack/request-id.ts';
import type { Door } from '../../shared/ticket.ts';
import type { SlackView } from '../../stand-ins/slack/views.ts';
import type { SlackWorkspace } from '../../stand-ins/slack/workspace.ts';
import type { SentCommand } from './judge.ts';
import type { PlannedCommand } from './plan.ts';

/** People who ask for tickets by every door, whether an app is there or not. */
export interface CommandSender {
  /** `expected`: whether a ticket comes of it, or somebody before Jira refuses it for its text. */
  send(command: PlannedCommand, expected: SentCommand['expected']): void;
  /** Repeats whatever is sent from now on that much later; gives how often one was acknowledged again. */
  repeatAll(delayMs: number): () => number;
  /** Resolves at the nth acknowledgement from now on. */
  nthAck(nth: number): Promise<void>;
  /** Resolves when every delivery is acknowledged or has failed. */
  settled(): Promise<void>;
  /** All that were sent. */
  sent(): SentCommand[];
}

interface Entry extends Omit<SentCommand, 'requestId' | 'acked'> {
  /** null before Slack has given it a key of its own, or where it never did. */
  requestId: string | null;
  isAcked: boolean;
  /** Delivers it once more, as a person's second try or Slack's. */
  again(): Promise<boolean>;
}

/** How long a person waits for a form, in milliseconds. */
const formMs = 5_000;

export function createCommandSender(slack: SlackWorkspace): CommandSender {
  const sent: Entry[] = [];
  const deliveries: Promise<void>[] = [];
  const repeats: number[] = [];
  const forms = new Set<SlackView>();
  let repeated = 0;
  const ackListeners = new Set<() => void>();
  const team = slack.team.id;

  /** An event that the stand-in has sent, or sends until it is acknowledged. */
  async function byEvent(entry: Entry, door: 'mention' | 'direct' | 'reaction', ts: string, key?: string) {
    const of = { mention: 'app_mention', direct: 'message', reaction: 'reaction_added' }[door];
    const delivery = slack.events.find(({ event }) => event.type === of && [event['ts'], itemTs(event)].includes(ts));
    // Where the bot is no member, nobody hears of it.
    if (delivery === undefined) return false;
    entry.requestId = requestIdOf(team, door, key ?? delivery.eventId);
    entry.again = async () => {
      await slack.redeliver(delivery.event, delivery.eventId);
      return true;
    };
    await slack.waitForEvent((each) => each === delivery && each.isAcked, formMs);
    return true;
  }

  /** A form that is opened and sent; false where it never opened, or said no. */
  async function byForm(entry: Entry, { user, channel, text }: PlannedCommand): Promise<boolean> {
    await slack.slash('/ticket', '', { user, channel });
    const id = slack.users.find(({ name }) => name === user)?.id;
    const isOwn = (view: SlackView) =>
      view.type === 'modal' && view.user === id && view.isOpen && view.submit !== null && !forms.has(view);
    const view = await slack.waitForView(isOwn, formMs);
    forms.add(view);
    entry.requestId = requestIdOf(team, 'view', view.id);
    const { outcome } = await slack.submit(view, { Summary: text });
    return outcome === 'closed';
  }

  const byDoor: Record<Door, (entry: Entry, command: PlannedCommand) => Promise<boolean>> = {
    async command(entry, { user, channel, text }) {
      const triggerId = `${sent.length}.${text}`;
      entry.requestId = requestIdOf(team, 'command', triggerId);
      entry.again = async () => {
        const { ack } = await slack.slash('/ticket', text, { user, channel, triggerId });
        return ack !== null && typeof ack === 'object' && 'text' in ack && ack.text === creating;
      };
      return entry.again();
    },
    async mention(entry, { user, channel, text }) {
      const { ts } = await slack.mention(text, { user, channel });
      return byEvent(entry, 'mention', ts);
    },
    async direct(entry, { user, text }) {
      const { ts } = await slack.direct(text, { user });
      return byEvent(entry, 'direct', ts);
    },
    async reaction(entry, { user, channel, text }) {
      const message = slack.say(text, { user, channel });
      await slack.react(message, 'ticket', { user });
      return byEvent(entry, 'reaction', message.ts, `${message.channel} ${message.ts}`);
    },
    async message(entry, { user, channel, text }) {
      const message = slack.say(text, { user, channel });
      const { triggerId } = await slack.messageShortcut(message, 'file_message', { user });
      entry.requestId = requestIdOf(team, 'shortcut', triggerId);
      return true;
    },
    form: byForm,
  };

  /** That nobody answered is as good an outcome as an ack. */
  async function deliver(entry: Entry, work: () => Promise<boolean>): Promise<boolean> {
    try {
      const isAcked = await work();
      if (isAcked) entry.isAcked = true;
      for (const tell of ackListeners) tell();
      return isAcked;
    } catch {
      return false;
    }
  }

  return {
    send(command, expected) {
      const { door, text } = command;
      const entry: Entry = {
        ...{ requestId: null, isAcked: false, expected, door, text },
        sentAt: Date.now(),
        again: async () => false,
      };
      sent.push(entry);
      const first = deliver(entry, () => byDoor[door](entry, command));
      deliveries.push(first.then(() => {}));
      for (const delayMs of repeats) {
        const again = (delayMs === 0 ? first : wait(delayMs)).then(() => deliver(entry, () => entry.again()));
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
    sent: () => sent.map(({ isAcked: acked, again: _, ...entry }) => ({ ...entry, acked })),
  };
}

function itemTs(event: Readonly<Record<string, unknown>>): unknown {
  const { item } = event;
  return item !== null && typeof item === 'object' && 'ts' in item ? item.ts : null;
}
