import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../electron/demo/demo-message.ts';
import { announcement, decidedAnnouncement, issueStatus } from '../../../electron/slack/blocks.ts';
import * as replies from '../../../electron/slack/replies.ts';
import { demoMessageSchema } from '../../../shared/demo-view.ts';
import { AppError } from '../../../shared/errors.ts';
import type { SlackMessage as StoredMessage } from '../../../stand-ins/slack/state.ts';
import { wordsOf } from '../../demo-words.ts';
import { aTicket } from '../../fakes/ticket.ts';

const names = {
  users: [{ id: 'U1', name: 'alice', realName: 'Alice' }],
  channels: [
    { id: 'C1', name: 'support', isPrivate: false, isMember: true, isArchived: false, imUser: null },
    { id: 'D1', name: 'directmessage', isPrivate: true, isMember: true, isArchived: false, imUser: 'U1' },
  ],
};

function stored(change: Partial<StoredMessage>): StoredMessage {
  return {
    channel: 'C1',
    ts: '1700000000.000100',
    text: '',
    blocks: [],
    metadata: null,
    threadTs: null,
    ephemeralTo: null,
    via: 'chat.postMessage',
    user: 'UBOT',
    editedTs: null,
    deleted: false,
    broadcasts: [],
    ...change,
  };
}

/** As the window gets it, blocks and replies having passed through JSON as they do on the way to Slack. */
function read(message: { text: string; blocks?: unknown[] } | string) {
  const sent = typeof message === 'string' ? { text: message } : message;
  return demoMessageSchema.parse(readMessage(stored(JSON.parse(JSON.stringify(sent))), names, 'U1'));
}

describe('what the app says in Slack, as the window shows it', () => {
  it('an announcement: who, what, why, and two buttons', () => {
    const message = read(announcement(aTicket({ summary: 'A & B <broken>', note: 'The project has no type Bug.' })));
    expect(wordsOf(message)).toEqual([
      '🎫 KAN-7  A & B <broken>',
      'Type\nBug',
      'Asked by\n@alice',
      "Classified by gemma.gguf on a teammate's desktop, 83 % sure. The text went to Jira and to nobody else",
      'ℹ️ The project has no type Bug.',
      '[Approve|primary]',
      '[Reject|danger]',
      '[Wrong type? Task, Incident, Feature Request, Question]',
    ]);
    expect(message.blocks[0]).toMatchObject({
      text: [{ kind: 'text' }, { kind: 'link', text: 'KAN-7' }, { kind: 'text' }],
    });
    expect(message.blocks[1]).toMatchObject({
      fields: [
        [{ kind: 'bold', text: 'Type' }, { text: '\n' }, {}],
        [{}, {}, { kind: 'mention' }],
      ],
    });
    expect(message.blocks.at(-1)).toMatchObject({
      elements: [{ actionId: 'approve_ticket' }, { actionId: 'reject_ticket' }, { type: 'select' }],
    });
  });

  it.each([
    ['approved', '✅ Approved by @alice'],
    ['rejected', '🚫 Rejected by @alice'],
  ] as const)('an announcement that was %s: who decided and when, and no buttons', (status, words) => {
    const decision = { status, by: 'U1', at: new Date().toISOString() };
    const message = read(decidedAnnouncement(aTicket({ decision })));
    expect(wordsOf(message).at(-1)).toMatch(new RegExp(`^${words} today at .+`));
    expect(message.blocks.some(({ type }) => type === 'actions')).toBe(false);
  });

  it('the answer about a ticket', () => {
    const message = read(
      issueStatus({
        id: '1',
        key: 'KAN-7',
        url: 'http://127.0.0.1:1/x/browse/KAN-7',
        summary: 'VPN',
        status: 'To Do',
        issueType: 'Bug',
        issueTypeId: null,
        assignee: null,
        updatedAt: new Date().toISOString(),
        label: null,
        isOurs: true,
      }),
    );
    expect(wordsOf(message).slice(0, 4)).toEqual(['KAN-7  VPN', 'Status\nTo Do', 'Type\nBug', 'Assignee\nNobody yet']);
    expect(wordsOf(message)[4]).toMatch(/^Last update\ntoday at /);
  });

  it('the question about a ticket sent twice', () => {
    const message = read(replies.duplicateOf(aTicket()));
    expect(wordsOf(message)).toEqual(['You sent this ticket a moment ago; it is KAN-7.', '[File anyway|plain]']);
  });

  it('how to use it, with the commands as code', () => {
    const { blocks } = read(replies.usage);
    expect(blocks).toHaveLength(1);
    const [section] = blocks;
    const pieces = section?.type === 'section' ? section.text : [];
    expect(pieces.filter(({ kind }) => kind === 'code').map(({ text }) => text)).toEqual([
      '/ticket',
      '/ticket',
      '/ticket The VPN drops every ten minutes since this morning',
      '/ticket_status KAN-7',
    ]);
    expect(pieces.filter(({ text }) => text === '\n')).toHaveLength(3);
  });

  it('why a ticket is not there yet, with its summary quoted', () => {
    const error = new AppError('unavailable', 'Jira at a.example cannot be reached.');
    const ticket = aTicket({ issueKey: null, step: 'classified', summary: 'a > b' });
    const message = read(replies.notCreated(ticket, error).text);
    expect(message.blocks[0]).toMatchObject({ type: 'section' });
    const section = message.blocks[0];
    expect(section?.type === 'section' && section.text.at(-1)).toEqual({ kind: 'quote', text: 'a > b' });
  });

  it.each([
    replies.creating,
    replies.statusUsage,
    replies.unknownButton,
    replies.originalUnknown,
    replies.filedAlready(aTicket()),
    replies.alreadyDecided(aTicket()),
    replies.notReceived(new AppError('storage_failed', 'x')),
    replies.notDecided(new AppError('unavailable', 'x')),
    replies.statusNotFound('KAN-7'),
    replies.statusNotShown('HR-7', ['KAN', 'OPS']),
    replies.otherSite('xn--e1afmkfd.example:8443'),
    replies.onlyYou(aTicket({ channel: 'C1' }), null, 'bot'),
  ])('%j leaves no marks behind', (text) => {
    const words = wordsOf(read(text)).join('\n');
    expect(words).not.toMatch(/[<>`*]|&\w+;|:\w+:/);
    expect(words.length).toBeGreaterThan(10);
  });
});

describe('who says it to whom', () => {
  it.each([
    ['a teammate', { user: 'U1', via: 'user' as const }, { author: 'alice', isApp: false, onlyYou: false }],
    ['the app', {}, { author: 'AI Ticket Agent', isApp: true, onlyYou: false }],
    ['the app, to one person', { ephemeralTo: 'U1' }, { author: 'AI Ticket Agent', isApp: true, onlyYou: true }],
    ['the app, in a direct message', { channel: 'D1' }, { author: 'AI Ticket Agent', isApp: true, onlyYou: false }],
    [
      'Slackbot',
      { user: 'USLACKBOT', via: 'user' as const, ephemeralTo: 'U1' },
      { author: 'Slackbot', isApp: true, onlyYou: true },
    ],
  ])('%s', (_who, change, expected) => {
    expect(readMessage(stored({ text: 'Hi', ...change }), names, 'U1')).toMatchObject({
      ts: '1700000000.000100',
      ...expected,
    });
  });
});
