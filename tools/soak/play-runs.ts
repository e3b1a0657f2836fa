import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { planRun } from './plan.ts';
import { isGood, whatWentWrong } from './report.ts';
import { playRun, type RunOutcome, type SoakMachine } from './run.ts';

export interface SoakOptions extends SoakMachine {
  seed: number;
  /** Whether Jira is a Data Center, of another make in each run. */
  isDataCenter: boolean;
  /** Numbers of the runs. */
  runs: readonly number[];
  /** How many are played side by side: most of a run is waiting. */
  atOnce: number;
  /** No run begins after this many milliseconds. */
  limitMs: number;
  report(line: string): void;
}

export interface SoakResult {
  outcomes: RunOutcome[];
  /** Runs in which the app did not come up, or the soak itself failed. */
  broken: { run: number; why: string }[];
}

/** Plays the runs; the data folders of those that went wrong are kept, and named in the report. */
export async function playRuns(options: SoakOptions): Promise<SoakResult> {
  const { seed, isDataCenter, runs, atOnce, limitMs, report, ...machine } = options;
  const result: SoakResult = { outcomes: [], broken: [] };
  const waiting = [...runs];
  const deadline = performance.now() + limitMs;

  async function playNext(): Promise<void> {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      if (performance.now() > deadline) return;
      await play(run);
    }
  }

  async function play(run: number): Promise<void> {
    const folder = mkdtempSync(path.join(os.tmpdir(), `ticket-agent-soak-${run}-`));
    const started = performance.now();
    const plan = planRun(seed, run, isDataCenter);
    let isKept = true;
    try {
      const outcome = await playRun(plan, machine, folder);
      result.outcomes.push(outcome);
      isKept = !isGood(outcome);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      report(`run ${run}, ${seconds} s, ${plan.jira}, ${plan.faults.join(' + ')}: ${ends(outcome)}`);
      if (isKept) report(whatWentWrong(outcome));
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      result.broken.push({ run, why });
      report(`run ${run} could not be played, with ${JSON.stringify(plan.kills)}: ${why}`);
    }
    if (isKept) report(`run ${run}: what it left is in ${folder}`);
    else rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }

  await Promise.all(Array.from({ length: atOnce }, playNext));
  return result;
}

const ends = ({ verdicts }: RunOutcome) => verdicts.map(({ outcome }) => outcome).join(', ');
