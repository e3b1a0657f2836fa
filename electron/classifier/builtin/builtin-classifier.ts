import { z } from 'zod';
import { labels } from '../../../shared/labels.ts';
import type { Classification } from '../../../shared/ticket.ts';
import { eachLabel, labelProbabilities, likeliest } from '../scoring/label-scoring.ts';
import type { LabelSource } from '../scoring/label-source.ts';
import { createPause } from '../scoring/pause.ts';
import { cues } from './cues.ts';
import { bucketCount, featureCount, featurise } from './features.ts';
import { type LinearModel, logitsOf } from './linear-model.ts';
import { type CorrectedTicket, mostCorrections, withCorrections } from './personal-model.ts';
import { type FindSimilar, rememberCorrections } from './similar-correction.ts';

const perLabel = z.array(z.number()).length(labels.length);

/** models/builtin.json, written by tools/train.ts. */
export const builtinWeightsSchema = z.object({
  /** Version, which changes with the weights. */
  version: z.string().min(1),
  /** Number that divides the logits: how sure the model is of itself against how sure it may be. */
  temperature: z.number().positive(),
  /** Share of the probability that goes to all labels alike, since people too disagree about labels. */
  doubt: z.number().min(0).max(1),
  /** Probability below which a ticket is better shown to a person. */
  unsureBelow: z.number().min(0).max(1),
  bias: perLabel,
  /** What each cue says for each label. */
  cues: z.record(z.string(), perLabel),
  /** What a unit of `weights` is worth, per label. */
  scales: perLabel,
  /** Base64 of one signed byte a bucket, label after label. */
  weights: z.base64(),
});
type BuiltinWeights = z.infer<typeof builtinWeightsSchema>;

/** What the model takes in memory: a 32-bit number a feature and label. */
export const builtinBytes: number = featureCount * labels.length * Float32Array.BYTES_PER_ELEMENT;

interface Serving {
  model: LinearModel;
  version: string;
  findSimilar: FindSimilar;
}

export interface BuiltinClassifier extends LabelSource {
  /** The model as it comes with the program, whatever was corrected. */
  shipped: LabelSource;
  /** What the answers carry as their model: the shipped version, and after a plus how many corrections it learnt. */
  version(): string;
  /**
   * Learns these corrections in place of the former ones, in the background; until it has, it answers as before.
   * Resolves then, or when a later call takes over.
   */
  correct(corrections: readonly CorrectedTicket[]): Promise<void>;
}

/**
 * Classifies with the small model that comes with the program, in less than a millisecond. Its answers never fail.
 * @throws Error where `file` is not what tools/train.ts writes
 */
export function createBuiltinClassifier(file: unknown): BuiltinClassifier {
  const weights = builtinWeightsSchema.parse(file);
  const { temperature, doubt } = weights;
  const shipped: Serving = { model: toModel(weights), version: weights.version, findSimilar: () => null };
  let serving = shipped;
  let learning = new AbortController();

  async function classifyWith({ model, version, findSimilar }: Serving, text: string): Promise<Classification> {
    const started = performance.now();
    const features = featurise(text);
    const sure = labelProbabilities(logitsOf(model, features), temperature);
    const similar = findSimilar(features);
    const probabilities = eachLabel((label) => {
      const own = (1 - doubt) * sure[label] + doubt / labels.length;
      return similar === null ? own : (1 - similar.share) * own + (label === similar.label ? similar.share : 0);
    });
    const label = likeliest(probabilities);
    const ms = performance.now() - started;
    return { label, confidence: probabilities[label], probabilities, source: 'builtin', model: version, ms };
  }

  return {
    classify: (text) => classifyWith(serving, text),
    shipped: { classify: (text) => classifyWith(shipped, text) },
    version: () => serving.version,
    async correct(corrections) {
      learning.abort();
      learning = new AbortController();
      const { signal } = learning;
      const newest = corrections.slice(0, mostCorrections);
      try {
        const pause = createPause();
        const model = await withCorrections(shipped.model, newest, { temperature, pause, signal });
        const findSimilar = await rememberCorrections(newest, pause);
        const version = newest.length === 0 ? shipped.version : `${shipped.version}+${newest.length}`;
        if (!signal.aborted) serving = { model, version, findSimilar };
      } catch (thrown) {
        if (!signal.aborted) throw thrown;
      }
    },
  };
}

function toModel({ bias, cues: cueWeights, scales, weights }: BuiltinWeights): LinearModel {
  const bytes = Buffer.from(weights, 'base64');
  const names = Object.keys(cueWeights);
  const fits = bytes.length === bucketCount * labels.length && cues.every(({ name }, index) => name === names[index]);
  if (!fits) throw new Error('models/builtin.json is outdated: npm run train');
  const rows = labels.map((_label, row) => {
    const values = new Float32Array(featureCount);
    for (let bucket = 0; bucket < bucketCount; bucket += 1) {
      values[bucket] = bytes.readInt8(row * bucketCount + bucket) * (scales[row] ?? 0);
    }
    for (const [index, { name }] of cues.entries()) values[bucketCount + index] = cueWeights[name]?.[row] ?? 0;
    return values;
  });
  return { bias, weights: rows };
}
