import { z } from 'zod';
import { type Label, labelSchema } from '../../shared/labels.ts';
import type { Field } from './evaluate-arguments.ts';

const lineSchema = z.object({ label: labelSchema, text: z.string().optional(), title: z.string().optional() });

/**
 * A line `{"label": ..., "text": ..., "title": ...}`; of other names nothing is asked.
 * @throws Error where it is not one, or lacks `field`
 */
export function parseLabelledLine(line: string, field: Field): { label: Label; text: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw new Error('it is not JSON');
  }
  const result = lineSchema.safeParse(parsed);
  if (!result.success) throw new Error('it needs "label", one of the five, and "text" or "title"');
  const text = result.data[field];
  if (text === undefined) throw new Error(`it has no "${field}"`);
  return { label: result.data.label, text };
}
