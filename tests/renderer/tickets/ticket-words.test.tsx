import { describe, expect, it } from 'vitest';
import { classifierWords, textDestinations, topTwo } from '../../../renderer/features/tickets/ticket-words.ts';
import type { Classification } from '../../../shared/ticket.ts';
import { aStoppedTicket, aTicket } from './a-ticket.ts';

const by = (source: Classification['source'], model: string | null): Classification => ({
  label: 'Task',
  confidence: null,
  probabilities: null,
  source,
  model,
  ms: 1,
});
const openAiOf = (classification: Classification | null) =>
  new Map(textDestinations(aTicket({ classification }))).get('OpenAI');

describe('what is said of a ticket', () => {
  it.each([
    [by('gguf', 'gemma.gguf'), 'gemma.gguf on this machine'],
    [by('openai', 'gpt-4.1-mini'), 'OpenAI (gpt-4.1-mini)'],
    [by('builtin', 'v3'), 'the built-in model'],
  ])('names the classifier %#', (classification, words) => {
    expect(classifierWords(classification, 'desk')).toBe(words);
  });

  it('shows the two likeliest labels, likeliest first', () => {
    const { classification } = aTicket();
    expect(classification && topTwo(classification)).toEqual([
      { label: 'Bug', share: 0.83 },
      { label: 'Incident', share: 0.1 },
    ]);
  });

  it('says how much of the text went to OpenAI and when, also where it did not answer, and else that nothing did', () => {
    const cloud = { service: 'openai', model: 'gpt-4.1-mini', bytes: 1234, at: '2026-03-02T09:00:00.000Z' } as const;
    expect(openAiOf({ ...by('openai', 'gpt-4.1-mini'), cloud })).toMatch(
      /^1\.2 kB of the text, to gpt-4\.1-mini, .*2026/,
    );
    expect(openAiOf({ ...by('builtin', 'v3'), cloud })).toContain('it gave no answer');
    for (const source of ['gguf', 'builtin'] as const) expect(openAiOf(by(source, 'm'))).toBe('Nothing');
  });

  it('says that Jira may have the text while its answer is missing', () => {
    expect(new Map(textDestinations(aStoppedTicket({ step: 'creating' }))).get('Jira')).toContain('Perhaps');
  });
});
