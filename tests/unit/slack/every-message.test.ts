import { describe, expect, it } from 'vitest';
import * as blocks from '../../../electron/slack/blocks.ts';
import * as replies from '../../../electron/slack/replies.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import { checkBlocks, textsIn } from '../../../stand-ins/slack/blocks.ts';
import { aTicket } from '../../fakes/ticket.ts';

type Message = string | blocks.SlackMessage;
type Builders<M> = {
  [K in keyof M as M[K] extends (...given: never[]) => Message | null ? K : never]: () => Message | null;
};

/** What somebody may write who wants to ping everybody, or to look like the program. */
const hostile = '<!channel> <@U9> *Approved* by `x` & co\nsecond line';
const error = new AppError('invalid_input', hostile);
const { classification } = aTicket();
const ticket = (change: Partial<Ticket> = {}) =>
  aTicket({
    summary: hostile,
    note: hostile,
    issueType: hostile,
    userName: hostile,
    channelName: hostile,
    classification: classification && { ...classification, model: hostile },
    ...change,
  });
const decided = ticket({
  status: 'approved',
  decision: { status: 'approved', by: 'U2', at: '2026-01-02T04:00:00.000Z' },
});
const again = { request: 'a'.repeat(32), team: 'T1', channel: 'C1', ts: '1.000001', threadTs: '1.000001' };
const issue = {
  id: '1',
  key: 'KAN-7',
  url: `https://acme.example/${hostile}`,
  summary: hostile,
  status: hostile,
  issueType: hostile,
  issueTypeId: null,
  assignee: hostile,
  updatedAt: '2026-01-02T04:00:00.000Z',
  label: null,
  isOurs: true,
};

/** One of each, said about hostile words. A message that is missing here does not compile. */
const everyMessage: Builders<typeof blocks> & Builders<typeof replies> = {
  announcement: () => blocks.announcement(ticket()),
  decidedAnnouncement: () => blocks.decidedAnnouncement(decided),
  issueStatus: () => blocks.issueStatus(issue),
  quoting: () => blocks.quoting('Ours:', hostile),
  classifierLine: () => blocks.classifierLine(ticket().classification),
  privacyLine: () => blocks.privacyLine(ticket()),
  slackDate: () => blocks.slackDate('2026-01-02T04:00:00.000Z'),
  notReceived: () => replies.notReceived(error),
  notCreated: () => replies.notCreated(ticket({ issueKey: null, step: 'classified' }), error),
  missingFields: () => replies.missingFields(ticket({ text: hostile }), [hostile, 'Team']),
  statusNotFound: () => replies.statusNotFound('KAN-7'),
  statusDeleted: () => replies.statusDeleted('KAN-7'),
  statusNotShown: () => replies.statusNotShown('HR-7', ['KAN', 'OPS']),
  otherSite: () => replies.otherSite(hostile),
  statusFailed: () => replies.statusFailed('KAN-7', error),
  alreadyDecided: () => replies.alreadyDecided(decided),
  notDecided: () => replies.notDecided(error),
  relabelled: () => replies.relabelled(ticket()),
  notRelabelled: () => replies.notRelabelled(error),
  filedAlready: () => replies.filedAlready(ticket()),
  ownerCode: () => replies.ownerCode('123456'),
  duplicateOf: () => replies.duplicateOf(ticket()),
  messageHasTicket: () => replies.messageHasTicket(ticket(), again),
  mentionUsage: () => replies.mentionUsage(hostile),
  notRead: () => replies.notRead(ticket(), error, hostile),
  onlyYouByRule: () => replies.onlyYouByRule(ticket()),
  onlyYou: () => replies.onlyYou(ticket(), new AppError('forbidden', hostile), hostile),
};

describe.each(Object.entries(everyMessage))('%s', (_, build) => {
  const message = build() ?? '';
  const { text, blocks } = typeof message === 'string' ? { text: message, blocks: null } : message;

  it('says something, in words that Slack has room for', () => {
    expect(text.length).toBeGreaterThan(10);
    expect(text.length).toBeLessThanOrEqual(3000);
  });

  it('lets nobody ping, nor pass for the program', () => {
    for (const shown of [text, ...textsIn(blocks)]) expect(shown).not.toMatch(/<!channel>|<@U9>|\nsecond line/);
    expect(text).not.toMatch(/\*Approved\* by `x`/);
  });

  it('has blocks that Slack takes', () => {
    if (blocks !== null) expect(checkBlocks(blocks, () => 'b')).not.toHaveLength(0);
  });
});
