import { z } from 'zod';
import { labelSchema } from '../../../shared/labels.ts';
import { correctionSchema, decisionSchema } from '../../../shared/ticket.ts';
import type { IssueMarks, ListedIssue, StoredMarks } from '../../tickets/ports/issue-tracker.ts';
import { type MarkPlace, type MarkSeal, sealSchema } from './mark-seal.ts';

/** Slack's ids; anything else could become markup where it stands between < and > in a message. */
const slackIdSchema = z.string().regex(/^[A-Z0-9]{1,40}$/);
const namedSchema = z.object({
  id: slackIdSchema,
  name: z.string().max(255).nullable().catch(null),
});
const decisionMarkSchema = decisionSchema.extend({ by: slackIdSchema });
const correctionMarkSchema = correctionSchema.omit({ isTold: true }).extend({ by: slackIdSchema.nullable() });

// Anybody who may edit the issue may write the property, so each part is read for itself.
const propertySchema = z
  .object({
    requestId: z.string().min(1).max(100).nullable().catch(null),
    requester: namedSchema.nullable().catch(null),
    channel: namedSchema.nullable().catch(null),
    label: labelSchema.nullable().catch(null),
    decision: decisionMarkSchema.nullable().catch(null),
    correction: correctionMarkSchema.nullable().catch(null),
    mac: sealSchema.nullable().catch(null),
  })
  .catch({ requestId: null, requester: null, channel: null, label: null, decision: null, correction: null, mac: null });
const recordSchema = z.record(z.string(), z.unknown()).catch({});

/** The id of the request whose issue this is; null where our entity property does not say. */
export function requestIdIn(property: unknown): string | null {
  return propertySchema.parse(property).requestId;
}

/** The property with the sign that it was set after the create. */
export function markedLate(property: Record<string, unknown>): Record<string, unknown> {
  return { ...property, isLate: true };
}

/** Whether the property came with the create of that request's issue: marks alone and what was set later say nothing. */
export function isOfCreate(property: unknown, requestId: string): boolean {
  const { isLate, createdBy } = recordSchema.parse(property);
  return requestIdIn(property) === requestId && createdBy !== undefined && isLate === undefined;
}

/** What our entity property on the issue with this id says of its request; null for each part that it does not say. */
export function readProperty(
  property: unknown,
  issueId: string,
  seal: MarkSeal,
): Pick<ListedIssue, 'requestId' | 'requester' | 'channel' | 'label' | 'decision'> {
  const { requestId, requester, channel, label } = propertySchema.parse(property);
  const { decision, correction } = marksIn(property, { requestId: requestId ?? '', issueId }, seal);
  // What the classifier said is not sealed, and is nobody's word.
  const isCorrected = (recordSchema.parse(property)['correction'] ?? null) !== null;
  return { requestId, requester, channel, label: isCorrected && correction === null ? null : label, decision };
}

/**
 * What people said of the ticket in this place. Anybody can write such words, so what is not proven is absent; they are
 * sealed together, and so one that somebody changed takes the other one with it.
 */
export function marksIn(property: unknown, place: MarkPlace, seal: MarkSeal): StoredMarks {
  const { decision, correction: how, label, mac } = propertySchema.parse(property);
  const correction = how === null || label === null ? null : { ...how, label };
  const proof = seal.check({ decision, correction }, place, mac);
  if (proof === 'proven') return { decision, correction, unproven: null };
  return { decision: null, correction: null, unproven: proof === 'unknown' ? decision : null };
}

/**
 * The property with just these words of people, sealed, beside all else that is there. Other words that are there are
 * not vouched for: they leave, and the label leaves with its correction. Throws `unavailable` where nothing can be
 * sealed yet.
 */
export function withMarks(
  property: unknown,
  { decision, correction }: IssueMarks,
  place: MarkPlace,
  seal: MarkSeal,
): Record<string, unknown> {
  const { decision: _, correction: former = null, mac: __, ...others } = recordSchema.parse(property);
  const { label: ___, ...unlabelled } = others;
  const { label, ...how } = correction ?? {};
  return {
    ...(former === null ? others : unlabelled),
    requestId: place.requestId,
    ...(decision === null ? {} : { decision }),
    ...(correction === null ? {} : { label, correction: how }),
    mac: seal.seal({ decision, correction }, place),
  };
}
