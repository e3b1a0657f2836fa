import { describe, expect, it, vi } from 'vitest';
import {
  type LabelTokens,
  type LogitsAfter,
  labelProbabilities,
  likeliest,
  scoreLabels,
  softmax,
} from '../../../../electron/classifier/scoring/label-scoring.ts';
import { labels } from '../../../../shared/labels.ts';

/** Answers from a table of logits by path: '' for the first token, '5' after token 5. */
function model(table: Record<string, Record<number, number>>) {
  return vi.fn<LogitsAfter>(async (path, candidates) => {
    const logits = table[path.join(' ')] ?? {};
    return new Map(candidates.map((token) => [token, logits[token] ?? 0]));
  });
}

function tokens(...ids: number[][]): LabelTokens[] {
  return labels.map((label, index) => ({ label, tokens: ids[index] ?? [] }));
}

describe('scoreLabels', () => {
  it('asks once where all first tokens differ', async () => {
    const ask = model({ '': { 1: 0, 2: 1, 3: 2, 4: 3, 5: 4 } });
    const scores = await scoreLabels(tokens([1], [2], [3], [4, 9], [5]), ask);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(likeliest(scores)).toBe('Question');
    expect(Math.exp(scores.Question)).toBeCloseTo(softmax([0, 1, 2, 3, 4])[4] ?? 0, 12);
  });

  it('sums over the tokens of labels that begin alike', async () => {
    const ask = model({ '': { 7: Math.log(3), 8: 0 }, '7': { 1: Math.log(2), 2: 0, 3: 0, 4: 0 } });
    const scores = await scoreLabels(tokens([7, 1], [7, 2], [7, 3], [7, 4], [8]), ask);
    expect(Math.exp(scores.Task)).toBeCloseTo(0.75 * 0.4, 12);
    expect(Math.exp(scores.Bug)).toBeCloseTo(0.75 * 0.2, 12);
    expect(Math.exp(scores.Question)).toBeCloseTo(0.25, 12);
  });

  it('does not ask about a token that all labels share', async () => {
    const ask = model({});
    const scores = await scoreLabels(tokens([6, 1], [6, 2], [6, 3], [6, 4], [6, 5]), ask);
    expect(ask.mock.calls.map(([path]) => path)).toEqual([[6]]);
    expect(Math.exp(scores.Incident)).toBeCloseTo(0.2, 12);
  });

  it('refuses a vocabulary that writes two labels the same way', async () => {
    await expect(scoreLabels(tokens([1], [1], [3], [4], [5]), model({}))).rejects.toThrow('cannot tell');
  });
});

describe('labelProbabilities', () => {
  const scores = { Task: 1000, Bug: 999, Incident: 0, 'Feature Request': 0, Question: -1000 };

  it('sums to 1 however large the scores', () => {
    const total = Object.values(labelProbabilities(scores)).reduce((sum, value) => sum + value, 0);
    expect(total).toBeCloseTo(1, 12);
  });

  it('is less sure of the same label at a higher temperature', () => {
    const [sure, unsure] = [labelProbabilities(scores), labelProbabilities(scores, 3)];
    expect(likeliest(unsure)).toBe('Task');
    expect(unsure.Task).toBeLessThan(sure.Task);
  });
});
