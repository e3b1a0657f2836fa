import type { Ticket } from '../../shared/ticket.ts';
import type { SlackWorkspace } from '../../stand-ins/slack/workspace.ts';

/**
 * The app is not in #random, as it is in few channels of a real workspace. Alice's direct messages have the same id in each
 * run, because tickets name it.
 */
export const channels = [
  { id: 'C01SUPPORT1', name: 'support' },
  { id: 'C01RANDOM01', name: 'random', isMember: false },
  { id: 'D01ALICE001', name: 'directmessage', isPrivate: true, imUser: 'U01ALICE001' },
];

/** What teammates wrote before: who, how many minutes ago, what. */
const chat: [string, number, string][] = [
  ['bob', 41, 'The VPN has dropped three times this morning. Is that only me?'],
  ['carol', 39, 'Here too, on the whole second floor. Has anybody written a ticket?'],
  ['bob', 38, 'Not yet. I also need a CRM licence for our new colleague, by Monday.'],
];

const welcome = [
  '*Welcome to #support.* I turn what you type into Jira tickets.',
  'Type `/ticket` and what is wrong, in your own words. I sort it, create the issue and ask here for approval.',
  'Or mention me, put :ticket: on a message, write to me directly, or press *+* for a form.',
  'Type `/ticket_status KAN-1` to ask how a ticket is doing.',
].join('\n');

const welcomeBack =
  '*Welcome back.* This channel starts afresh each time; your earlier tickets are on the page Tickets. Those that still wait for approval come up here again.';

/** A channel that somebody has used, and the app's first words in it; `restored`: what stands there already. */
export function setScene(
  slack: SlackWorkspace,
  channel: string,
  { isFirstRun, restored }: { isFirstRun: boolean; restored: readonly string[] },
): void {
  for (const [user, minutesAgo, text] of chat) {
    if (!restored.includes(text)) slack.say(text, { user, channel, at: Date.now() - minutesAgo * 60_000 });
  }
  slack.say(isFirstRun ? welcome : welcomeBack, { user: slack.botUserId, channel });
}

/** Puts back the messages that tickets of earlier runs stand on, since they are announced there; gives their texts. */
export function restoreMessages(slack: SlackWorkspace, tickets: readonly Ticket[]): string[] {
  const there = new Set<string>();
  return tickets.flatMap(({ sourceMessage, channel, text, user }) => {
    if (sourceMessage === null || !slack.channels.some(({ id }) => id === channel)) return [];
    const ts = sourceMessage.threadTs;
    if (there.has(ts)) return [];
    const author =
      slack.users.find(({ id }) => id === sourceMessage.author) ?? slack.users.find(({ id }) => id === user);
    if (author === undefined) return [];
    const message = slack.say(text, { user: author.id, channel, at: Number(ts) * 1000 });
    // To the microsecond: by this the program finds its thread.
    message.ts = ts;
    there.add(ts);
    return [text];
  });
}
