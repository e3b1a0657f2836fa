import { z } from 'zod';
import { labels } from '../../shared/labels.ts';
import { cues } from './cues.ts';
import { bucketCount, featureCount, featurise } from './features.ts';
import { eachLabel, labelProbabilities, likeliest } from './label-scoring.ts';
import type { LabelSource } from './label-source.ts';
import { type LinearModel, logitsOf } from './linear-model.ts';

const perLabel = z.array(z.number()).length(labels.length);

/** models/builtin.json, written by tools/train.ts. */
export const builtinWeightsSchema = z.object({
  /** Changes with the weights. */
  version: z.string().min(1),
  /** Divides the logits: how sure the model is of itself against how sure it may be. */
  temperature: z.number().positive(),
  /** Share of the probability that goes to all labels alike, since people too disagree about labels. */
  doubt: z.number().min(0).max(1),
  /** A ticket whose label has a lower probability is better shown to a person. */
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

/**
 * Classifies with the small model that comes with the program, in less than a millisecond. Its answers never fail.
 * @throws Error where `file` is not what tools/train.ts writes
 */
export function createBuiltinClassifier(file: unknown): LabelSource {
  const weights = builtinWeightsSchema.parse(file);
  const { version, temperature, doubt } = weights;
  const model = toModel(weights);

  return {
    async classify(text) {
      const started = performance.now();
      const sure = labelProbabilities(logitsOf(model, featurise(text)), temperature);
      const probabilities = eachLabel((label) => (1 - doubt) * sure[label] + doubt / labels.length);
      const label = likeliest(probabilities);
      const ms = performance.now() - started;
      return { label, confidence: probabilities[label], probabilities, source: 'builtin', model: version, ms };
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
