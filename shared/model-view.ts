import { z } from 'zod';
import { modelMeasurementsSchema } from './model-measurements.ts';
import { classificationSchema, sourceSchema } from './ticket.ts';

/** What a GGUF's header says; null where it says nothing. */
export const ggufFactsSchema = z.object({
  name: z.string().nullable(),
  /** `gemma3`, `llama`, ... */
  architecture: z.string().nullable(),
  /** `Q4_K_M`, `F16`, ... */
  quantisation: z.string().nullable(),
  parameters: z.number().nonnegative().nullable(),
  /** Tokens. */
  contextLength: z.number().int().nonnegative().nullable(),
  licence: z.string().nullable(),
  /** Whether it brings its own chat template, so that it was made to be asked. */
  hasChatTemplate: z.boolean(),
});
export type GgufFacts = z.infer<typeof ggufFactsSchema>;

const memorySchema = z.object({ ram: z.number().nonnegative(), vram: z.number().nonnegative() });

/** Memory in bytes that a file would take, and what there was when that was estimated. Without a GPU `vram` is 0. */
export const memoryEstimateSchema = memorySchema.extend({ free: memorySchema, total: memorySchema });
export type MemoryEstimate = z.infer<typeof memoryEstimateSchema>;

export const ggufFileSchema = z.object({
  /** Absolute. */
  path: z.string(),
  name: z.string(),
  bytes: z.number().nonnegative(),
  isChosen: z.boolean(),
  /** What its header says; null where the file cannot be used, and `problem` says why. */
  facts: ggufFactsSchema.nullable(),
  problem: z.string().nullable(),
  /** The known folder that it lies in, absolute; null for a file chosen from elsewhere, which is not ours to delete. */
  folder: z.string().nullable(),
  /** Memory that it would take; null until it is known, and where it cannot be told. */
  estimate: memoryEstimateSchema.nullable(),
  /** What it took when it was last loaded in this run. */
  measured: memorySchema.nullable(),
});
export type GgufFile = z.infer<typeof ggufFileSchema>;

export const modelViewSchema = z.object({
  /** Which classifier the next ticket goes to first, and why. */
  answering: z.object({ source: sourceSchema, name: z.string(), why: z.string() }),
  /** State of the GGUF. */
  state: z.object({
    state: z.enum(['none', 'loading', 'loaded', 'unloaded', 'failed']),
    file: z.string().nullable(),
    device: z.string().nullable(),
    /** Why it failed, or why there is none. */
    message: z.string().nullable(),
  }),
  /** The configured GGUF; null: the only one in the folder, if there is one. */
  chosen: z.string().nullable(),
  /** Whether an `.env` file or the environment fixes it. */
  isFixed: z.boolean(),
  /** Where GGUF files are looked for; absolute. */
  folder: z.string(),
  /** Where the program looks besides; absolute. */
  ownFolders: z.array(z.string()),
  /** Folders that were added to these; absolute. */
  moreFolders: z.array(z.object({ path: z.string(), isThere: z.boolean() })),
  /** Which of all these folders do not answer; sentences. */
  silentFolders: z.array(z.string()),
  /** Whether an `.env` file or the environment fixes the added folders. */
  areFoldersFixed: z.boolean(),
  /** Minutes without a ticket after which the model is unloaded; 0: never. */
  idleMinutes: z.number().int().nonnegative(),
  files: z.array(ggufFileSchema),
  /** Version of the built-in model. */
  builtin: z.string(),
  /** What was measured; null where nothing was. */
  measurements: modelMeasurementsSchema.nullable(),
});
export type ModelView = z.infer<typeof modelViewSchema>;

/** What the classifiers say to a text that a person tries. */
export const trialSchema = z.object({
  classification: classificationSchema,
  /** Classifiers that were asked before and could not answer. */
  passedOver: z.array(z.object({ source: sourceSchema, message: z.string() })),
});
export type Trial = z.infer<typeof trialSchema>;
