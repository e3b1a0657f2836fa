import { z } from 'zod';
import { type Label, labelSchema } from '../../shared/labels.ts';
import { type Correction, correctionSchema, type Decision, decisionSchema } from '../../shared/ticket.ts';

/** Slack's ids; anything else could become markup where it stands between < and > in a message. */
const namedSchema = z.object({
  id: z.string().regex(/^[A-Z0-9]{1,40}$/),
  name: z.string().max(255).nullable().catch(null),
});

// Anybody who may edit the issue may write the property, so each part is read for itself.
const propertySchema = z
  .object({
    requestId: z.string().min(1).max(100).nullable().catch(null),
    requester: namedSchema.nullable().catch(null),
    channel: namedSchema.nullable().catch(null),
    label: labelSchema.nullable().catch(null),
    decision: decisionSchema.nullable().catch(null),
    correction: correctionSchema.omit({ isTold: true }).nullable().catch(null),
  })
  .catch({ requestId: null, requester: null, channel: null, label: null, decision: null, correction: null });

/** What our entity property says of an issue's request; null for each part that it does not say. */
export function readProperty(property: unknown): z.infer<typeof propertySchema> {
  return propertySchema.parse(property);
}

/** The property with the corrected label, and how it was corrected, beside what is there. */
export function withCorrection(
  property: unknown,
  {
    requestId,
    label,
    from,
    by,
    at,
    via,
  }: Omit<Correction, 'isTold'> & {
    label: Label;
    requestId: string;
  },
): Record<string, unknown> {
  const stored = z.record(z.string(), z.unknown()).catch({}).parse(property);
  return { requestId, ...stored, label, correction: { from, by, at, via } };
}

/** The property with the decision beside what is there. */
export function withDecision(
  property: unknown,
  { requestId, ...decision }: Decision & { requestId: string },
): Record<string, unknown> {
  const stored = z.record(z.string(), z.unknown()).catch({}).parse(property);
  return { requestId, ...stored, decision };
}
