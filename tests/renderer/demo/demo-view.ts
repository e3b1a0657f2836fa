import type { DemoIssue, DemoMessage, DemoView } from '../../../shared/demo-view.ts';

export function aMessage(text: string, change: Partial<DemoMessage> = {}): DemoMessage {
  return {
    ts: '1772438400.000100',
    author: 'bob',
    isApp: false,
    onlyYou: false,
    blocks: [{ type: 'section', text: [{ kind: 'text', text }], fields: [] }],
    ...change,
  };
}

export function anIssue(key: string, change: Partial<DemoIssue> = {}): DemoIssue {
  return {
    key,
    summary: `Summary of ${key}`,
    issueType: 'Incident',
    status: { name: 'To Do', category: 'new' },
    description: [`Description of ${key}`],
    labels: ['ticket-agent'],
    assignee: null,
    reporter: 'Demo Account',
    fields: [],
    attachments: [],
    comments: [],
    createdAt: '2026-03-02T08:00:00.000Z',
    ...change,
  };
}

/** The announcement of an issue, with its buttons. */
export function anAnnouncement(key: string, ts = '1772438500.000100'): DemoMessage {
  return aMessage('', {
    ts,
    author: 'AI Ticket Agent',
    isApp: true,
    blocks: [
      {
        type: 'section',
        text: [
          { kind: 'link', text: key },
          { kind: 'text', text: ` Summary of ${key}` },
        ],
        fields: [],
      },
      { type: 'context', text: [{ kind: 'text', text: 'Classified by the built-in model' }] },
      {
        type: 'actions',
        buttons: [
          { actionId: 'approve_ticket', label: 'Approve', style: 'primary' },
          { actionId: 'reject_ticket', label: 'Reject', style: 'danger' },
        ],
        lists: [{ actionId: 'correct_type', label: 'Wrong type?', options: ['Task', 'Incident'] }],
      },
    ],
  });
}

export function aDemo(change: Partial<DemoView> = {}): DemoView {
  const messages = [aMessage('Is the VPN down?')];
  return { channel: 'support', you: 'alice', messages, issues: [], isDecided: false, ...change };
}
