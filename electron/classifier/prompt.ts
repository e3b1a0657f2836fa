import { labelDefinitions, labels, labelTies } from '../../shared/labels.ts';

/** What a model is told before the ticket. Never depends on the ticket, so that its evaluation can be kept. */
export const instruction = [
  'Sort the support ticket into one of five labels. Answer with the label alone.',
  '',
  ...labels.map((label) => `${label}: ${labelDefinitions[label]}.`),
  labelTies,
].join('\n');

/** The message to a model: the instruction first, the ticket last. */
export function promptFor(ticket: string): string {
  return `${instruction}\n\nTicket:\n${ticket}`;
}
