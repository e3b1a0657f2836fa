import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { type Agent, type AgentDeps, createAgent } from '../../../electron/app/agent.ts';
import { healthLine } from '../../../electron/app/health.ts';
import { standInSettings } from '../../../electron/demo/stand-in-settings.ts';
import { createTicketLog } from '../../../electron/log/sqlite/ticket-log.ts';
import { createMarkKeyring } from '../../../electron/settings/mark-keys.ts';
import type { SecretStore } from '../../../electron/settings/secret-store.ts';
import type { Classifier } from '../../../electron/tickets/ports/classifier.ts';
import type { TicketLog } from '../../../electron/tickets/ports/ticket-log.ts';
import type { Instance } from '../../../electron/tickets/ports/ticket-store.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Classification, Ticket } from '../../../shared/ticket.ts';
import { allTickets } from '../../../shared/ticket-list.ts';
import { createJiraSite, type JiraSite, type JiraSiteOptions } from '../../../stand-ins/jira/site.ts';
import {
  createSlackWorkspace,
  type SlackWorkspace,
  type SlackWorkspaceOptions,
} from '../../../stand-ins/slack/workspace.ts';
import type { ClosableLog } from '../../contract/ticket-log.ts';
import { anInstance } from '../../fakes/instance.ts';
import { settingsWith } from '../../fakes/settings.ts';
import { patienceMs } from '../../patience.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

/** Calls everything a bug: what it says does not matter here, where it goes does. */
export const sureOfBugs: Classification = {
  label: 'Bug',
  confidence: 0.9,
  probabilities: { Task: 0.025, Bug: 0.9, Incident: 0.025, 'Feature Request': 0.025, Question: 0.025 },
  source: 'builtin',
  model: 'test',
  ms: 1,
};

/** A keychain that is always at hand, and keeps nothing from anybody. */
export const unlockedKeychain: SecretStore = {
  protection: async () => 'keychain',
  encrypt: async (secret) => Buffer.from(secret).toString('base64'),
  decrypt: async (encrypted) => Buffer.from(encrypted, 'base64').toString(),
};

/** One teammate's desktop without its window. */
export interface Desk {
  agent: Agent;
  log: ClosableLog;
  /** Lines as on stdout, without the part's name. */
  lines: { slack: string[]; jira: string[] };
  errors: AppError[];
  /** Written into the log file. */
  warnings: string[];
  stop(): Promise<void>;
}

export interface DeskOptions {
  classifier?: Classifier;
  settings?: Settings;
  dataDir?: string;
  deliveredAgainMs?: number;
  log?: ClosableLog;
  /** One that has the log to itself unless given. */
  instance?: Instance;
  /** Those of the bot token by default, kept in the data folder. */
  markKeys?: AgentDeps['markKeys'];
  /** What happens between the log and the program. */
  around?(log: ClosableLog): ClosableLog;
}

export interface World {
  slack: SlackWorkspace;
  jira: JiraSite;
  dataDir: string;
  settings: Settings;
  /** Starts a desktop and resolves once it is connected, or once Slack refused it. */
  desk(options?: DeskOptions): Promise<Desk>;
}

export async function aWorld(options: { slack?: SlackWorkspaceOptions; jira?: JiraSiteOptions } = {}): Promise<World> {
  const slack = await createSlackWorkspace({ ackTimeoutMs: patienceMs, ...options.slack });
  const jira = await createJiraSite(options.jira);
  const dataDir = aTemporaryFolder();
  onTestFinished(async () => {
    await Promise.all([slack.close(), jira.close()]);
  });
  const settings = settingsWith({ ...standInSettings(slack, jira), JIRA_UNCONFIRMED_SECONDS: '1' });

  async function desk(given: DeskOptions = {}): Promise<Desk> {
    const file = given.log ?? (await createTicketLog({ file: join(given.dataDir ?? dataDir, 'tickets.db') }));
    const log = given.around?.(file) ?? file;
    const lines: Desk['lines'] = { slack: [], jira: [] };
    const errors: AppError[] = [];
    const keyring = createMarkKeyring({
      file: join(given.dataDir ?? dataDir, 'mark-keys.json'),
      secretStore: unlockedKeychain,
      allowsPlainText: () => false,
      onError: (error) => errors.push(error),
    });
    await keyring.use((given.settings ?? settings).slack.botToken);
    const warnings: string[] = [];
    const agent = createAgent({
      oldElectron: { refusal: () => null },
      settings: given.settings ?? settings,
      markKeys: given.markKeys ?? keyring,
      log,
      transferFolder: join(given.dataDir ?? dataDir, 'transfer'),
      instance: given.instance ?? anInstance(),
      unsureBelow: 0.4,
      classifier: given.classifier ?? { classify: async () => sureOfBugs },
      onSlack: (health) => lines.slack.push(healthLine('slack', health).replace('slack: ', '')),
      onJira: ({ code }) => lines.jira.push(code),
      deliveredAgainMs: given.deliveredAgainMs ?? 5_000,
      onTicket() {},
      onError: (error) => errors.push(error),
      logger: { warn: (...words) => warnings.push(words.join(' ')), error() {} },
    });
    let stopping: Promise<void> | null = null;
    const stop = () => {
      stopping ??= agent.stop().then(() => log.close());
      return stopping;
    };
    onTestFinished(stop);
    agent.start(false);
    await vi.waitFor(
      () => {
        if (!lines.slack.some((line) => /^(connected|unauthorized|disconnected)/.test(line)))
          throw new Error('waiting');
      },
      { timeout: 10_000 },
    );
    return { agent, log, lines, errors, warnings, stop };
  }

  return { slack, jira, dataDir, settings, desk };
}

/** The tickets in the log, newest first, ten at most. */
export function everyTicket(log: TicketLog): Promise<Ticket[]> {
  return log.list({ filter: allTickets, limit: 10 });
}

/** The only ticket in the log once it is as expected. */
export async function theTicket(log: TicketLog, isAsExpected: (ticket: Ticket) => boolean): Promise<Ticket> {
  return vi.waitFor(
    async () => {
      const [ticket, ...others] = await everyTicket(log);
      if (ticket === undefined || others.length > 0 || !isAsExpected(ticket)) {
        throw new Error(`The log holds ${JSON.stringify([ticket, ...others])}`);
      }
      return ticket;
    },
    { timeout: 10_000 },
  );
}
