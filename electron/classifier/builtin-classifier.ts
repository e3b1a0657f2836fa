import { z } from 'zod';
import { labels } from '../../shared/labels.ts';
import { bucketCount, featurise } from './features.ts';
import { labelProbabilities, likeliest } from './label-scoring.ts';
import type { LabelSource } from './label-source.ts';
import { logitsOf } from './linear-model.ts';

const perLabel = z.array(z.number()).length(labels.length);

/** models/builtin.json, written by tools/train.ts. */
export const builtinWeightsSchema = z.object({
  /** Changes with the weights. */
  version: z.string().min(1),
  /** Divides the logits: the model is surer of itself than it may be. */
  temperature: z.number().positive(),
  bias: perLabel,
  scales: perLabel,
  /** Base64 of one signed byte a bucket, label after label. */
  weights: z.base64(),
});

/**
 * Classifies with the small model that comes with the program, in less than a millisecond. Its answers never fail.
 * @throws Error where `file` is not what tools/train.ts writes
 */
export function createBuiltinClassifier(file: unknown): LabelSource {
  const { version, temperature, bias, scales, weights } = builtinWeightsSchema.parse(file);
  const bytes = Buffer.from(weights, 'base64');
  if (bytes.length !== bucketCount * labels.length) throw new Error('models/builtin.json is outdated: npm run train');
  const all = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const rows = labels.map((_label, row) => all.subarray(row * bucketCount, (row + 1) * bucketCount));
  const model = { bias, scales, weights: rows };

  return {
    async classify(text) {
      const started = performance.now();
      const probabilities = labelProbabilities(logitsOf(model, featurise(text)), temperature);
      const label = likeliest(probabilities);
      const ms = performance.now() - started;
      return { label, confidence: probabilities[label], probabilities, source: 'builtin', model: version, ms };
    },
  };
}
