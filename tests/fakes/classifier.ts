import type { Classifier, ClassifyLimits } from '../../electron/tickets/ports/classifier.ts';
import type { Label } from '../../shared/labels.ts';
import { labelAlone } from './ticket.ts';

/** A text that may go wherever the settings allow. */
export const anywhere: ClassifyLimits = { mayUseCloud: true };

/** Answers every ticket with the same label, and remembers what it was asked. */
export function createFakeClassifier(label: Label = 'Bug'): Classifier & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async classify(text) {
      asked.push(text);
      return labelAlone(label);
    },
  };
}
