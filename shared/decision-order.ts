import type { Decision } from './ticket.ts';

/**
 * Whether `one` stands against `other`: the smaller time of Slack's click does, on every desktop alike. Where two
 * clicks have the same time the order is arbitrary but the same everywhere. Decisions of older programs have no such
 * time, and what was there first stands.
 */
export function standsAgainst(one: Decision, other: Decision): boolean {
  if (one.actionTs === undefined || other.actionTs === undefined) return false;
  if (one.actionTs === other.actionTs) return `${one.by} ${one.status}` < `${other.by} ${other.status}`;
  return Number(one.actionTs) < Number(other.actionTs);
}

/** Whether both are the same decision by the same person. */
export function isSameDecision(one: Decision, other: Decision): boolean {
  return one.status === other.status && one.by === other.by && one.at === other.at;
}
