import type { Measurement, Strategy } from '../../../shared/model-measurements.ts';

/** Corrections from which on they decide: fewer are chance. */
export const enoughCorrections = 50;

/**
 * Strategies, best first, as measured with Gemma 3 270M on 1,199 tickets of other people (docs/gguf.md). Our own
 * examples cannot order them: they flatter whatever learnt from them.
 */
const shippedOrder: readonly Strategy[] = ['ensemble', 'builtin', 'probe', 'prompt'];

/**
 * Gain in macro-F1 on our examples over the built-in model from which on a GGUF is worth its time. A model
 * of random weights was ahead by a hair; Gemma 3 270M by 0.03 to 0.05, and by 0.01 on tickets of other people.
 */
const leastGain = 0.02;

const words: Record<Strategy, string> = {
  builtin: 'the built-in model alone',
  prompt: 'asking the model for the label',
  probe: "reading the model's state",
  ensemble: 'the model and the built-in one together',
};

/**
 * Which way serves. `measurements`: every way, on texts that it was not fitted on. Until there are enough corrections:
 * the shipped order, but nothing that is hardly better than the built-in model on our examples. Then: what was right most
 * often about the corrections; but what our examples rule out is not chosen there either. People correct what was wrong,
 * so whoever served has no chance on corrections, against anything that is wrong elsewhere.
 */
export function chooseStrategy(measurements: readonly Measurement[]): { strategy: Strategy; why: string } {
  const examples = inOrder(measurements.filter(({ over }) => over === 'examples'));
  const builtin = examples.find(({ strategy }) => strategy === 'builtin');
  const better = examples.filter(({ macroF1 }) => macroF1 >= (builtin?.macroF1 ?? 0) + leastGain);
  const corrected = measurements.filter(({ over }) => over === 'corrections');
  const corrections = corrected[0]?.n ?? 0;
  if (corrections >= enoughCorrections) {
    const fit = ['builtin', ...better.map(({ strategy }) => strategy)];
    const best = inOrder(corrected)
      .filter(({ strategy }) => fit.includes(strategy))
      .reduce((first, each) => (each.macroF1 > first.macroF1 ? each : first));
    return { strategy: best.strategy, why: `Best on your ${corrections} corrections: ${words[best.strategy]}.` };
  }
  const [best] = better;
  if (best === undefined) {
    return {
      strategy: 'builtin',
      why: 'The built-in model is as good on our examples alone as with this one, so it answers alone.',
    };
  }
  return { strategy: best.strategy, why: `Better than the built-in model on our examples: ${words[best.strategy]}.` };
}

function inOrder(measurements: readonly Measurement[]): Measurement[] {
  return measurements.toSorted((a, b) => shippedOrder.indexOf(a.strategy) - shippedOrder.indexOf(b.strategy));
}
