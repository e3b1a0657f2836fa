import { z } from 'zod';
import { type Label, labelSchema } from '../../shared/labels.ts';
import { type Decision, decisionSchema } from '../../shared/ticket.ts';

// Anybody who may edit the issue may write the property, so each part is read for itself.
const propertySchema = z
  .looseObject({
    requestId: z.string().nullable().catch(null),
    label: labelSchema.nullable().catch(null),
    decision: decisionSchema.nullable().catch(null),
  })
  .catch({ requestId: null, label: null, decision: null });

/** Which request the issue was made for, by our entity property; null where it does not say. */
export function requestIdOf(property: unknown): string | null {
  return propertySchema.parse(property).requestId;
}

export function labelOf(property: unknown): Label | null {
  return propertySchema.parse(property).label;
}

/** The decision stored on the issue; null where there is none. */
export function decisionOf(property: unknown): Decision | null {
  return propertySchema.parse(property).decision;
}

/** The property with the decision beside what is there. */
export function withDecision(
  property: unknown,
  { requestId, status, by, at }: Decision & { requestId: string },
): Record<string, unknown> {
  const stored = z.record(z.string(), z.unknown()).catch({}).parse(property);
  return { requestId, ...stored, decision: { status, by, at } };
}
