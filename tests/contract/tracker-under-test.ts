import type { MarkKeys } from '../../electron/network/mark-key.ts';
import type { CreatedIssue, IssueDraft, IssueTracker } from '../../electron/tickets/ports/issue-tracker.ts';

/**
 * A tracker on a project KAN that has the types Task and Bug and no Incident, beside a project OPS with Task and
 * Incident, and hands on what lies behind it.
 */
export interface TrackerUnderTest {
  tracker: IssueTracker;
  /** The next create takes effect, and its answer never arrives. */
  loseNextAnswer(): void;
  /** From now on the login is refused. */
  refuseLogin(): void;
  /** From now on the account may not do this in KAN. */
  forbid(what: 'delete' | 'transition' | 'edit'): void;
  /** From now on KAN takes no issue without a text field of this id and name. */
  demand(id: string, name: string): void;
  /** Searches know every issue from now on. */
  catchUp(): void;
  /** How many issues there are. */
  count(): number;
  /** What our property on the issue holds; undefined where it has none. */
  property(key: string): Record<string, unknown> | undefined;
  /** Writes it as somebody who may edit the issue can; undefined takes it away. */
  setProperty(key: string, value: unknown): void;
  /** By which keys marks are sealed and proven from now on; null: not known. They are known at first. */
  useKeys(keys: MarkKeys | null): void;
  /** Whether the issue is marked as a test. */
  isTest(key: string): boolean;
  stop(): Promise<void>;
}

/** Files an issue and puts on it at once what is due, as happens to a ticket. */
export async function filed(tracker: IssueTracker, draft: IssueDraft): Promise<CreatedIssue> {
  const created = await tracker.createIssue(draft);
  for (const part of created.due) await tracker.supplement(created.key, part, draft);
  return created;
}
