import { z } from 'zod';
import { labels } from '../../../shared/labels.ts';
import { measurementSchema, strategySchema } from '../../../shared/model-measurements.ts';
import type { Reading } from '../gguf/gguf-model.ts';
import { type LabelScores, labelProbabilities } from '../scoring/label-scoring.ts';
import { mixedOpinions } from './ensemble.ts';
import { headScores } from './logistic-head.ts';

const headSchema = z.object({
  bias: z.array(z.number()).length(labels.length),
  weights: z.array(z.array(z.number())).length(labels.length),
});

/** How tickets are labelled with one GGUF: what was fitted and measured on it. Kept as JSON beside the models. */
export const ggufPlanSchema = z.object({
  /** Which way serves, and why, as a sentence. */
  serving: z.object({ strategy: strategySchema, why: z.string() }),
  /** Head on the model's five log-probabilities. */
  prompt: headSchema,
  /** Head on the model's state. */
  probe: headSchema,
  /** Shares of the built-in model, prompt and probe in the ensemble; they sum to 1. */
  shares: z.array(z.number().min(0).max(1)).length(3),
  /** Measurements of each way on texts that it was not fitted on; the built-in model's among them. */
  measurements: z.array(measurementSchema),
});
export type GgufPlan = z.infer<typeof ggufPlanSchema>;
export type Fitted = Pick<GgufPlan, 'prompt' | 'probe' | 'shares'>;

/**
 * Divides the logits of each way, so that it is no surer than it may be. Chosen once, for Gemma 3 270M on tickets of
 * other people: on our own examples every way is surer than elsewhere. See docs/gguf.md.
 */
export const temperatures = { prompt: 1.8, probe: 1.5, ensemble: 0.675 };

/** What each way of using a GGUF says. `builtin`: probabilities of the built-in model for the same ticket. */
export function opinionsOf({ prompt, probe, shares }: Fitted, reading: Reading, builtin: LabelScores) {
  const scores = labels.map((label) => reading.scores[label]);
  const prompted = labelProbabilities(headScores(prompt, scores), temperatures.prompt);
  const probed = labelProbabilities(headScores(probe, reading.state), temperatures.probe);
  const ensemble = mixedOpinions([builtin, prompted, probed], shares, temperatures.ensemble);
  return { builtin, prompt: prompted, probe: probed, ensemble };
}
