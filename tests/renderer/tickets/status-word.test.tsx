import { act, render } from '@testing-library/react';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { StatusWord, stageOf, standingOf } from '../../../renderer/components/status-word.tsx';
import { shortWait } from '../../../renderer/components/time.tsx';
import type { TicketView } from '../../../shared/ticket-list.ts';
import { aStoppedTicket, aTicket } from './a-ticket.ts';

const soon = '2026-03-02T09:05:00.000Z';
const unavailable = { code: 'unavailable', message: 'Jira cannot be reached.' } as const;
const unauthorized = { code: 'unauthorized', message: 'Jira refused the token.' } as const;
const unconfirmed = { code: 'unconfirmed', message: 'Jira did not answer.' } as const;
const waiting = { error: unavailable, nextTryAt: soon, needsAttention: false } as const;

describe('how a ticket stands', () => {
  it.each<[ReturnType<typeof standingOf>, string | null, string, TicketView]>([
    ['attention', 'Filing in Jira', 'Jira refused it', aStoppedTicket()],
    ['attention', 'Perhaps in Jira', 'nobody can tell', aStoppedTicket({ step: 'unconfirmed', error: unconfirmed })],
    ['parked', 'Filing in Jira', 'the token is refused', aStoppedTicket({ error: unauthorized })],
    ['retrying', 'Filing in Jira', 'Jira is away', aStoppedTicket({ ...waiting, status: 'received' })],
    [
      'retrying',
      'Looking in Jira',
      'its answer is missing',
      aStoppedTicket({ ...waiting, step: 'creating', status: 'received' }),
    ],
    [
      'asked',
      'Waiting for fields',
      'who asked has to give fields',
      aStoppedTicket({ step: 'needs_fields', status: 'received', needsAttention: false }),
    ],
    ['retrying', 'Posting to Slack', 'Slack is away', aTicket({ ...waiting, step: 'created' })],
    ['retrying', 'Telling Slack and Jira', 'a decision is not told', aTicket({ ...waiting, status: 'approved' })],
    ['approved', 'Telling Slack and Jira', 'a decision is being told', aTicket({ status: 'approved' })],
    [
      'working',
      'Filing in Jira',
      'it was just sent',
      aTicket({ status: 'received', step: 'creating', issueKey: null }),
    ],
    ['waiting', null, 'it waits for approval', aTicket()],
    ['approved', null, 'it is done', aTicket({ status: 'approved', step: 'done' })],
    ['discarded', null, 'it was given up', aStoppedTicket({ step: 'done', needsAttention: false })],
    ['discarded', null, 'it was given up while it waited', aTicket({ ...waiting, step: 'done' })],
  ])('is %s, at %s, when %s', (standing, stage, _, ticket) => {
    expect([standingOf(ticket), stageOf(ticket)]).toEqual([standing, stage]);
  });

  it('counts down to the next try', () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const nextTryAt = new Date(Date.now() + 2_000).toISOString();
    const { container } = render(<StatusWord ticket={aStoppedTicket({ ...waiting, nextTryAt, status: 'received' })} />);
    const seen = [container.textContent];
    for (let second = 0; second < 2; second += 1) {
      act(() => vi.advanceTimersByTime(1_000));
      seen.push(container.textContent);
    }
    expect(seen).toEqual(['Next try in 2 s', 'Next try in 1 s', 'Next try now']);
  });
});

it.each([
  [-5, 'now'],
  [1, 'in 1 s'],
  [99_000, 'in 99 s'],
  [100_000, 'in 2 min'],
  [99 * 60_000, 'in 99 min'],
  [100 * 60_000, 'in 2 h'],
])('a wait of %s ms is %s', (ms, words) => {
  expect(shortWait(ms)).toBe(words);
});
