import { z } from 'zod';
import { labelSchema } from '../../shared/labels.ts';
import { correctionSchema, decisionSchema } from '../../shared/ticket.ts';
import type { IssueMarks } from '../tickets/ports.ts';

/** Slack's ids; anything else could become markup where it stands between < and > in a message. */
const slackIdSchema = z.string().regex(/^[A-Z0-9]{1,40}$/);
const namedSchema = z.object({
  id: slackIdSchema,
  name: z.string().max(255).nullable().catch(null),
});

// Anybody who may edit the issue may write the property, so each part is read for itself.
const propertySchema = z
  .object({
    requestId: z.string().min(1).max(100).nullable().catch(null),
    requester: namedSchema.nullable().catch(null),
    channel: namedSchema.nullable().catch(null),
    label: labelSchema.nullable().catch(null),
    decision: decisionSchema.extend({ by: slackIdSchema }).nullable().catch(null),
    correction: correctionSchema.omit({ isTold: true }).extend({ by: slackIdSchema.nullable() }).nullable().catch(null),
  })
  .catch({ requestId: null, requester: null, channel: null, label: null, decision: null, correction: null });

/** What our entity property says of an issue's request; null for each part that it does not say. */
export function readProperty(property: unknown): z.infer<typeof propertySchema> {
  return propertySchema.parse(property);
}

/** What people said of an issue, and whose issue it is; null for each part that the property does not say. */
export function marksIn(property: unknown): IssueMarks & { requestId: string | null } {
  const { requestId, decision, correction, label } = readProperty(property);
  return { requestId, decision, correction: correction === null || label === null ? null : { ...correction, label } };
}

/** The property with what people said, where that is not null, beside what is there. */
export function withMarks(
  property: unknown,
  { requestId, decision, correction }: { requestId: string } & IssueMarks,
): Record<string, unknown> {
  const stored = z.record(z.string(), z.unknown()).catch({}).parse(property);
  const { label, ...word } = correction ?? {};
  return {
    ...stored,
    requestId,
    ...(decision === null ? {} : { decision }),
    ...(correction === null ? {} : { label, correction: word }),
  };
}
