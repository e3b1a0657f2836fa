import { z } from 'zod';

/** The five kinds of ticket, in the order in which they are shown and in which probabilities are listed. */
export const labels = ['Task', 'Bug', 'Incident', 'Feature Request', 'Question'] as const;
export const labelSchema = z.enum(labels);
export type Label = z.infer<typeof labelSchema>;

/** One sentence a label, read by models and people alike. Ties are settled by `labelTies`. */
export const labelDefinitions: Record<Label, string> = {
  Task: 'work somebody should do (access, set-up, order, migrate, document, tidy); nothing is broken',
  Bug: 'one thing does not do what it should; others can go on working',
  Incident: 'a service, a site or safety is down, degraded or at risk for several people, now or reported afterwards',
  'Feature Request': 'a capability the thing by design lacks; "implement X" by its user included',
  Question: 'an answer alone suffices, even if an error is quoted',
};

export const labelTies =
  'Several people stopped: Incident. Asks only for an answer: Question. Works as designed: Feature Request.';
