import { z } from 'zod';

export const sha256Schema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/);

/** A model that we point to: a line of `models/curated.json`. */
export const curatedModelSchema = z.object({
  id: z.string(),
  name: z.string(),
  maker: z.string(),
  /** `hf:user/repo:quantisation`. */
  uri: z.string(),
  parameters: z.string(),
  /** Rough size of the file; never exact. */
  approximateBytes: z.number().positive(),
  licence: z.string(),
  licenceUrl: z.url(),
  /** The page that it comes from. */
  source: z.url(),
  /** null where we do not know it: then format, header and size are checked, and the digest that the server names. */
  sha256: sha256Schema.nullable(),
  /** One sentence: for whom. */
  note: z.string(),
});
export type CuratedModel = z.infer<typeof curatedModelSchema>;

export const downloadSchema = z.object({
  id: z.string(),
  uri: z.string(),
  /** The file's name, once the server has told it. */
  name: z.string().nullable(),
  state: z.enum(['running', 'checking', 'paused', 'failed', 'done']),
  doneBytes: z.number().nonnegative(),
  /** null until the server has told it. */
  totalBytes: z.number().nonnegative().nullable(),
  /** null while nothing comes. */
  bytesPerSecond: z.number().nonnegative().nullable(),
  /** Why it failed, why it was paused or waits, or what was checked. */
  message: z.string().nullable(),
});
export type Download = z.infer<typeof downloadSchema>;

export const downloadsViewSchema = z.object({
  downloads: z.array(downloadSchema),
  curated: z.array(curatedModelSchema),
  /** Free bytes of the disk that the models are on; null where that cannot be told. */
  freeBytes: z.number().nonnegative().nullable(),
});
export type DownloadsView = z.infer<typeof downloadsViewSchema>;
