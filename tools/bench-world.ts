import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { standInSettings } from '../electron/demo/stand-in-settings.ts';
import { createJiraSite, type JiraSite } from '../stand-ins/jira/site.ts';
import { createSlackWorkspace, type SlackWorkspace, type SlackWorkspaceOptions } from '../stand-ins/slack/workspace.ts';
import { asIfMeasured } from './as-if-measured.ts';
import { type BuiltApp, startBuiltApp } from './built-app.ts';

/** One app at work, with a Slack, a Jira and an empty data folder of its own. */
export interface BenchWorld {
  slack: SlackWorkspace;
  jira: JiraSite;
  app: BuiltApp;
  /** Milliseconds that the classifier took for each ticket, and what answered. */
  classifications(): { source: string; ms: number }[];
}

export interface BenchWorldOptions {
  /** Electron's executable. */
  executable: string;
  /** Where the data folder is made. */
  scratch: string;
  /** More settings than Slack's and Jira's, and where to show windows. */
  env: Record<string, string>;
  args: string[];
  /** The Slack; the usual one where absent. */
  workspace?: SlackWorkspaceOptions;
}

/** Starts the app, measures, and ends everything again. */
export async function withBenchWorld(
  { executable, scratch, env, args, workspace = {} }: BenchWorldOptions,
  measure: (world: BenchWorld) => Promise<void>,
): Promise<void> {
  const [slack, jira] = await Promise.all([createSlackWorkspace(workspace), createJiraSite()]);
  const dataDir = mkdtempSync(path.join(scratch, 'data-'));
  // Bursts are measured, not what keeps one person from filing too many.
  const credentials = { ...standInSettings(slack, jira), TICKETS_PER_MINUTE: '0' };
  const model = env['GGML_MODEL_PATH'];
  // What a ticket costs is measured, not what measuring the model costs.
  if (model !== undefined) await asIfMeasured(dataDir, model);
  const app = startBuiltApp({ executable, dataDir, env: { ...credentials, ...env }, args });
  try {
    await measure({ slack, jira, app, classifications: () => classificationsIn(path.join(dataDir, 'tickets.db')) });
  } finally {
    await app.stop();
    await Promise.all([slack.close(), jira.close()]);
  }
}

function classificationsIn(file: string): { source: string; ms: number }[] {
  const db = new Database(file, { readonly: true });
  const rows = db.prepare('select source, classify_ms as ms from ticket_logs where classify_ms is not null').all();
  db.close();
  return rows as { source: string; ms: number }[];
}
