import { expect, it } from 'vitest';
import { instruction, promptFor } from '../../../../electron/classifier/scoring/prompt.ts';
import { labelDefinitions, labels, labelTies } from '../../../../shared/labels.ts';

it('defines every label and settles ties', () => {
  for (const label of labels) expect(instruction).toContain(`${label}: ${labelDefinitions[label]}`);
  expect(instruction).toContain(labelTies);
});

it('begins the same for every ticket and ends with the ticket', () => {
  const [first, second] = [promptFor('VPN is down'), promptFor('How do I print?')];
  const fixed = first.slice(0, -'VPN is down'.length);
  expect(second).toBe(`${fixed}How do I print?`);
  expect(fixed.startsWith(instruction)).toBe(true);
});
