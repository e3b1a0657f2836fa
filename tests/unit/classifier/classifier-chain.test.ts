import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClassifierChain } from '../../../electron/classifier/classifier-chain.ts';
import type { LabelSource } from '../../../electron/classifier/label-source.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Source } from '../../../shared/ticket.ts';

function answering(source: Source): LabelSource & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async classify(text) {
      asked.push(text);
      return { label: 'Bug', confidence: 0.5, probabilities: null, source, model: 'm', ms: 1 };
    },
  };
}

const failing: LabelSource = {
  async classify() {
    throw new AppError('model_failed', 'The model is broken.');
  },
};

afterEach(() => {
  vi.useRealTimers();
});

describe('the chain', () => {
  it('takes the answer of a GGUF as final and asks nobody else', async () => {
    const [openai, builtin] = [answering('openai'), answering('builtin')];
    const { classify } = createClassifierChain({ gguf: answering('gguf'), openai, builtin });
    expect((await classify('a secret')).source).toBe('gguf');
    expect([...openai.asked, ...builtin.asked]).toEqual([]);
  });

  it('asks OpenAI where the GGUF could not answer and the user turned it on', async () => {
    const { classify } = createClassifierChain({ gguf: failing, openai: answering('openai'), builtin: null });
    expect((await classify('text')).source).toBe('openai');
  });

  it('falls back to the built-in model where there is nothing else', async () => {
    const { classify } = createClassifierChain({ gguf: failing, openai: null, builtin: answering('builtin') });
    expect((await classify('text')).source).toBe('builtin');
  });

  it('answers Task when every source fails, and tells of each failure', async () => {
    const onFailure = vi.fn();
    const parts = { gguf: failing, openai: failing, builtin: failing };
    const answer = await createClassifierChain({ ...parts, onFailure }).classify('a secret');
    expect(answer).toMatchObject({ label: 'Task', source: 'none', model: null, confidence: null });
    expect(onFailure.mock.calls.map(([source, error]) => [source, error.code])).toEqual([
      ['gguf', 'model_failed'],
      ['openai', 'model_failed'],
      ['builtin', 'model_failed'],
    ]);
    expect(JSON.stringify(onFailure.mock.calls)).not.toContain('secret');
  });

  it('does not reject for what nobody foresaw', async () => {
    const onFailure = vi.fn();
    const odd: LabelSource = { classify: () => Promise.reject(new TypeError('odd')) };
    await createClassifierChain({ gguf: odd, openai: null, builtin: null, onFailure }).classify('text');
    expect(onFailure.mock.calls[0]?.[1].code).toBe('bug');
  });

  it('goes on when the GGUF takes longer than its limit, and lets it know', async () => {
    vi.useFakeTimers();
    let signal: AbortSignal | undefined;
    const onFailure = vi.fn();
    const slow: LabelSource = {
      classify(_text, given) {
        signal = given;
        return new Promise(() => {});
      },
    };
    const parts = { gguf: slow, openai: null, builtin: answering('builtin'), onFailure };
    const answer = createClassifierChain(parts).classify('text');
    await vi.advanceTimersByTimeAsync(19_999);
    expect(onFailure).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect((await answer).source).toBe('builtin');
    expect(signal?.aborted).toBe(true);
    expect(onFailure.mock.calls[0]?.[1].message).toContain('20 s');
  });
});
