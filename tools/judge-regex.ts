/** Why a regular expression takes more than linear time, and a text that shows it; null where none is known. */
export type Verdict = string | null;

/** Changes with anything that a verdict depends on: part of the key under which verdicts are kept. */
export const judgeVersion = 'recheck 4.5.0, 1';

/**
 * Limits by what is tried, not by time, so that the verdict is the same on every machine. A third of recheck's own
 * efforts: it still finds what the unit test lists, in a tenth of the time.
 */
const limits = {
  timeout: null,
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
  attackLimit: 100_000_000,
  maxInitialGenerationSize: 60,
  maxGenerationSize: 30,
  maxIteration: 3,
  mutationSize: 15,
  crossoverSize: 8,
} as const;

/** Judges with recheck, in JavaScript alone: it would start Java or a native program where it finds one. */
export async function regexJudge(): Promise<(regex: { source: string; flags: string }) => Verdict> {
  process.env['RECHECK_BACKEND'] = 'pure';
  const { checkSync } = await import('recheck');
  return ({ source, flags }) => {
    const found = checkSync(source, flags, limits);
    if (found.status === 'safe') return null;
    if (found.status === 'unknown') return `it could not be judged (${found.error.kind})`;
    const { pattern } = found.attack;
    return `${found.complexity.summary}, shown by ${pattern.length > 200 ? `${pattern.slice(0, 200)}…` : pattern}`;
  };
}
