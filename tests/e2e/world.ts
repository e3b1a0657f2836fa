import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished, vi } from 'vitest';
import { standInSettings } from '../../electron/demo/stand-in-settings.ts';
import { actionIds } from '../../electron/slack/blocks.ts';
import { createJiraSite, type JiraSite } from '../../stand-ins/jira/site.ts';
import { createSlackWorkspace, type SlackWorkspace } from '../../stand-ins/slack/workspace.ts';
import { patienceMs } from '../patience.ts';
import { aTemporaryFolder } from '../temporary-folder.ts';

/** A row of `ticket_logs`, as any other program would read it. */
export interface LogRow {
  request_id: string;
  slack_user: string;
  slack_channel: string;
  ticket_id: string | null;
  jira_issue_key: string | null;
  jira_issue_id: string | null;
  llm_result: string | null;
  source: string | null;
  status: string;
  step: string;
  error_code: string | null;
  created_at: string;
}

/** Slack, Jira and an empty data folder, all of this test alone. */
export interface World {
  slack: SlackWorkspace;
  jira: JiraSite;
  /** Where the app is started; it holds no `.env`. */
  folder: string;
  dataDir: string;
  /** Every setting that the app needs to work in this world. */
  credentials: Record<string, string>;
  rows(): LogRow[];
  /** The only row, once it is as expected. */
  theRow(expected: Partial<LogRow>): Promise<LogRow>;
}

export async function aWorld(): Promise<World> {
  const folder = aTemporaryFolder();
  const [slack, jira] = await Promise.all([createSlackWorkspace({ ackTimeoutMs: patienceMs }), createJiraSite()]);
  onTestFinished(async () => {
    await Promise.all([slack.close(), jira.close()]);
  });
  const dataDir = join(folder, 'data');

  function rows(): LogRow[] {
    const db = new Database(join(dataDir, 'tickets.db'), { readonly: true });
    try {
      return db.prepare('select * from ticket_logs order by id').all() as LogRow[];
    } finally {
      db.close();
    }
  }

  return {
    slack,
    jira,
    folder,
    dataDir,
    credentials: standInSettings(slack, jira),
    rows,
    theRow: (expected) =>
      vi.waitFor(() => {
        const [row, ...others] = rows();
        const differs = Object.entries(expected).some(([name, value]) => row?.[name as keyof LogRow] !== value);
        if (row === undefined || others.length > 0 || differs) {
          throw new Error(`Expected one row with ${JSON.stringify(expected)}, got ${JSON.stringify([row, ...others])}`);
        }
        return row;
      }),
  };
}

export const byAlice = { user: 'alice', channel: 'support' };

export function isAnnouncement(message: { blocks: unknown[] }): boolean {
  return JSON.stringify(message.blocks).includes(actionIds.approve);
}
