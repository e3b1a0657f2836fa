import type { DemoView } from '../../shared/demo-view.ts';
import { AppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { createJiraSite, type JiraSite } from '../../stand-ins/jira/site.ts';
import { findAction } from '../../stand-ins/slack/payloads.ts';
import type { SlackMessage } from '../../stand-ins/slack/state.ts';
import { createSlackWorkspace, type SlackWorkspace } from '../../stand-ins/slack/workspace.ts';
import { isDecided, readIssue, restoreIssue } from './demo-issue.ts';
import { readMessage } from './demo-message.ts';
import { setScene } from './demo-scene.ts';
import { standInSettings } from './stand-in-settings.ts';

/** Slack and Jira on this machine, with what a person does in them. */
export interface DemoMode {
  /** Settings that lead the program to the stand-ins. */
  env: Record<string, string>;
  /** Whose desktop this is: alice's. */
  owner: { user: string; name: string; team: string };
  /** What alice sees in #support and in the app's direct messages to her, and the issues in Jira. */
  view(): DemoView;
  /**
   * Alice sends a line in #support: a command where it starts with a slash, else a message to everybody. Throws
   * `unavailable` where no app took the command.
   */
  type(line: string): Promise<void>;
  /** Alice clicks a button, or chooses from a list. Throws `not_found` where it is gone, and `unavailable` where no app took the click. */
  click(ts: string, actionId: string, option?: string): Promise<void>;
  close(): Promise<void>;
}

export interface DemoModeDeps {
  /** Which Jira is played. */
  deployment: JiraSite['deployment'];
  /** Tickets of earlier runs, oldest first: the stand-ins forget, the log does not. */
  earlier: Ticket[];
  /** The log's own. */
  update(requestId: string, change: Partial<Pick<Ticket, 'issueUrl' | 'step' | 'announcement'>>): Promise<unknown>;
  /** A message or an issue has appeared, changed or gone. */
  onChange(): void;
}

const you = 'alice';
const place = { user: you, channel: 'support' };
const commands = ['/ticket', '/ticket_status'];
/** Open tickets of earlier runs that are announced once more; the others can be decided in the list. */
const mostReopened = 5;

/** Begins the demo; call it before the program starts, because it changes what the log says of earlier tickets. */
export async function createDemoMode({ deployment, earlier, update, onChange }: DemoModeDeps): Promise<DemoMode> {
  // Always the same team: the log's tickets belong to it.
  const slack = await createSlackWorkspace({ team: { id: 'T01DEMO0001' } });
  const alice = theUser(slack, you);
  // Data Centers are often one of several programs on their host.
  const jira = await createJiraSite(
    deployment === 'datacenter' ? { deployment, contextPath: '/jira' } : { deployment },
  );
  const known = earlier.filter(({ issueKey }) => issueKey !== null);
  for (const ticket of known) restoreIssue(jira, ticket);
  await Promise.all(
    known.map(({ requestId, issueKey }) => update(requestId, { issueUrl: `${jira.baseUrl}/browse/${issueKey}` })),
  );
  const open = known.filter(({ step, decision }) => step === 'announced' && decision === null).slice(-mostReopened);
  // Their messages are gone with the last run's Slack; a ticket at this step is announced by the program.
  await Promise.all(open.map(({ requestId }) => update(requestId, { step: 'created', announcement: null })));
  setScene(slack, place.channel, { isFirstRun: earlier.length === 0 });
  slack.onMessage(onChange);
  jira.onIssue(onChange);

  /** Oldest first. */
  function visible(): SlackMessage[] {
    const shown = slack.channels.filter(({ name, imUser }) => name === place.channel || imUser === alice.id);
    return slack
      .messages()
      .filter(({ channel, ephemeralTo }) => {
        return shown.some(({ id }) => id === channel) && (ephemeralTo === null || ephemeralTo === alice.id);
      })
      .sort((one, other) => Number(one.ts) - Number(other.ts));
  }

  return {
    env: standInSettings(slack, jira),
    owner: { user: alice.id, name: alice.name, team: slack.team.id },

    view: () => ({
      channel: place.channel,
      you,
      messages: visible().map((message) => readMessage(message, slack)),
      issues: jira.issues
        .map((issue) => readIssue(issue, jira))
        .sort(
          (one, other) =>
            other.createdAt.localeCompare(one.createdAt) || other.key.localeCompare(one.key, 'en', { numeric: true }),
        ),
      isDecided: jira.issues.some(isDecided),
    }),

    async type(line) {
      const [, command, text = ''] = /^(\/\S*)\s*([\s\S]*)$/.exec(line) ?? [];
      if (command === undefined) {
        if (line.trim() !== '') slack.say(line.trim(), place);
      } else if (commands.includes(command)) {
        await slack.slash(command, text.trim(), place).catch(notDelivered);
      } else {
        const advice = 'To send a message that begins with a slash, put a space in front of it.';
        slack.whisper(`\`${command}\` is not a valid command. ${advice}`, place);
      }
    },

    async click(ts, actionId, option) {
      const message = visible().find((each) => each.ts === ts);
      if (message === undefined || findAction(message, actionId, option) === null) {
        throw new AppError('not_found', 'This button is gone: somebody has decided, or the message was removed.');
      }
      const by = option === undefined ? { user: you } : { user: you, option };
      await slack.click(message, actionId, by).catch(notDelivered);
    },

    async close() {
      await Promise.all([slack.close(), jira.close()]);
    },
  };
}

function theUser(slack: SlackWorkspace, called: string) {
  const user = slack.users.find(({ name }) => name === called);
  if (user === undefined) throw new Error(`The demo's workspace has no user ${called}.`);
  return user;
}

function notDelivered(thrown: Error): never {
  const advice = 'Look on the page Status whether Slack is connected, then try again.';
  throw new AppError('unavailable', `Nothing happened, because the app did not answer (${thrown.message}). ${advice}`, {
    cause: thrown,
  });
}
