import type { Label } from '../../../shared/labels.ts';

/**
 * Tickets with their labels that a GGUF reads before the real one, once: their evaluation is kept. They teach a small
 * model more than the definitions do: of Gemma 3 270M's answers with a fitted head, macro-F1 rose from 0.40 to 0.57,
 * of its state from 0.48 to 0.73 (300 of our examples, held-out batches). None is in models/examples.jsonl.
 */
export const workedExamples: readonly (readonly [Label, string])[] = [
  ['Question', 'How do I export the monthly report as CSV? I could not find it in the menu.'],
  ['Task', 'Please create an account for our new colleague Ines, she starts Monday in accounting.'],
  ['Bug', 'Clicking Save in the profile form shows "undefined" and the phone number is lost.'],
  ['Incident', 'The VPN has been down for the whole Hamburg office since 8:40, nobody can work.'],
  ['Feature Request', 'It would be great if the calendar could show week numbers.'],
  ['Bug', 'TypeError: cannot read property id of null when the list is empty, version 2.3.1'],
  ['Question', 'Is it possible to use the API with a read-only token?'],
  ['Feature Request', 'Add support for dark mode in the mobile app'],
  ['Incident', 'We are investigating elevated error rates for the login service.'],
  ['Task', 'Upgrade the build server to Node 22 and update the docs.'],
];
