import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createBuiltinClassifier } from '../../../electron/classifier/builtin-classifier.ts';
import builtinWeights from '../../../models/builtin.json' with { type: 'json' };
import { type Label, labels } from '../../../shared/labels.ts';

const lines = readFileSync(new URL('../../../models/examples.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const examples: { text: string; label: Label; batch: string }[] = lines.map((line) => JSON.parse(line));

describe('the examples', () => {
  it.each(labels)('has at least 60 of %s, from at least ten batches', (label) => {
    const own = examples.filter((example) => example.label === label);
    expect(own.length).toBeGreaterThanOrEqual(60);
    expect(new Set(own.map(({ batch }) => batch)).size).toBeGreaterThanOrEqual(10);
  });

  it('has no ticket twice', () => {
    const texts = examples.map(({ text }) => text.toLowerCase().replace(/\W+/g, ' '));
    expect(texts.length).toBe(new Set(texts).size);
  });
});

describe('the built-in model', () => {
  const builtin = createBuiltinClassifier(builtinWeights);

  it('was trained on the examples as they are', async () => {
    const answers = await Promise.all(examples.map(({ text }) => builtin.classify(text)));
    const right = answers.filter(({ label }, index) => label === examples[index]?.label).length;
    expect(right / examples.length).toBeGreaterThan(0.95);
  });

  it.each([
    ['Production is down, none of our customers can log in', 'Incident'],
    ['How do I change my password?', 'Question'],
    ['Please add an option to export the list to Excel', 'Feature Request'],
    ['The save button throws an error when the title is empty', 'Bug'],
    ['Please create an account for our new intern', 'Task'],
  ])('takes "%s" for %s', async (text, label) => {
    expect(await builtin.classify(text)).toMatchObject({ label, source: 'builtin', model: builtinWeights.version });
  });

  it('refuses weights of another size', () => {
    expect(() => createBuiltinClassifier({ ...builtinWeights, weights: 'AAAA' })).toThrow('npm run train');
  });
});
