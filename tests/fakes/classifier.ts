import type { Classifier } from '../../electron/tickets/ports/classifier.ts';
import type { Label } from '../../shared/labels.ts';

/** Answers every ticket with the same label, and remembers what it was asked. */
export function createFakeClassifier(label: Label = 'Bug'): Classifier & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async classify(text) {
      asked.push(text);
      return { label, confidence: null, probabilities: null, source: 'none', model: null, ms: 0 };
    },
  };
}
