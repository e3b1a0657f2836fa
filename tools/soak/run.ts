import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { seededRandom } from '../../electron/cli/seeded-random.ts';
import { standInSettings } from '../../electron/demo/stand-in-settings.ts';
import { actionIds } from '../../electron/slack/blocks.ts';
import { createJiraSite, type JiraSite } from '../../stand-ins/jira/site.ts';
import { createSlackWorkspace, type SlackWorkspace } from '../../stand-ins/slack/workspace.ts';
import { type BuiltApp, startBuiltApp } from '../built-app.ts';
import { createCommandSender } from './commands.ts';
import type { FaultScene } from './fault-scene.ts';
import { type FaultName, setFault } from './faults.ts';
import { announcedRequests, filedRequests, finalWords } from './found.ts';
import { soakJiras } from './jiras.ts';
import { isAtRest, judge, type LoggedRequest, type Verdict } from './judge.ts';
import type { Kill, RunPlan } from './plan.ts';

export interface SoakMachine {
  /** Electron's executable. */
  executable: string;
  /** Where windows would be shown. */
  env: Record<string, string>;
}

export interface RunOutcome {
  plan: RunPlan;
  /** How often each fault has struck. */
  struck: Partial<Record<FaultName, number>>;
  verdicts: Verdict[];
}

/** Seconds for which a create without an answer is looked for. Late landings come sooner. */
const unconfirmedSeconds = '4';
/** Milliseconds until what is not at rest is unfinished: the slowest create hangs for 15 s, and some more than once. */
const patienceMs = 150_000;
/** The same where Jira answers five requests a second: each lost create is looked for under a hundred keys, one by one. */
const slowPatienceMs = 420_000;
/** Milliseconds for which a moment to be killed at is waited for. */
const longestRunMs = 2500;
/** Milliseconds until another ticket is filed where one is refused again and again. */
const otherTicketMs = 15_000;
/** Milliseconds that an app at rest is still watched: it may have something in hand that it should not have. */
const graceMs = 300;

const workspace = {
  users: ['alice', 'bob', 'carol'].map((name, index) => ({ id: `U01PERSON0${index}`, name })),
  channels: [
    { id: 'C01SUPPORT1', name: 'support' },
    { id: 'C01HELPDESK', name: 'helpdesk' },
    { id: 'C01OFFICE01', name: 'office' },
    { id: 'C01PRIVATE1', name: 'board', isPrivate: true, isMember: false },
  ],
};

/** Plays one run with a Slack, a Jira and a data folder of its own. Rejects where the app itself does not come up. */
export async function playRun(plan: RunPlan, machine: SoakMachine, folder: string): Promise<RunOutcome> {
  const [slack, jira] = await Promise.all([
    createSlackWorkspace({ ...workspace, eventRetryDelaysMs: [500, 3_000, 10_000] }),
    createJiraSite({ ...soakJiras[plan.jira], indexLagMs: plan.indexLagMs }),
  ]);
  const dataDir = path.join(folder, 'data');
  mkdirSync(dataDir, { recursive: true });
  const env = {
    ...machine.env,
    ...standInSettings(slack, jira),
    JIRA_UNCONFIRMED_SECONDS: unconfirmedSeconds,
    TICKETS_PER_MINUTE: '0',
  };
  const timers: NodeJS.Timeout[] = [];
  const sender = createCommandSender(slack);
  const apps: BuiltApp[] = [];
  const stopping = new AbortController();
  let isPoisoned = false;

  function startApp(): BuiltApp {
    const app = startBuiltApp({ executable: machine.executable, dataDir, env, args: ['--hidden'] });
    apps.push(app);
    return app;
  }

  function later(delayMs: number, work: () => void | Promise<void>): void {
    timers.push(setTimeout(() => void work(), delayMs));
  }

  /** What the first app meets: the faults lie in wait, other people file issues, and the commands come. */
  function begin(): () => Partial<Record<FaultName, number>> {
    const random = seededRandom(plan.seed * 100_000 + plan.run + 50_000);
    const upTo = (limit: number) => Math.floor(random() * limit);
    const poisoned = upTo(plan.commands.length);
    const words = new Set<string>();
    const scene: FaultScene = {
      slack,
      jira,
      upTo,
      later,
      repeatCommands: sender.repeatAll,
      poison(word) {
        words.add(word);
        isPoisoned = true;
      },
      approveFirst: () => void approveFirst(slack, stopping.signal),
    };
    const strikes = plan.faults.map((name) => [name, setFault(name, scene)] as const);
    for (const at of plan.neighbours) {
      const issue = { projectKey: 'KAN', issueType: 'Task', fields: { summary: 'Somebody else’s' } };
      later(at, () => void jira.addIssue({ ...issue, reporter: 'somebody@example.com' }));
    }
    for (const [index, command] of plan.commands.entries()) {
      const isBad = index === poisoned && words.size > 0;
      const text = isBad ? [command.text, ...words].join(' ') : command.text;
      later(command.atMs, () => sender.send({ ...command, text }, isBad ? 'refused' : 'filed'));
    }
    return () => Object.fromEntries(strikes.map(([name, struck]) => [name, struck()]));
  }

  async function momentOf({ moment, nth, delayMs }: Kill): Promise<void> {
    const come = {
      start: () => wait(0),
      connected: () => wait(0),
      ack: () => sender.nthAck(nth),
      createIssue: () => nthRequest(jira, 'createIssue', nth),
      'chat.postMessage': () => nthRequest(slack, 'chat.postMessage', nth),
    };
    await Promise.race([come[moment](), wait(longestRunMs)]);
    await wait(delayMs);
  }

  async function untilQuiet(deadline: number): Promise<LoggedRequest[]> {
    const file = path.join(dataDir, 'tickets.db');
    for (; ; await wait(100)) {
      const rows = rowsIn(file);
      if (rows.every(isAtRest) || Date.now() > deadline) return rows;
    }
  }

  try {
    let strikes = () => ({});
    for (const [index, kill] of plan.kills.entries()) {
      const app = startApp();
      if (kill.moment !== 'start') await app.lineAt(/^slack: connected$/);
      if (index === 0) strikes = begin();
      await momentOf(kill);
      await app.kill();
      await wait(kill.downMs);
    }
    await startApp().lineAt(/^slack: connected$/);
    for (const command of plan.lateCommands) sender.send(command, 'filed');
    if (isPoisoned) {
      // Only where others are filed meanwhile is a create that fails again and again about its ticket.
      await wait(otherTicketMs);
      for (const command of plan.lateCommands) sender.send({ ...command, text: `Another: ${command.text}` }, 'filed');
    }
    await sender.settled();
    const isSlow = plan.faults.includes('Data Center: limit that lasts');
    const deadline = Date.now() + (isSlow ? slowPatienceMs : patienceMs);
    await untilQuiet(deadline);
    await jira.landed();
    await wait(graceMs);
    const rows = await untilQuiet(deadline);
    const found = {
      issues: filedRequests(jira),
      messages: announcedRequests(slack),
      finalWords: finalWords(slack),
    };
    const verdicts = sender.sent().map((command) => judge(command, rows, found));
    return { plan, struck: strikes(), verdicts };
  } finally {
    stopping.abort();
    for (const timer of timers) clearTimeout(timer);
    await Promise.all(apps.map((app) => app.kill()));
    await Promise.all([slack.close(), jira.close()]);
  }
}

/** Clicks on the first announcement in a channel until a click is taken: apps come and go. */
async function approveFirst(slack: SlackWorkspace, signal: AbortSignal): Promise<void> {
  for (let isTaken = false; !isTaken && !signal.aborted; await wait(200)) {
    const isOpen = ({ blocks, ephemeralTo }: { blocks: unknown[]; ephemeralTo: string | null }) =>
      ephemeralTo === null && JSON.stringify(blocks).includes(actionIds.approve);
    const message = slack.messages().find(isOpen);
    if (message === undefined) continue;
    isTaken = await slack.click(message, actionIds.approve, { user: 'bob' }).then(
      () => true,
      () => false,
    );
  }
}

/** Resolves at the nth request of this operation from now on, or when nobody waits for it any more. */
async function nthRequest(
  { requests, waitForRequest }: Pick<JiraSite, 'requests' | 'waitForRequest'>,
  wanted: string,
  nth: number,
): Promise<void> {
  const before = requests.length;
  const isIt = () => requests.slice(before).filter(({ operation }) => operation === wanted).length >= nth;
  await waitForRequest(isIt, longestRunMs).catch(() => {});
}

function rowsIn(file: string): LoggedRequest[] {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare('select * from ticket_logs order by id').all() as LoggedRequest[];
  } finally {
    db.close();
  }
}
