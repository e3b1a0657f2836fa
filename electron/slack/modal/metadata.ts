import { z } from 'zod';
import { labelSchema } from '../../../shared/labels.ts';
import { mapOf } from '../../network/bounded-schema.ts';

/** Slack's limit on `private_metadata`, in characters, which it has below 3,000. */
export const longestMetadata = 2_999;

/** What was entered into an input: a text, the values of options, ids of people, seconds since 1970. */
export const enteredSchema = z.union([z.string(), z.array(z.string()).max(100)]);
export type Entered = z.infer<typeof enteredSchema>;

/** The message that a ticket is made of, by its `ts` and that of its thread; null: none. */
export const messagePlaceSchema = z
  .object({ ts: z.string().max(64), threadTs: z.string().max(64) })
  .nullable()
  .catch(null)
  .default(null);

/** What a form knows beside what stands in it, so that any desktop can go on with it. */
const metadataSchema = z.object({
  /** Channel that the ticket is for, by id and name; null where the form asks for one, or its name is not known. */
  channel: z.string().max(64).nullable().catch(null).default(null),
  channelName: z.string().max(255).nullable().catch(null).default(null),
  /** The channel that was chosen so far in a form that asks for one: lists of options are asked for without what stands in it. */
  chosen: z.string().max(64).nullable().catch(null).default(null),
  message: messagePlaceSchema,
  /** Address for replies to the person alone. */
  responseUrl: z.string().max(1_000).nullable().catch(null).default(null),
  /** The request that is completed; null where a new one is made. */
  request: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable()
    .catch(null)
    .default(null),
  /** Label that a request which is completed has; null: not known. */
  ownLabel: labelSchema.nullable().catch(null).default(null),
  /** Label that the fields shown are for, and the id of the tracker's type; null: not known. */
  label: labelSchema.nullable().catch(null).default(null),
  type: z.string().max(64).nullable().catch(null).default(null),
  /** People are asked for by e-mail address, since Slack does not tell those. */
  byEmail: z.boolean().catch(false).default(false),
  /** The text is too long to stand in the form; the beginning of it, where no more is known. */
  hasLongText: z.boolean().catch(false).default(false),
  /** No more of the text than its beginning is known where the form was opened. */
  isCut: z.boolean().catch(false).default(false),
  /** Ids of fields that are asked for whatever the type demands. */
  asked: z.array(z.string().max(64)).max(30).catch([]).default([]),
  /** What was entered into fields that are not shown now, by their id. */
  hidden: mapOf(enteredSchema).catch({}).default({}),
  /** More of that is in the log of the desktop that opened the form. */
  hasMore: z.boolean().catch(false).default(false),
});
export type Metadata = z.infer<typeof metadataSchema>;

export const emptyMetadata: Metadata = metadataSchema.parse({});

/** Reads a form's metadata; what cannot be read of it counts as unknown. */
export function readMetadata(text: string | undefined): Metadata {
  try {
    return metadataSchema.parse(JSON.parse(text?.slice(0, 2 * longestMetadata) || '{}'));
  } catch {
    return emptyMetadata;
  }
}

/** Metadata without what it says in any case. */
export function writeMetadata(metadata: Metadata): string {
  const told = Object.entries(metadata).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(emptyMetadata, key)),
  );
  return JSON.stringify(Object.fromEntries(told));
}

/** Takes hidden values in while there is room; gives those that have none, by the fields' ids. */
export function hideIn(metadata: Metadata, values: Readonly<Record<string, Entered>>) {
  let kept = metadata;
  const left: Record<string, Entered> = {};
  const byLength = Object.entries(values).toSorted(([, a], [, b]) => sizeOf(a) - sizeOf(b));
  for (const [id, value] of byLength) {
    const next = { ...kept, hidden: { ...kept.hidden, [id]: value } };
    if (writeMetadata(next).length <= longestMetadata) kept = next;
    else left[id] = value;
  }
  return { metadata: kept, left };
}

const sizeOf = (value: Entered) => JSON.stringify(value).length;
