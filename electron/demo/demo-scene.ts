import type { SlackWorkspace } from '../../stand-ins/slack/workspace.ts';

/** The app is not in #random, as it is in few channels of a real workspace. */
export const channels = [
  { id: 'C01SUPPORT1', name: 'support' },
  { id: 'C01RANDOM01', name: 'random', isMember: false },
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

/** A channel that somebody has used, and the app's first words in it. */
export function setScene(slack: SlackWorkspace, channel: string, { isFirstRun }: { isFirstRun: boolean }): void {
  slack.addUser({ id: 'U01CAROL001', name: 'carol', realName: 'Carol Clark' });
  for (const [user, minutesAgo, text] of chat) {
    slack.say(text, { user, channel, at: Date.now() - minutesAgo * 60_000 });
  }
  slack.say(isFirstRun ? welcome : welcomeBack, { user: slack.botUserId, channel });
}
