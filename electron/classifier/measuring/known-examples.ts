import { z } from 'zod';
import { labelSchema, labels } from '../../../shared/labels.ts';
import { eachLabel } from '../scoring/label-scoring.ts';
import { createPause, mapWithPauses } from '../scoring/pause.ts';
import type { KnownTicket } from './measure-gguf.ts';

/** models/held-out.json, written by tools/train.ts. */
const heldOutSchema = z.object({
  text: z.string(),
  label: labelSchema,
  /** `style-subject`. */
  batch: z.string(),
  /** Weight; more for trackers' and status pages', since there are fewer of them among the examples. */
  weight: z.number().positive(),
  /** What a built-in model that saw nothing of the batch says, in the order of `labels`. */
  builtin: z.array(z.number()).length(labels.length),
});

/** Our own examples, to measure a GGUF on. Half a megabyte, so read only where something is to be measured. */
export async function knownExamples(): Promise<KnownTicket[]> {
  const { default: file } = await import('../../../models/held-out.json', { with: { type: 'json' } });
  return mapWithPauses(file, createPause(), (each) => {
    const { text, label, batch, weight, builtin } = heldOutSchema.parse(each);
    return {
      text,
      label,
      // Batches of one style are judged by what learnt from other styles, as tickets elsewhere will be. Judged batch by
      // batch the GGUF looked better than it was on tickets of other people, and got too large a share.
      group: batch.split('-')[0] ?? batch,
      over: 'examples',
      weight,
      builtin: eachLabel((own) => builtin[labels.indexOf(own)] ?? 0),
    };
  });
}
