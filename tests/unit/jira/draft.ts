import type { IssueDraft } from '../../../electron/tickets/ports/issue-tracker.ts';
import { defaultLabelToIssueType } from '../../../shared/settings-table.ts';

/** A draft to vary in tests. */
export function draft(change: Partial<IssueDraft> = {}): IssueDraft {
  const { label } = change.classification ?? { label: 'Bug' };
  return {
    requestId: 'a'.repeat(32),
    summary: 'The printer on floor 3 is broken',
    text: 'The printer on floor 3 is broken',
    markup: null,
    requester: { id: 'U1', name: 'ada' },
    requesterEmail: async () => null,
    files: [],
    channel: { id: 'C1', name: 'help' },
    message: null,
    classification: {
      label: 'Bug',
      confidence: 0.93,
      probabilities: null,
      source: 'gguf',
      model: 'tiny.gguf',
      ms: 12,
    },
    receivedAt: new Date().toISOString(),
    project: 'KAN',
    issueType: defaultLabelToIssueType[label],
    labels: [],
    defaultFields: {},
    wantedFields: {},
    ...change,
  };
}
