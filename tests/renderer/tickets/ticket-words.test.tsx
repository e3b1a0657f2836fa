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
      { label: 'Bug', share: 0.8 },
      { label: 'Incident', share: 0.12 },
    ]);
  });

  it('says that text went to OpenAI where OpenAI answered, and that none did where a GGUF answered', () => {
    expect(openAiOf(by('openai', 'gpt-4.1-mini'))).toBe('The first 8,000 characters (gpt-4.1-mini)');
    expect(openAiOf(by('gguf', 'gemma.gguf'))).toBe('Nothing');
  });

  it('does not claim that OpenAI got nothing where it may have been asked in vain', () => {
    expect(openAiOf(by('builtin', 'v3'))).toContain('unless');
  });

  it('says that Jira may have the text while its answer is missing', () => {
    expect(new Map(textDestinations(aStoppedTicket({ step: 'creating' }))).get('Jira')).toContain('Perhaps');
  });
});
