import { describe, expect, it } from 'vitest';
import { createBuiltinClassifier } from '../../../../electron/classifier/builtin/builtin-classifier.ts';
import type { CorrectedTicket } from '../../../../electron/classifier/builtin/personal-model.ts';
import builtinWeights from '../../../../models/builtin.json' with { type: 'json' };
import { type Label, labels } from '../../../../shared/labels.ts';

const corrected: CorrectedTicket[] = [
  { text: 'The label printer in bay 4 is out of paper', label: 'Task' },
  { text: 'Toner is empty on the third floor', label: 'Task' },
];
const alike = 'The label printer in bay 7 is out of paper again';
const others: [string, Label][] = [
  ['Production is down, none of our customers can log in', 'Incident'],
  ['How do I change my password?', 'Question'],
  ['Please add an option to export the list to Excel', 'Feature Request'],
  ['The save button throws an error when the title is empty', 'Bug'],
];

async function theModel(corrections: readonly CorrectedTicket[] = []) {
  const builtin = createBuiltinClassifier(builtinWeights);
  await builtin.correct(corrections);
  const probabilities = async (text: string) => {
    const { probabilities: given } = await builtin.classify(text);
    return labels.map((label) => given?.[label] ?? 0);
  };
  return { builtin, probabilities };
}

describe('the built-in model with corrections', () => {
  it('gives a ticket nearly like a corrected one the corrected label, and says that it learnt', async () => {
    const [shipped, own] = [await theModel(), await theModel(corrected)];
    expect((await shipped.builtin.classify(alike)).label).not.toBe('Task');
    expect(await own.builtin.classify(alike)).toMatchObject({ label: 'Task', model: `${builtinWeights.version}+2` });
    expect(own.builtin.version()).toBe(`${builtinWeights.version}+2`);
  });

  it.each(others)('hardly changes its mind on "%s"', async (text, label) => {
    const [shipped, own] = [await theModel(), await theModel(corrected)];
    expect((await own.builtin.classify(text)).label).toBe(label);
    const [before, after] = [await shipped.probabilities(text), await own.probabilities(text)];
    for (const [index, probability] of after.entries())
      expect(Math.abs(probability - (before[index] ?? 0))).toBeLessThan(0.05);
  });

  it('is the shipped model exactly while nothing is corrected', async () => {
    const { builtin, probabilities } = await theModel([]);
    const untouched = createBuiltinClassifier(builtinWeights);
    for (const [text] of others) {
      const { probabilities: given } = await untouched.classify(text);
      expect(await probabilities(text)).toEqual(labels.map((label) => given?.[label]));
    }
    expect(builtin.version()).toBe(builtinWeights.version);
  });

  it('unlearns what is no longer among the corrections', async () => {
    const { builtin, probabilities } = await theModel(corrected);
    await builtin.correct([]);
    expect(await probabilities(alike)).toEqual(await (await theModel()).probabilities(alike));
    expect(builtin.version()).toBe(builtinWeights.version);
  });

  it('serves what was corrected last, even where an earlier call is still at work', async () => {
    const { builtin, probabilities } = await theModel();
    const many = Array.from({ length: 100 }, (_, index) => ({
      text: `Printer ${index} jams `.repeat(20),
      label: 'Bug' as const,
    }));
    await Promise.all([builtin.correct(many), builtin.correct(corrected)]);
    expect(builtin.version()).toBe(`${builtinWeights.version}+2`);
    expect(await probabilities(alike)).toEqual(await (await theModel(corrected)).probabilities(alike));
  });

  it('keeps the shipped model beside it, and answers as before until it has learnt', async () => {
    const { builtin } = await theModel();
    const before = await builtin.classify(alike);
    const learning = builtin.correct(corrected);
    expect((await builtin.classify(alike)).probabilities).toEqual(before.probabilities);
    await learning;
    expect((await builtin.shipped.classify(alike)).probabilities).toEqual(before.probabilities);
  });
});
