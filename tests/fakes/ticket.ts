import type { Label } from '../../shared/labels.ts';
import type { Classification, Ticket } from '../../shared/ticket.ts';

/** A ticket in Jira that waits for a decision; change what the test is about. */
export function aTicket(change: Partial<Ticket> = {}): Ticket {
  return {
    id: 1,
    origin: 'desk',
    requestId: '0123456789abcdef0123456789abcdef',
    team: 'T1',
    user: 'U1',
    userName: 'ana',
    channel: 'C1',
    channelName: 'help',
    text: 'VPN drops every ten minutes',
    door: 'command',
    sourceMessage: null,
    files: [],
    markup: null,
    summary: 'VPN drops every ten minutes',
    responseUrl: null,
    classification: {
      label: 'Bug',
      confidence: 0.83,
      probabilities: { Task: 0.05, Bug: 0.83, Incident: 0.1, 'Feature Request': 0.01, Question: 0.01 },
      source: 'gguf',
      model: 'gemma.gguf',
      ms: 42,
    },
    isUnsure: false,
    correction: null,
    issueType: 'Bug',
    wantedType: null,
    wantedProject: null,
    wantedFields: null,
    note: null,
    issueId: '10007',
    issueKey: 'KAN-7',
    issueUrl: 'https://acme.example/browse/KAN-7',
    sent: null,
    supplements: [],
    status: 'created',
    step: 'created',
    decision: null,
    announcement: null,
    error: null,
    attempts: 0,
    nextTryAt: null,
    claim: null,
    createdAt: '2026-01-02T03:04:05.678Z',
    updatedAt: '2026-01-02T03:04:05.678Z',
    ...change,
  };
}

/** A label that no model gave. */
export function labelAlone(label: Label): Classification {
  return { label, confidence: null, probabilities: null, source: 'none', model: null, ms: 0 };
}
