// npm run soak: the built app against Slack and Jira that fail in every way, killed at random moments, until quiet.
import { parseArgs } from 'node:util';
import { buildIfStale } from './build.ts';
import { electronPath } from './electron-runtime.ts';
import { playRuns } from './soak/play-runs.ts';
import { grandTotals, soakTable } from './soak/report.ts';
import { noDisplayMessage, openDisplay } from './virtual-display.ts';

const usage = `npm run soak -- [--runs 200] [--seed 7] [--minutes 30] [--at-once 3] [--run 13] [--data-center]
  --run plays only this one of the seed's runs; --minutes begins no run after that.
  --data-center plays Jira Data Centers of several makes instead of Jira Cloud.`;

const report = (line: string) => console.error(line);

function readOptions() {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '200' },
      seed: { type: 'string', default: '7' },
      minutes: { type: 'string', default: '30' },
      'at-once': { type: 'string', default: '3' },
      run: { type: 'string' },
      'data-center': { type: 'boolean', default: false },
    },
  });
  const numbers = [values.runs, values.seed, values.minutes, values['at-once'], values.run ?? '0'].map(Number);
  if (!numbers.every((each) => Number.isFinite(each) && each >= 0)) throw new Error(usage);
  const [count = 0, seed = 0, minutes = 0, atOnce = 0, only = 0] = numbers;
  const runs = values.run === undefined ? Array.from({ length: count }, (_, run) => run) : [only];
  return { runs, seed, atOnce, limitMs: minutes * 60_000, isDataCenter: values['data-center'] };
}

/** Whether nothing was lost, and nothing came twice. */
async function soak(): Promise<boolean> {
  const options = readOptions();
  await buildIfStale(report);
  const executable = await electronPath(report);
  const display = await openDisplay();
  if (display === null) throw new Error(noDisplayMessage);
  const { outcomes, broken } = await playRuns({ ...options, executable, env: display.env, report });
  display.close();
  const { lost, duplicated, unfinished, givenUp, misjudged, hammered } = grandTotals(outcomes);
  console.log(`${soakTable(outcomes)}\n`);
  console.log(`Seed ${options.seed}; each request counts under each fault of its run, and once under "all".`);
  if (outcomes.length + broken.length < options.runs.length) {
    console.log(`The time was over after ${outcomes.length + broken.length} of ${options.runs.length} runs.`);
  }
  for (const { run, why } of broken) console.log(`Run ${run} could not be played: ${why}`);
  return lost + duplicated + unfinished + givenUp + misjudged + hammered + broken.length === 0;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
try {
  if (!(await soak())) process.exitCode = 1;
} catch (thrown) {
  report(thrown instanceof Error ? thrown.message : String(thrown));
  // At once: a display or an app may still be open.
  process.exit(1);
}
