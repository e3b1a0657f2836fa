import { z } from 'zod';
import { labelSchema } from '../../shared/labels.ts';
import { correctionSchema, decisionSchema } from '../../shared/ticket.ts';
import type { IssueMarks, ListedIssue, StoredMarks } from '../tickets/ports.ts';
import { type MarkPlace, type MarkSeal, sealSchema } from './mark-seal.ts';

/** Slack's ids; anything else could become markup where it stands between < and > in a message. */
const slackIdSchema = z.string().regex(/^[A-Z0-9]{1,40}$/);
const namedSchema = z.object({
  id: slackIdSchema,
  name: z.string().max(255).nullable().catch(null),
});
const sealed = { mac: sealSchema.nullable().catch(null) };
const decisionMarkSchema = decisionSchema.extend({ by: slackIdSchema, ...sealed });
const correctionMarkSchema = correctionSchema
  .omit({ isTold: true })
  .extend({ by: slackIdSchema.nullable(), ...sealed });

// Anybody who may edit the issue may write the property, so each part is read for itself.
const propertySchema = z
  .object({
    requestId: z.string().min(1).max(100).nullable().catch(null),
    requester: namedSchema.nullable().catch(null),
    channel: namedSchema.nullable().catch(null),
    label: labelSchema.nullable().catch(null),
    decision: decisionMarkSchema.nullable().catch(null),
    correction: correctionMarkSchema.nullable().catch(null),
  })
  .catch({ requestId: null, requester: null, channel: null, label: null, decision: null, correction: null });
const recordSchema = z.record(z.string(), z.unknown()).catch({});

type PropertyMark<Name extends 'decision' | 'correction'> = z.infer<typeof propertySchema>[Name];

/** The id of the request whose issue this is; null where our entity property does not say. */
export function requestIdIn(property: unknown): string | null {
  return propertySchema.parse(property).requestId;
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

/** What people said of the ticket in this place. Anybody can write such words, so what is not proven is absent. */
export function marksIn(property: unknown, place: MarkPlace, seal: MarkSeal): StoredMarks {
  const { decision, correction, label } = propertySchema.parse(property);
  return { ...readDecision(decision, place, seal), correction: readCorrection(correction, label, place, seal) };
}

function readDecision(stored: PropertyMark<'decision'>, place: MarkPlace, seal: MarkSeal) {
  if (stored === null) return { decision: null, unproven: null };
  const { mac, ...word } = stored;
  const proof = seal.check({ kind: 'decision', word }, place, mac);
  return { decision: proof === 'proven' ? word : null, unproven: proof === 'unknown' ? word : null };
}

function readCorrection(
  stored: PropertyMark<'correction'>,
  label: z.infer<typeof propertySchema>['label'],
  place: MarkPlace,
  seal: MarkSeal,
): StoredMarks['correction'] {
  if (stored === null || label === null) return null;
  const { mac, ...how } = stored;
  const word = { ...how, label };
  return seal.check({ kind: 'correction', word }, place, mac) === 'proven' ? word : null;
}

/**
 * The property with what people said, where that is not null, sealed, beside what is there: what is there and proves
 * nothing stays as it is. Throws `unavailable` where nothing can be sealed yet.
 */
export function withMarks(
  property: unknown,
  { decision, correction }: IssueMarks,
  place: MarkPlace,
  seal: MarkSeal,
): Record<string, unknown> {
  const marked: Record<string, unknown> = { ...recordSchema.parse(property), requestId: place.requestId };
  if (decision !== null) {
    marked['decision'] = { ...decision, mac: seal.seal({ kind: 'decision', word: decision }, place) };
  }
  if (correction !== null) {
    const { label, ...how } = correction;
    const mac = seal.seal({ kind: 'correction', word: correction }, place);
    Object.assign(marked, { label, correction: { ...how, mac } });
  }
  return marked;
}
