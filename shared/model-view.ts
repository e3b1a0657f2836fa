import { z } from 'zod';
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
});
export type GgufFacts = z.infer<typeof ggufFactsSchema>;

export const ggufFileSchema = z.object({
  /** Absolute. */
  path: z.string(),
  name: z.string(),
  bytes: z.number().nonnegative(),
  isChosen: z.boolean(),
  /** null where the file cannot be used; `problem` says why. */
  facts: ggufFactsSchema.nullable(),
  problem: z.string().nullable(),
});
export type GgufFile = z.infer<typeof ggufFileSchema>;

export const modelViewSchema = z.object({
  /** Which classifier the next ticket goes to first, and why. */
  answering: z.object({ source: sourceSchema, name: z.string(), why: z.string() }),
  /** Of the GGUF. */
  state: z.object({
    state: z.enum(['none', 'loading', 'loaded', 'failed']),
    file: z.string().nullable(),
    device: z.string().nullable(),
    /** Why it failed, or why there is none. */
    message: z.string().nullable(),
  }),
  /** The configured GGUF; null: the only one in the folder, if there is one. */
  chosen: z.string().nullable(),
  /** Fixed by an `.env` file or the environment. */
  isFixed: z.boolean(),
  /** Where GGUF files are looked for; absolute. */
  folder: z.string(),
  files: z.array(ggufFileSchema),
  /** Version of the built-in model. */
  builtin: z.string(),
});
export type ModelView = z.infer<typeof modelViewSchema>;

/** What the classifiers say to a text that a person tries. */
export const trialSchema = z.object({
  classification: classificationSchema,
  /** Classifiers that were asked before and could not answer. */
  passedOver: z.array(z.object({ source: sourceSchema, message: z.string() })),
});
export type Trial = z.infer<typeof trialSchema>;
