import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSameDecision, standsAgainst } from '../../../shared/decision-order.ts';
import type { Decision } from '../../../shared/ticket.ts';

const decision = (change: Partial<Decision> = {}): Decision => ({
  status: 'approved',
  by: 'U1',
  at: '2026-01-02T03:04:05.000Z',
  actionTs: '1767323045.000200',
  ...change,
});

it('lets the smaller time of the click stand, as a number', () => {
  const earlier = decision({ actionTs: '999999999.999999', by: 'U2' });
  expect(standsAgainst(earlier, decision())).toBe(true);
  expect(standsAgainst(decision(), earlier)).toBe(false);
});

it('lets what was there first stand where a time is missing', () => {
  const { actionTs: _, ...old } = decision();
  expect(standsAgainst(old, decision())).toBe(false);
  expect(standsAgainst(decision(), old)).toBe(false);
});

it('agrees on every desktop which of two different decisions stands', () => {
  const decisions = fc.record({
    status: fc.constantFrom<Decision['status']>('approved', 'rejected'),
    by: fc.constantFrom('U1', 'U2'),
    actionTs: fc.constantFrom('1767323045.000100', '1767323045.000200', '1767323046.1'),
  });
  fc.assert(
    fc.property(decisions, decisions, (one, other) => {
      const [a, b] = [decision(one), decision(other)];
      const isSameWord = a.actionTs === b.actionTs && a.by === b.by && a.status === b.status;
      expect(standsAgainst(a, b)).toBe(!isSameWord && !standsAgainst(b, a));
    }),
  );
});

it('knows its own word again', () => {
  expect(isSameDecision(decision(), decision())).toBe(true);
  expect(isSameDecision(decision(), decision({ by: 'U2' }))).toBe(false);
});
