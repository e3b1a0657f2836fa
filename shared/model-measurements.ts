import { z } from 'zod';
import { labels } from './labels.ts';

/** How a label was found: by the built-in model alone, by the GGUF in one of two ways, or by both together. */
export const strategies = ['builtin', 'prompt', 'probe', 'ensemble'] as const;
export const strategySchema = z.enum(strategies);
export type Strategy = z.infer<typeof strategySchema>;

/** What one way of classifying was worth over `n` texts whose label is known. */
export const measurementSchema = z.object({
  strategy: strategySchema,
  /** Our own examples, or the user's corrections: never both in one figure. */
  over: z.enum(['examples', 'corrections']),
  n: z.number().int().nonnegative(),
  /** Shares from 0 to 1. */
  accuracy: z.number().min(0).max(1),
  macroF1: z.number().min(0).max(1),
  /** Median. */
  msPerTicket: z.number().nonnegative(),
  /** What the model takes in memory; null where nobody could tell. */
  memoryBytes: z.number().nonnegative().nullable(),
  /** Counts: a row for each true label, a column for each label given, both in the order of `labels`. */
  confusion: z.array(z.array(z.number().int().nonnegative()).length(labels.length)).length(labels.length),
});
export type Measurement = z.infer<typeof measurementSchema>;

export const modelMeasurementsSchema = z.object({
  state: z.enum(['measuring', 'measured', 'cancelled']),
  /** Share that is done, from 0 to 1. */
  progress: z.number().min(0).max(1),
  /** The GGUF's file name; null where only the built-in model was measured. */
  file: z.string().nullable(),
  /** Which way serves now, and why, as a sentence. */
  serving: z.object({ strategy: strategySchema, why: z.string() }),
  /** Measurements of the GGUF, one for each way and kind of texts; the one that serves among them. */
  chosen: z.array(measurementSchema),
  /** Measurements of the built-in model, over the same texts. */
  builtin: z.array(measurementSchema),
});
export type ModelMeasurements = z.infer<typeof modelMeasurementsSchema>;
