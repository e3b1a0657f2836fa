import { describe, expect, it } from 'vitest';
import type { ModelState } from '../../../electron/classifier/scoring/model-state.ts';
import { answering } from '../../../electron/model-library/answering.ts';
import { AppError } from '../../../shared/errors.ts';

const off = { apiKey: null, baseUrl: 'https://api.openai.com/v1', model: 'gpt-test', allowed: false };
const on = { ...off, apiKey: 'sk-test', allowed: true };
const error = new AppError('model_failed', 'It failed.');

const none: ModelState = { state: 'none', reason: null, isUndecided: false };
const several: ModelState = { state: 'none', reason: 'There are several.', isUndecided: true };
const unusable: ModelState = { state: 'none', reason: 'It is a part.', isUndecided: false };
const loading: ModelState = { state: 'loading', file: 'a.gguf' };
const loaded: ModelState = { state: 'loaded', file: 'a.gguf', device: 'cuda' };
const unloaded: ModelState = { state: 'unloaded', file: 'a.gguf' };
const broken: ModelState = { state: 'failed', file: 'a.gguf', error, isLoaded: false };
const silence = new AppError('unavailable', '/mnt/a.gguf does not answer.');
const silent: ModelState = { state: 'failed', file: 'a.gguf', error: silence, isLoaded: false };
const slow: ModelState = { state: 'failed', file: 'a.gguf', error, isLoaded: true };

const facts = { serving: null, seconds: 20, builtin: 'linear-1' };

describe('answering', () => {
  it.each([
    [none, off, 'builtin', 'No GGUF file is chosen, and OpenAI is off, so the built-in model answers.'],
    [none, on, 'openai', 'No GGUF file is chosen, so OpenAI answers: you allowed it.'],
    [unusable, on, 'openai', 'No GGUF file can be used, so OpenAI answers: you allowed it.'],
    [several, off, 'builtin', 'Which GGUF file is used is not decided, so the built-in model answers. Choose one.'],
    [several, on, 'builtin', 'Which GGUF file is used is not decided, so the built-in model answers. Choose one.'],
    [
      loading,
      off,
      'gguf',
      'a.gguf is still loading. A ticket waits up to 20 s for it, then the built-in model answers.',
    ],
    [
      loading,
      on,
      'gguf',
      'a.gguf is still loading. A ticket waits up to 20 s for it, then the built-in model answers.',
    ],
    [loaded, off, 'gguf', 'a.gguf answers, on cuda.'],
    [loaded, on, 'gguf', 'a.gguf answers, on cuda.'],
    [
      unloaded,
      off,
      'gguf',
      'a.gguf is unloaded, so it takes no memory. The next ticket loads it and waits up to 20 s for it, then the built-in model answers.',
    ],
    [
      unloaded,
      on,
      'gguf',
      'a.gguf is unloaded, so it takes no memory. The next ticket loads it and waits up to 20 s for it, then the built-in model answers.',
    ],
    [
      slow,
      on,
      'gguf',
      'a.gguf was too slow for a ticket. The next one waits up to 20 s for it, then OpenAI answers: you allowed it.',
    ],
    [broken, off, 'builtin', 'a.gguf cannot be used, and OpenAI is off, so the built-in model answers.'],
    [
      silent,
      on,
      'builtin',
      'a.gguf does not answer, so the built-in model answers until it does. Nothing is sent to OpenAI for that.',
    ],
    [broken, on, 'openai', 'a.gguf cannot be used, so OpenAI answers: you allowed it.'],
    [
      slow,
      off,
      'gguf',
      'a.gguf was too slow for a ticket. The next one waits up to 20 s for it, then the built-in model answers.',
    ],
  ] as const)('puts %j with %j into words', (state, openai, source, why) => {
    const names = { gguf: 'a.gguf', openai: 'gpt-test', builtin: 'linear-1' };
    expect(answering({ ...facts, state, openai })).toEqual({ source, name: names[source], why });
  });

  it.each([
    [{ ...on, apiKey: null }, 'OpenAI has no key'],
    [{ ...on, apiKey: '' }, 'OpenAI has no key'],
    [{ ...on, allowed: false }, 'OpenAI is off'],
  ])('does not name OpenAI where it would not be asked', (openai, obstacle) => {
    const { source, why } = answering({ ...facts, state: none, openai });
    expect([source, why]).toEqual(['builtin', expect.stringContaining(obstacle)]);
  });

  const better = { strategy: 'builtin', why: 'The built-in model is as good.' } as const;

  it.each([loading, loaded, unloaded, slow])(
    'is the built-in model where that serves though there is a GGUF: %j',
    (state) => {
      for (const openai of [off, on]) {
        expect(answering({ ...facts, state, openai, serving: better })).toEqual({
          source: 'builtin',
          name: 'linear-1',
          why: 'The built-in model is as good.',
        });
      }
    },
  );

  it('does not depend on what was measured of a GGUF that cannot be used', () => {
    expect(answering({ ...facts, state: broken, openai: on, serving: better }).source).toBe('openai');
  });

  it('says in which way a GGUF serves, and why', () => {
    const serving = { strategy: 'ensemble', why: 'Better than the built-in model: both together.' } as const;
    expect(answering({ ...facts, state: loaded, openai: off, serving })).toMatchObject({
      source: 'gguf',
      why: 'a.gguf answers, on cuda. Better than the built-in model: both together.',
    });
  });
});
