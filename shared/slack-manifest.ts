/** A scope's purpose. Those that are of use only together stand together. */
export interface ScopeUse {
  scopes: readonly string[];
  /** What they are for; a sentence's end: "It is asked for ...". */
  reason: string;
  /** What does not work without them; a sentence without its full stop. */
  loss: string;
  /** Whether the program does not work at all without it; every other scope may be missing. */
  isNeeded?: true;
}

/** Every scope of the bot, and why. Whoever keeps an older manifest loses only what `loss` says. */
export const scopeUses: readonly ScopeUse[] = [
  {
    scopes: ['commands'],
    reason: 'to take /ticket, /ticket_status and the two shortcuts',
    loss: 'Slack delivers no /ticket',
    isNeeded: true,
  },
  { scopes: ['chat:write'], reason: 'to write messages', loss: 'nothing can be posted', isNeeded: true },
  {
    scopes: ['app_mentions:read'],
    reason: 'to file a ticket where somebody mentions the app (event app_mention)',
    loss: 'mentioning the app files nothing',
  },
  {
    scopes: ['reactions:read'],
    reason: 'to file a message on which somebody puts the ticket emoji (event reaction_added)',
    loss: 'an emoji on a message files nothing',
  },
  {
    scopes: ['im:history'],
    reason: 'to file what somebody writes to the app in a direct message (event message.im)',
    loss: 'a direct message to the app files nothing',
  },
  {
    scopes: ['channels:history', 'groups:history', 'mpim:history'],
    reason:
      'to read the message that is to be filed where only an emoji on it or a mention in its thread came, ' +
      'and to look for the app’s own message where Slack’s answer was lost, so that no ticket is announced twice',
    loss: 'an emoji, or a mention in a thread, cannot file the message it stands on, and where Slack’s answer to a new message is lost, only the person who asked gets the message',
  },
  {
    scopes: ['channels:read', 'groups:read'],
    reason:
      'to learn what a channel is called, of which an event tells only the id, because settings name channels, and to offer those in forms',
    loss: 'for mentions, emoji and forms, channels in the settings count by their Slack id only, not by their name',
  },
  {
    scopes: ['files:read'],
    reason: 'to attach the files of a message to its issue',
    loss: 'files of a message are not attached to its issue, which names them with their link',
  },
  {
    scopes: ['users:read', 'users:read.email'],
    reason:
      'to make the person who asked the reporter of the issue, where Jira has an account of that address, and to learn the names of people of whom an event tells only the id',
    loss: 'who asked stands in the issue’s description and cannot become its reporter, and people are named by their Slack id where an event does not tell more',
  },
];

/** Every scope that the manifest asks for. */
export const botScopes: readonly string[] = scopeUses.flatMap(({ scopes }) => scopes);

/** What people find in Slack by these names. */
export const shortcuts = { form: 'new_ticket', message: 'file_message' } as const;

/** The Slack app as Slack is asked to make it; `npm run settings` writes slack-manifest.yml. Source: docs.slack.dev/reference/app-manifest. */
export const slackManifest = {
  display_information: {
    name: 'AI Ticket Agent',
    description: 'Turns what people write in Slack into Jira issues that your team approves',
    background_color: '#1f5fbf',
  },
  features: {
    app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
    bot_user: { display_name: 'ticket_agent', always_online: false },
    shortcuts: [
      { name: 'New ticket', type: 'global', callback_id: shortcuts.form, description: 'Create a Jira issue in a form' },
      {
        name: 'File as a ticket',
        type: 'message',
        callback_id: shortcuts.message,
        description: 'Create a Jira issue of this message',
      },
    ],
    slash_commands: [
      {
        command: '/ticket',
        description: 'Create a Jira issue from what you write',
        usage_hint: 'what happened (without a text a form opens)',
        should_escape: false,
      },
      {
        command: '/ticket_status',
        description: 'Show the status of a Jira issue',
        usage_hint: 'KAN-7',
        should_escape: false,
      },
    ],
  },
  oauth_config: { scopes: { bot: botScopes } },
  settings: {
    event_subscriptions: { bot_events: ['app_home_opened', 'app_mention', 'message.im', 'reaction_added'] },
    interactivity: { is_enabled: true },
    socket_mode_enabled: true,
    org_deploy_enabled: false,
    token_rotation_enabled: false,
  },
} as const;
