import { AppError } from '../../shared/errors.ts';
import type { DemoMessage } from '../../shared/ipc.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { readMessage } from './demo-message.ts';
import { createJiraSite } from './jira-site.ts';
import { createSlackWorkspace } from './slack-workspace.ts';
import { standInSettings } from './stand-in-settings.ts';

/** Slack and Jira on this machine, with what a person does in them. */
export interface DemoMode {
  /** Settings that lead the program to the stand-ins. */
  env: Record<string, string>;
  /** What alice sees in #support, oldest first. */
  messages(): DemoMessage[];
  /** Alice types a command in #support. Throws `invalid_input` with Slack's words where it could not be delivered. */
  type(line: string): Promise<void>;
  /** Alice clicks a button. Throws `not_found` where there is no such button any more. */
  click(ts: string, actionId: string): Promise<void>;
  close(): Promise<void>;
}

const place = { user: 'alice', channel: 'support' };

/**
 * @param earlier Tickets of earlier runs, oldest first: the stand-in of Jira forgets, the log does not.
 */
export async function createDemoMode(earlier: Ticket[], onChange: () => void): Promise<DemoMode> {
  const slack = await createSlackWorkspace();
  const jira = await createJiraSite();
  for (const { issueKey, issueType, summary } of earlier) {
    if (issueKey !== null)
      jira.addIssue({ key: issueKey, projectKey: 'KAN', issueType: issueType ?? 'Task', fields: { summary } });
  }
  slack.onMessage(onChange);

  return {
    env: standInSettings(slack, jira),
    messages: () =>
      slack
        .messages(place.channel)
        .filter(({ deleted }) => !deleted)
        .map((message) => readMessage(message, slack.users)),
    async type(line) {
      const [, command = '/ticket', text = ''] = /^\s*(\/ticket(?:_status)?)(?:\s+([\s\S]*))?$/.exec(line) ?? [];
      const isCommand = line.trimStart().startsWith('/');
      await slack.slash(command, isCommand ? text : line, place).catch((thrown: Error) => {
        throw new AppError('invalid_input', `Slack would say: ${thrown.message}`, { cause: thrown });
      });
    },
    async click(ts, actionId) {
      const message = slack.messages(place.channel).find((each) => each.ts === ts);
      if (message === undefined) throw new AppError('not_found', 'This message is gone.');
      await slack.click(message, actionId, { user: place.user }).catch((thrown: Error) => {
        throw new AppError('not_found', thrown.message, { cause: thrown });
      });
    },
    async close() {
      await Promise.all([slack.close(), jira.close()]);
    },
  };
}
