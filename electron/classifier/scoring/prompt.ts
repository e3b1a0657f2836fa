import { labelDefinitions, labels, labelTies } from '../../../shared/labels.ts';
import { workedExamples } from './worked-examples.ts';

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

/** The same with examples before the ticket, each as `Ticket: ...` and `Label: ...`; the model is to write what comes next. */
export function promptWithExamples(ticket: string): string {
  const examples = workedExamples.map(([label, text]) => `Ticket: ${text}\nLabel: ${label}`);
  return [instruction, ...examples, `Ticket: ${ticket}\nLabel:`].join('\n\n');
}
