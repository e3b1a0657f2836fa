import { type Label, labels } from '../../shared/labels.ts';
import type { Measurement, Strategy } from '../../shared/model-measurements.ts';
import { strategies } from '../../shared/model-measurements.ts';
import { chooseStrategy } from './choose-strategy.ts';
import { bestShares } from './ensemble.ts';
import { foldsByGroup } from './folds.ts';
import type { Reading } from './gguf-model.ts';
import { type Fitted, type GgufPlan, opinionsOf } from './gguf-plan.ts';
import { type LabelScores, labelProbabilities, likeliest } from './label-scoring.ts';
import { fitLogisticHead, headScores, type LabelledVector, type LogisticHead } from './logistic-head.ts';
import { accuracy, confusionOf, type Judged, macroF1 } from './metrics.ts';

const foldCount = 5;
/** The model's five log-probabilities need hardly any. */
const promptL2 = 1e-3;
const probeL2s = [3e-3, 1e-2, 3e-2];

/** A text whose label is known, with what the GGUF and the built-in model said of it. */
export interface ReadExample {
  label: Label;
  /** Neighbours, which are never judged by what learnt from each other. */
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
  memoryBytes: number | null;
  signal: AbortSignal;
  pause: () => Promise<void>;
}

/**
 * Fits heads and shares on the examples, and measures each way on examples that it was not fitted on.
 * @throws the signal's reason
 */
export async function fitGgufPlan(examples: readonly ReadExample[], options: FitOptions): Promise<GgufPlan> {
  const folds = foldsByGroup(examples.map(({ group }) => group), foldCount);
  const scores = examples.map(({ reading }) => labels.map((label) => reading.scores[label]));
  const states = examples.map(({ reading }) => reading.state);

  /** Probabilities for each example by a head that saw nothing of its fold. */
  async function heldOut(vectors: readonly ArrayLike<number>[], l2: number): Promise<LabelScores[]> {
    const heads: LogisticHead[] = [];
    for (let fold = 0; fold < foldCount; fold += 1) {
      const rows = rowsOf(vectors).filter((_row, index) => folds[index] !== fold);
      heads.push(await fitLogisticHead(rows, { l2, ...options }));
    }
    return vectors.map((vector, index) => {
      const head = heads[folds[index] ?? 0];
      if (head === undefined) throw new Error('no head for a fold');
      return labelProbabilities(headScores(head, vector));
    });
  }

  function rowsOf(vectors: readonly ArrayLike<number>[]): LabelledVector[] {
    return examples.map(({ label, weight }, index) => ({ label, weight, vector: vectors[index] ?? [] }));
  }

  const fromPrompt = await heldOut(scores, promptL2);
  const probes: { l2: number; loss: number; probabilities: LabelScores[] }[] = [];
  for (const l2 of probeL2s) {
    const probabilities = await heldOut(states, l2);
    probes.push({ l2, probabilities, loss: lossOf(examples, probabilities) });
  }
  const [probe] = probes.sort((a, b) => a.loss - b.loss);
  if (probe === undefined) throw new Error('no probe was tried');

  const opinions = examples.map(({ label, weight, builtin }, index) => {
    const [prompted, probed] = [fromPrompt[index], probe.probabilities[index]];
    if (prompted === undefined || probed === undefined) throw new Error('an example was not judged');
    return { truth: label, weight, opinions: [builtin, prompted, probed] };
  });
  const shares = await bestShares(opinions, options.pause);
  const fitted: Fitted = {
    shares,
    prompt: await fitLogisticHead(rowsOf(scores), { l2: promptL2, ...options }),
    probe: rounded(await fitLogisticHead(rowsOf(states), { l2: probe.l2, ...options })),
  };
  void opinionsOf;
  return { ...fitted, serving: chooseStrategy([], 0), measurements: [] };
}
