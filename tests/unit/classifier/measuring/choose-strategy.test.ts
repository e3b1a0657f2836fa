import { describe, expect, it } from 'vitest';
import { chooseStrategy } from '../../../../electron/classifier/measuring/choose-strategy.ts';
import { keysOf } from '../../../../shared/keys-of.ts';
import type { Measurement, Strategy } from '../../../../shared/model-measurements.ts';

function measured(over: Measurement['over'], n: number, figures: Record<Strategy, number>): Measurement[] {
  return keysOf(figures).map((strategy) => ({
    strategy,
    over,
    n,
    accuracy: figures[strategy],
    macroF1: figures[strategy],
    msPerTicket: 1,
    memoryBytes: null,
    confusion: [],
  }));
}

describe('the strategy that serves', () => {
  it('is the first of the shipped order, even where another flatters itself more on our examples', () => {
    const figures = { builtin: 0.7, prompt: 0.5, probe: 0.9, ensemble: 0.8 };
    expect(chooseStrategy(measured('examples', 500, figures)).strategy).toBe('ensemble');
  });

  it('is the built-in model where the GGUF adds nothing to it, and it says so', () => {
    // As much as chance gives a model that knows nothing.
    const figures = { builtin: 0.7, prompt: 0.2, probe: 0.3, ensemble: 0.71 };
    const { strategy, why } = chooseStrategy(measured('examples', 500, figures));
    expect(strategy).toBe('builtin');
    expect(why).toContain('built-in model');
  });

  it("is not moved by a person's few corrections", () => {
    const examples = measured('examples', 500, { builtin: 0.7, prompt: 0.5, probe: 0.6, ensemble: 0.8 });
    const corrections = measured('corrections', 49, { builtin: 0.9, prompt: 0.1, probe: 0.1, ensemble: 0.1 });
    expect(chooseStrategy([...examples, ...corrections]).strategy).toBe('ensemble');
  });

  it('is the best on fifty corrections, in whatever order our examples put them', () => {
    const examples = measured('examples', 500, { builtin: 0.7, prompt: 0.5, probe: 0.75, ensemble: 0.8 });
    const corrections = measured('corrections', 50, { builtin: 0.6, prompt: 0.1, probe: 0.8, ensemble: 0.7 });
    const { strategy, why } = chooseStrategy([...examples, ...corrections]);
    expect(strategy).toBe('probe');
    expect(why).toContain('50 corrections');
  });

  it('is none that is worse than the built-in model on our examples, though corrections only show what was wrong', () => {
    const examples = measured('examples', 500, { builtin: 0.7, prompt: 0.3, probe: 0.6, ensemble: 0.7 });
    const corrections = measured('corrections', 60, { builtin: 0, prompt: 0.4, probe: 0.5, ensemble: 0.2 });
    expect(chooseStrategy([...examples, ...corrections]).strategy).toBe('builtin');
  });
});
