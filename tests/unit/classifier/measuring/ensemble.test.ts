import { describe, expect, it } from 'vitest';
import { bestShares, mixedOpinions } from '../../../../electron/classifier/measuring/ensemble.ts';
import { eachLabel, type LabelScores } from '../../../../electron/classifier/scoring/label-scoring.ts';
import { type Label, labels } from '../../../../shared/labels.ts';

/** Sure of one label with `probability`. */
function sureOf(label: Label, probability = 0.8): LabelScores {
  return eachLabel((each) => (each === label ? probability : (1 - probability) / 4));
}

function next(label: Label): Label {
  return labels[(labels.indexOf(label) + 1) % labels.length] ?? 'Task';
}

describe('a mix of opinions', () => {
  it('follows the surer of two that count the same', () => {
    const answer = mixedOpinions([sureOf('Bug', 0.9), sureOf('Task', 0.5)], [0.5, 0.5]);
    expect(answer.Bug).toBeGreaterThan(answer.Task);
    expect(Object.values(answer).reduce((sum, each) => sum + each, 0)).toBeCloseTo(1);
  });

  it('is one opinion alone where the others have no share', () => {
    expect(mixedOpinions([sureOf('Bug'), sureOf('Task')], [0, 1]).Task).toBeCloseTo(0.8);
  });

  it('is less sure at a higher temperature, of the same label', () => {
    const answer = mixedOpinions([sureOf('Bug')], [1], 2);
    expect(answer.Bug).toBeLessThan(0.8);
    expect(answer.Bug).toBeGreaterThan(answer.Task);
  });

  it('survives an opinion that rules the truth out', () => {
    expect(mixedOpinions([sureOf('Bug', 1), sureOf('Bug', 1)], [0.5, 0.5]).Task).toBeGreaterThan(0);
  });
});

describe('the best shares', () => {
  const truths = Array.from({ length: 50 }, (_, index) => labels[index % labels.length] ?? 'Task');
  const pause = async () => {};

  it('are all for the one that knows, none for the one that is always wrong', async () => {
    const tickets = truths.map((truth) => ({ truth, weight: 1, opinions: [sureOf(next(truth)), sureOf(truth)] }));
    expect(await bestShares(tickets, pause)).toEqual([0, 1]);
  });

  it('use both where each knows what the other does not', async () => {
    const unsure = eachLabel(() => 0.2);
    const tickets = truths.map((truth, index) => {
      const known = sureOf(truth, 0.9);
      return { truth, weight: 1, opinions: index % 2 === 0 ? [known, unsure] : [unsure, known] };
    });
    const [first, second] = await bestShares(tickets, pause);
    expect(first).toBeCloseTo(0.5);
    expect(second).toBeCloseTo(0.5);
  });
});
