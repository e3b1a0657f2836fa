import type { DemoBlock, DemoIssue, DemoMessage, DemoView } from '../../../shared/demo-view.ts';

export function aSection(text: string): DemoBlock {
  return { type: 'section', id: '', text: [{ kind: 'text', text }], fields: [], accessory: null };
}

export function aMessage(text: string, change: Partial<DemoMessage> = {}): DemoMessage {
  return {
    ts: '1772438400.000100',
    author: 'bob',
    isApp: false,
    onlyYou: false,
    thread: null,
    blocks: [aSection(text)],
    reactions: [],
    files: [],
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
export function anAnnouncement(key: string, ts = '1772438500.000100', thread: string | null = null): DemoMessage {
  return aMessage('', {
    ts,
    thread,
    author: 'AI Ticket Agent',
    isApp: true,
    blocks: [
      {
        type: 'section',
        id: 'head',
        accessory: null,
        text: [
          { kind: 'link', text: key },
          { kind: 'text', text: ` Summary of ${key}` },
        ],
        fields: [],
      },
      { type: 'context', id: 'model', text: [{ kind: 'text', text: 'Classified by the built-in model' }] },
      {
        type: 'actions',
        id: 'decision',
        elements: [
          { type: 'button', actionId: 'approve_ticket', label: 'Approve', style: 'primary' },
          { type: 'button', actionId: 'reject_ticket', label: 'Reject', style: 'danger' },
          {
            type: 'select',
            actionId: 'correct_type',
            placeholder: 'Wrong type?',
            value: [],
            hasFocus: false,
            isMulti: false,
            groups: [
              { label: null, options: ['Task', 'Incident'].map((text) => ({ value: text, text, description: null })) },
            ],
            asksFrom: null,
            mostItems: null,
          },
        ],
      },
    ],
  });
}

export function aDemo(change: Partial<DemoView> = {}): DemoView {
  return {
    channel: 'support',
    you: 'alice',
    bot: 'ticket_agent',
    people: ['bob'],
    messages: [aMessage('Is the VPN down?')],
    direct: [],
    home: null,
    shortcuts: [
      { id: 'new_ticket', name: 'New ticket', type: 'global' },
      { id: 'file_message', name: 'File as a ticket', type: 'message' },
    ],
    modal: null,
    issues: [],
    isDecided: false,
    ...change,
  };
}
