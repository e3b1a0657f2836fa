import { type Label, labels } from '../../../shared/labels.ts';
import { type Measurement, type Strategy, strategies } from '../../../shared/model-measurements.ts';
import { builtinBytes } from '../builtin/builtin-classifier.ts';
import type { Reading } from '../gguf/gguf-model.ts';
import { type LabelScores, labelProbabilities } from '../scoring/label-scoring.ts';
import { mapWithPauses } from '../scoring/pause.ts';
import { chooseStrategy } from './choose-strategy.ts';
import { bestShares } from './ensemble.ts';
import { foldsByGroup } from './folds.ts';
import { type GgufPlan, opinionsOf } from './gguf-plan.ts';
import { fitLogisticHead, headScores, type LogisticHead } from './logistic-head.ts';
import { measurementOf } from './measurement-of.ts';
import { quantile } from './metrics.ts';

const foldCount = 5;
/** Pull towards zero for the model's five log-probabilities, which need hardly any. */
const promptL2 = 1e-3;
const probeL2s = [3e-3, 1e-3, 3e-4];
/** Fewest examples: fewer teach a head nothing. */
export const fewestExamples = 50;

/** A text whose label is known, with what the GGUF and the built-in model said of it. */
export interface ReadExample {
  label: Label;
  /** The group: neighbours resemble each other, so none is judged by what learnt from another. */
  group: string;
  over: Measurement['over'];
  /** How many examples it counts for. */
  weight: number;
  reading: Reading;
  /** Milliseconds that the reading took. */
  ms: number;
  /** Probabilities of a built-in model that never saw this text. */
  builtin: LabelScores;
}

interface FitOptions {
  /** Bytes of the GGUF in memory; null where nobody knows. */
  memoryBytes: number | null;
  /** Milliseconds that the built-in model takes for a ticket. */
  builtinMs: number;
  signal: AbortSignal;
  /** Awaited within the work, so that the process can do something else. */
  pause: () => Promise<void>;
}

/**
 * Fits heads and shares on the examples, and measures each way on examples that its heads were not fitted on.
 * @throws the signal's reason; Error with fewer than `fewestExamples`
 */
export async function fitGgufPlan(examples: readonly ReadExample[], options: FitOptions): Promise<GgufPlan> {
  if (examples.length < fewestExamples) throw new Error(`${examples.length} examples are too few to fit a head on.`);
  const { signal, pause } = options;
  const folds = foldsByGroup(
    examples.map(({ group }) => group),
    foldCount,
  );

  function fitHead(of: (reading: Reading) => number[], l2: number, leaveOut: number | null): Promise<LogisticHead> {
    const rows = examples.filter((_example, index) => folds[index] !== leaveOut);
    const vectors = rows.map(({ label, weight, reading }) => ({ label, weight, vector: of(reading) }));
    return fitLogisticHead(vectors, { l2, signal, pause });
  }

  /** One head a fold, each without that fold. */
  function fitFolds(of: (reading: Reading) => number[], l2: number): Promise<LogisticHead[]> {
    return inTurn(Array.from({ length: foldCount }, (_, fold) => () => fitHead(of, l2, fold)));
  }

  function judge(heads: readonly LogisticHead[], of: (reading: Reading) => number[]): Promise<LabelScores[]> {
    return mapWithPauses(examples, pause, ({ reading }, index) => {
      const head = heads[folds[index] ?? 0];
      if (head === undefined) throw new Error('a fold has no head');
      return labelProbabilities(headScores(head, of(reading)));
    });
  }

  const prompts = await fitFolds(scoresOf, promptL2);
  const probes = await inTurn(
    probeL2s.map((l2) => async () => {
      const heads = await fitFolds(stateOf, l2);
      return { l2, heads, loss: lossOf(examples, await judge(heads, stateOf)) };
    }),
  );
  const probe = probes.reduce((best, each) => (each.loss < best.loss ? each : best));

  const [prompted, probed] = [await judge(prompts, scoresOf), await judge(probe.heads, stateOf)];
  const opinions = examples.map(({ label, weight, builtin }, index) => ({
    truth: label,
    weight,
    opinions: [builtin, prompted[index] ?? builtin, probed[index] ?? builtin],
  }));
  const shares = await bestShares(opinions, pause);

  const judged = await mapWithPauses(examples, pause, ({ reading, builtin }, index) => {
    const [promptHead, probeHead] = [prompts[folds[index] ?? 0], probe.heads[folds[index] ?? 0]];
    if (promptHead === undefined || probeHead === undefined) throw new Error('a fold has no head');
    return opinionsOf({ prompt: promptHead, probe: probeHead, shares }, reading, builtin);
  });
  const measurements = (['examples', 'corrections'] as const).flatMap((over) => {
    const indices = [...examples.keys()].filter((index) => examples[index]?.over === over);
    if (indices.length === 0) return [];
    return strategies.map((strategy) => measure(strategy, over, indices));
  });

  function measure(strategy: Strategy, over: Measurement['over'], indices: readonly number[]): Measurement {
    const tickets = indices.flatMap((index) => {
      const [example, probabilities] = [examples[index], judged[index]?.[strategy]];
      return example === undefined || probabilities === undefined ? [] : [{ truth: example.label, probabilities }];
    });
    const times = indices.map((index) => examples[index]?.ms ?? 0);
    const { memoryBytes, builtinMs } = options;
    return strategy === 'builtin'
      ? measurementOf(strategy, over, tickets, { msPerTicket: builtinMs, memoryBytes: builtinBytes })
      : measurementOf(strategy, over, tickets, { msPerTicket: quantile(times, 0.5), memoryBytes });
  }

  return {
    serving: chooseStrategy(measurements),
    shares,
    prompt: await fitHead(scoresOf, promptL2, null),
    probe: await fitHead(stateOf, probe.l2, null),
    measurements,
  };
}

function scoresOf({ scores }: Reading): number[] {
  return labels.map((label) => scores[label]);
}

function stateOf({ state }: Reading): number[] {
  return state;
}

/** Mean surprise at the truths. */
function lossOf(examples: readonly ReadExample[], probabilities: readonly LabelScores[]): number {
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const losses = examples.map(({ label, weight }, index) => -weight * Math.log(probabilities[index]?.[label] ?? 1));
  return losses.reduce((sum, loss) => sum + loss, 0) / total;
}

async function inTurn<T>(tasks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  for (const task of tasks) results.push(await task());
  return results;
}
