import type { DemoView } from '../../shared/demo-view.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { createJiraSite, type JiraSite } from '../../stand-ins/jira/site.ts';
import type { SlackMessage } from '../../stand-ins/slack/state.ts';
import { createSlackWorkspace, type SlackWorkspace } from '../../stand-ins/slack/workspace.ts';
import { type Alice, createAlice } from './alice.ts';
import { isDecided, readIssue, restoreIssue } from './demo-issue.ts';
import { channels, restoreMessages, setScene } from './demo-scene.ts';
import { readSlack } from './read-slack.ts';
import { standInSettings } from './stand-in-settings.ts';

/** Slack and Jira on this machine, with what a person does in them. */
export interface DemoMode extends Alice {
  /** Settings that lead the program to the stand-ins. */
  env: Record<string, string>;
  /** Whose desktop this is: alice's. */
  owner: { user: string; name: string; team: string };
  /** What alice sees in Slack, and the issues in Jira. */
  view(): DemoView;
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
const channel = 'support';
/** Open tickets of earlier runs that are announced once more; the others can be decided in the list. */
const mostReopened = 5;

/** Begins the demo; call it before the program starts, because it changes what the log says of earlier tickets. */
export async function createDemoMode({ deployment, earlier, update, onChange }: DemoModeDeps): Promise<DemoMode> {
  // Always the same team: the log's tickets belong to it.
  const slack = await createSlackWorkspace({ team: { id: 'T01DEMO0001' }, channels });
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
  slack.addUser({ id: 'U01CAROL001', name: 'carol', realName: 'Carol Clark' });
  setScene(slack, channel, { isFirstRun: earlier.length === 0, restored: restoreMessages(slack, open) });
  slack.onMessage(onChange);
  slack.onView(onChange);
  jira.onIssue(onChange);

  /** Oldest first. */
  function visible(): SlackMessage[] {
    const shown = slack.channels.filter(({ name, imUser }) => name === channel || imUser === alice.id);
    return slack
      .messages()
      .filter((message) => {
        const { ephemeralTo } = message;
        return shown.some(({ id }) => id === message.channel) && (ephemeralTo === null || ephemeralTo === alice.id);
      })
      .sort((one, other) => Number(one.ts) - Number(other.ts));
  }

  return {
    env: standInSettings(slack, jira),
    owner: { user: alice.id, name: alice.name, team: slack.team.id },
    view: () => ({
      ...readSlack(slack, { you: alice, channel, visible: visible() }),
      issues: jira.issues
        .map((issue) => readIssue(issue, jira))
        .sort(
          (one, other) =>
            other.createdAt.localeCompare(one.createdAt) || other.key.localeCompare(one.key, 'en', { numeric: true }),
        ),
      isDecided: jira.issues.some(isDecided),
    }),
    ...createAlice({ slack, user: alice.id, channel, visible }),
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
