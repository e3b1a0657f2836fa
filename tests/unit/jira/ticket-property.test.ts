import { expect, it } from 'vitest';
import { readProperty } from '../../../electron/jira/ticket-property.ts';

const at = '2026-01-31T10:00:00.000Z';
const decision = { status: 'approved', by: 'U1', at, actionTs: '1769853600.000100' };
const correction = { from: 'Bug', by: 'U1', at, via: 'slack' };

it('reads who decided and who corrected', () => {
  expect(readProperty({ label: 'Task', decision, correction })).toMatchObject({ label: 'Task', decision, correction });
  expect(readProperty({ correction: { ...correction, by: null } }).correction).toMatchObject({ by: null });
});

it.each(['U1> <!channel', '!here', 'u1', '', 'U'.repeat(41)])(
  'takes nothing from somebody called %j, who would stand in a message',
  (by) => {
    const stored = { label: 'Task', decision: { ...decision, by }, correction: { ...correction, by } };
    expect(readProperty(stored)).toMatchObject({ label: 'Task', decision: null, correction: null });
  },
);
