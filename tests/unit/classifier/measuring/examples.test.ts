import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createBuiltinClassifier } from '../../../../electron/classifier/builtin/builtin-classifier.ts';
import builtinWeights from '../../../../models/builtin.json' with { type: 'json' };
import { type Label, labels } from '../../../../shared/labels.ts';

const lines = readFileSync(new URL('../../../../models/examples.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const examples: { text: string; label: Label; batch: string; language?: 'es' | 'de' }[] = lines.map((line) =>
  JSON.parse(line),
);

describe('the examples', () => {
  it.each(labels)('has at least 300 of %s, from at least ten batches, 60 each in Spanish and German', (label) => {
    const own = examples.filter((example) => example.label === label);
    expect(own.length).toBeGreaterThanOrEqual(300);
    for (const language of ['es', 'de']) {
      expect(own.filter((example) => example.language === language).length).toBeGreaterThanOrEqual(60);
    }
    expect(new Set(own.map(({ batch }) => batch)).size).toBeGreaterThanOrEqual(10);
  });

  it('has no ticket twice', () => {
    const texts = examples.map(({ text }) => text.toLowerCase().replace(/\W+/g, ' '));
    expect(texts.length).toBe(new Set(texts).size);
  });

  it('has none of the Slack-style tickets that only measure', () => {
    const measuring = readFileSync(new URL('../../../fixtures/slack-tickets.jsonl', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    const texts = new Set(examples.map(({ text }) => text.toLowerCase()));
    expect(measuring.filter((line) => texts.has(JSON.parse(line).text.toLowerCase()))).toEqual([]);
  });
});

describe('the built-in model', () => {
  const builtin = createBuiltinClassifier(builtinWeights);

  it('was trained on the examples as they are', async () => {
    const answers = await Promise.all(examples.map(({ text }) => builtin.classify(text)));
    const right = answers.filter(({ label }, index) => label === examples[index]?.label).length;
    expect(right / examples.length).toBeGreaterThan(0.9);
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
