import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClassifierChain } from '../../../electron/classifier/classifier-chain.ts';
import { createGgufClassifier } from '../../../electron/classifier/gguf/gguf-classifier.ts';
import type { GgufModel, Reading } from '../../../electron/classifier/gguf/gguf-model.ts';
import type { CloudSource, LabelSource } from '../../../electron/classifier/scoring/label-source.ts';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import type { Source } from '../../../shared/ticket.ts';
import { anywhere } from '../../fakes/classifier.ts';

const use = { service: 'openai', model: 'm', bytes: 4, at: '2026-01-02T03:04:05.000Z' } as const;
const whatIsSent = () => use;

function answering(source: Source): CloudSource & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    whatIsSent,
    async classify(text) {
      asked.push(text);
      return { label: 'Bug', confidence: 0.5, probabilities: null, source, model: 'm', ms: 1 };
    },
  };
}

function failingWith(code: ErrorCode): CloudSource {
  return {
    whatIsSent,
    async classify() {
      throw new AppError(code, 'It failed.');
    },
  };
}

const failing = failingWith('model_failed');

afterEach(() => {
  vi.useRealTimers();
});

describe('the chain', () => {
  it('takes the answer of a GGUF as final and asks nobody else', async () => {
    const [openai, builtin] = [answering('openai'), answering('builtin')];
    const { classify } = createClassifierChain({ gguf: answering('gguf'), openai, builtin });
    expect((await classify('a secret', anywhere)).source).toBe('gguf');
    expect([...openai.asked, ...builtin.asked]).toEqual([]);
  });

  it('asks OpenAI where the GGUF could not answer and the user turned it on', async () => {
    const { classify } = createClassifierChain({ gguf: failing, openai: answering('openai'), builtin: null });
    expect((await classify('text', anywhere)).source).toBe('openai');
  });

  it('falls back to the built-in model where there is nothing else', async () => {
    const { classify } = createClassifierChain({ gguf: failing, openai: null, builtin: answering('builtin') });
    expect((await classify('text', anywhere)).source).toBe('builtin');
  });

  it('answers Task when every source fails, and tells of each failure', async () => {
    const onFailure = vi.fn();
    const parts = { gguf: failing, openai: failing, builtin: failing };
    const answer = await createClassifierChain({ ...parts, onFailure }).classify('a secret', anywhere);
    expect(answer).toMatchObject({ label: 'Task', source: 'none', model: null, confidence: null });
    expect(onFailure.mock.calls.map(([source, error]) => [source, error.code])).toEqual([
      ['gguf', 'model_failed'],
      ['openai', 'model_failed'],
      ['builtin', 'model_failed'],
    ]);
    expect(JSON.stringify(onFailure.mock.calls)).not.toContain('secret');
  });

  it('tells a caller who asks which sources were passed over, and why', async () => {
    const parts = { gguf: failing, openai: null, builtin: answering('builtin') };
    const { classifyWithReasons } = createClassifierChain(parts);
    for (const text of ['one', 'two']) {
      const { classification, passedOver } = await classifyWithReasons(text, anywhere);
      expect(classification.source).toBe('builtin');
      expect(passedOver).toEqual([{ source: 'gguf', message: 'It failed.' }]);
    }
  });

  it('does not reject for what nobody foresaw', async () => {
    const onFailure = vi.fn();
    const odd: LabelSource = { classify: () => Promise.reject(new TypeError('odd')) };
    await createClassifierChain({ gguf: odd, openai: null, builtin: null, onFailure }).classify('text', anywhere);
    expect(onFailure.mock.calls[0]?.[1].code).toBe('bug');
  });

  it('keeps a text on this machine where the GGUF is only busy with other tickets', async () => {
    const [openai, builtin, onFailure] = [answering('openai'), answering('builtin'), vi.fn()];
    const { classify } = createClassifierChain({ gguf: failingWith('unavailable'), openai, builtin, onFailure });
    expect((await classify('a secret', anywhere)).source).toBe('builtin');
    expect(openai.asked).toEqual([]);
    expect(onFailure.mock.calls.map(([source, error]) => [source, error.code])).toEqual([['gguf', 'unavailable']]);
  });

  it.each([
    ['nowhere, where the GGUF answered', { gguf: answering('gguf'), openai: answering('openai') }, undefined],
    ['to OpenAI, where it answered', { gguf: failing, openai: answering('openai') }, use],
    ['to OpenAI, where it got it and did not answer', { gguf: null, openai: failingWith('unconfirmed') }, use],
    ['nowhere, where OpenAI was never reached', { gguf: null, openai: failingWith('unavailable') }, undefined],
    ['nowhere, where OpenAI is off', { gguf: failing, openai: null }, undefined],
  ])('says that the text went %s', async (_where, parts, cloud) => {
    const { classify } = createClassifierChain({ ...parts, builtin: answering('builtin') });
    expect((await classify('text', anywhere)).cloud).toEqual(cloud);
  });

  it('goes on to the built-in model where OpenAI cannot be reached', async () => {
    const parts = { gguf: null, openai: failingWith('unavailable'), builtin: answering('builtin') };
    expect((await createClassifierChain(parts).classify('text', anywhere)).source).toBe('builtin');
  });

  it('sends nobody to OpenAI from a GGUF that is only busy: who would wait longer than 20 s is answered here', async () => {
    vi.useFakeTimers();
    const [openai, builtin] = [answering('openai'), answering('builtin')];
    const gguf = createGgufClassifier({ path: '/models/a.gguf', loadModel: async () => modelTaking(8_000) });
    const { classify } = createClassifierChain({ gguf, openai, builtin });
    const answers = Promise.all(['one', 'two', 'three', 'four'].map((text) => classify(text, anywhere)));
    await vi.advanceTimersByTimeAsync(32_000);
    expect((await answers).map(({ source }) => source)).toEqual(['gguf', 'gguf', 'builtin', 'builtin']);
    expect(openai.asked).toEqual([]);
  });
});

/** `ms` a ticket. */
function modelTaking(ms: number): GgufModel {
  const scores = { Task: 0, Bug: 1, Incident: 0, 'Feature Request': 0, Question: 0 };
  const read = () =>
    new Promise<Reading>((resolve) => {
      setTimeout(() => resolve({ scores, state: [], evaluatedTokens: 1 }), ms);
    });
  return { device: 'cpu', memoryBytes: 0, read, dispose: async () => {} };
}

describe('a text that is kept from the cloud', () => {
  it.each(['unavailable', 'model_failed', 'bad_response'] as const)(
    'goes to the built-in model where the GGUF fails by %s, and nobody says that it was sent',
    async (code) => {
      const openai = answering('openai');
      const parts = { gguf: failingWith(code), openai, builtin: answering('builtin') };
      const answer = await createClassifierChain(parts).classify('text', { mayUseCloud: false });
      expect([answer.source, answer.cloud, openai.asked]).toEqual(['builtin', undefined, []]);
    },
  );

  it('is a task without a source where nothing else could answer', async () => {
    const openai = answering('openai');
    const { classify } = createClassifierChain({ gguf: null, openai, builtin: null });
    expect([(await classify('text', { mayUseCloud: false })).source, openai.asked]).toEqual(['none', []]);
  });
});
