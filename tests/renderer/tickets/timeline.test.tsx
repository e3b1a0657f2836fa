import { describe, expect, it } from 'vitest';
import { timelineOf } from '../../../renderer/features/tickets/timeline.ts';
import { anEvent, aStoppedTicket, aTicket } from './a-ticket.ts';

const nameOf = (user: string) => (user === 'U9' ? 'mei' : user);

describe('the timeline', () => {
  it('tells each step with how long it took', () => {
    const events = [
      anEvent(0, {}),
      anEvent(0.1, { step: 'classified' }),
      anEvent(0.2, { step: 'creating' }),
      anEvent(1.4, { step: 'created', status: 'created' }),
      anEvent(2, { step: 'announced', status: 'created' }),
    ];
    const moments = timelineOf({ ticket: aTicket(), events }, nameOf);
    expect(moments.map(({ title, tookMs }) => [title, tookMs])).toEqual([
      ['Received from Slack', null],
      ['Classified as Bug', 100],
      ['Sent to Jira', 100],
      ['Filed as KAN-7', 1200],
      ['Posted in #it-help', 600],
    ]);
  });

  it('says how often the last failure came, and why', () => {
    const error = { code: 'unavailable', message: 'Jira cannot be reached.' } as const;
    const ticket = aStoppedTicket({ error, attempts: 7, needsAttention: false });
    const events = [anEvent(0, {}), anEvent(60, { step: 'classified', error })];
    expect(timelineOf({ ticket, events }, nameOf).at(-1)).toMatchObject({
      tone: 'problem',
      title: 'Filing in Jira failed, tried 7 times',
      detail: 'Jira cannot be reached.',
    });
  });

  it('does not tell the way back from creating to classified', () => {
    const error = { code: 'invalid_input', message: 'No.' } as const;
    const events = [
      anEvent(0, {}),
      anEvent(1, { step: 'classified' }),
      anEvent(2, { step: 'creating' }),
      anEvent(3, { step: 'classified' }),
      anEvent(3, { step: 'classified', status: 'failed', error }),
      anEvent(9, { step: 'classified' }),
    ];
    const titles = timelineOf({ ticket: aStoppedTicket(), events }, nameOf).map(({ title }) => title);
    expect(titles).toEqual([
      'Received from Slack',
      'Classified as Bug',
      'Sent to Jira',
      'Filing in Jira failed',
      'Tried again',
    ]);
  });

  it('names who decided', () => {
    const decision = { status: 'approved', by: 'U9', at: '2026-03-02T09:05:00.000Z' } as const;
    const events = [
      anEvent(0, { step: 'announced', status: 'created' }),
      anEvent(300, { step: 'announced', status: 'approved' }),
      anEvent(301, { step: 'done', status: 'approved' }),
    ];
    const titles = timelineOf({ ticket: aTicket({ status: 'approved', step: 'done', decision }), events }, nameOf);
    expect(titles.map(({ title }) => title).slice(1)).toEqual(['Approved by mei', 'Slack and Jira were told']);
  });
});
