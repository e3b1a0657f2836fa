import { expect, it } from 'vitest';
import { electronPath } from '../../tools/electron-runtime.ts';
import { playRuns } from '../../tools/soak/play-runs.ts';
import { grandTotals } from '../../tools/soak/report.ts';
import { onDisplay } from './desk.ts';

/** Deals about half of the faults in twenty runs. `npm run soak -- --seed 40 --run N` plays one of them alone. */
const seed = 40;
const limitMs = 8 * 60_000;

/** `npm run soak -- --data-center --seed 40 --run N` plays one of those with Data Centers alone. */
it.each([
  { jira: 'Jira Cloud', isDataCenter: false, count: 20 },
  { jira: 'Data Centers of six makes', isDataCenter: true, count: 8 },
])(
  'loses no ticket and makes none twice, whatever fails and whenever it is killed: $jira',
  { timeout: limitMs },
  async ({ isDataCenter, count }) => {
    const lines: string[] = [];
    const runs = Array.from({ length: count }, (_, run) => run);
    const report = (line: string) => lines.push(line);
    const machine = { executable: await electronPath(), env: onDisplay() };
    const { outcomes, broken } = await playRuns({
      ...machine,
      seed,
      isDataCenter,
      runs,
      atOnce: 3,
      limitMs,
      report,
    });
    const said = lines.join('\n');

    expect(broken, said).toEqual([]);
    expect(grandTotals(outcomes), said).toMatchObject({
      runs: count,
      lost: 0,
      duplicated: 0,
      unfinished: 0,
      givenUp: 0,
      misjudged: 0,
      hammered: 0,
    });

    // It would be easy to lose nothing where nothing happens.
    const struck = new Set(
      outcomes.flatMap((outcome) =>
        Object.entries(outcome.struck).flatMap(([name, times]) => (times > 0 ? [name] : [])),
      ),
    );
    expect(struck.size, said).toBeGreaterThan(count * 0.6);
    const { requests, notTaken } = grandTotals(outcomes);
    expect(requests - notTaken, said).toBeGreaterThan(count * 2);
  },
);
