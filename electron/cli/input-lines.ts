import { z } from 'zod';
import { type Label, labelSchema } from '../../shared/labels.ts';
import type { Field } from './evaluate-arguments.ts';

type Id = string | number | null;

/** A line `{"id": ..., "text": "..."}`, or why it is not one; the id wherever there is one. */
export function parseTicketLine(line: string): { id: Id; text: string } | { id: Id; error: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch {
    return { id: null, error: 'This line is not JSON.' };
  }
  if (typeof parsed !== 'object' || parsed === null) return { id: null, error: 'Expected an object {"id", "text"}.' };
  const given = 'id' in parsed ? parsed.id : null;
  const id = typeof given === 'string' || typeof given === 'number' ? given : null;
  const text = 'text' in parsed ? parsed.text : undefined;
  return typeof text === 'string' ? { id, text } : { id, error: 'Expected "text" to be a string.' };
}

const lineSchema = z.object({ label: labelSchema, text: z.string().optional(), title: z.string().optional() });

/**
 * A line `{"label": ..., "text": ..., "title": ...}`; of other names nothing is asked.
 * @throws Error where it is not one, or lacks `field`
 */
export function parseLabelledLine(line: string, field: Field): { label: Label; text: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch {
    throw new Error('it is not JSON');
  }
  const result = lineSchema.safeParse(parsed);
  if (!result.success) throw new Error('it needs "label", one of the five, and "text" or "title"');
  const text = result.data[field];
  if (text === undefined) throw new Error(`it has no "${field}"`);
  return { label: result.data.label, text };
}
