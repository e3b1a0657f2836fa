import { describe, expect, it, vi } from 'vitest';
import { createGgufClassifier } from '../../../electron/classifier/gguf-classifier.ts';
import type { GgufModel } from '../../../electron/classifier/gguf-model.ts';
import type { LabelScores } from '../../../electron/classifier/label-scoring.ts';
import type { ModelState } from '../../../electron/classifier/model-state.ts';

const scores: LabelScores = { Task: 0, Bug: 2, Incident: 0, 'Feature Request': 0, Question: 0 };

/** A model whose answers are given by hand, one call of `answer` a ticket. */
function modelByHand() {
  const waiting: (() => void)[] = [];
  const asked: string[] = [];
  const dispose = vi.fn(async () => {});
  const model: GgufModel = {
    device: 'cpu',
    score(ticket) {
      asked.push(ticket);
      return new Promise((resolve) => {
        waiting.push(() => resolve({ scores, evaluatedTokens: 1 }));
      });
    },
    dispose,
  };
  return { model, asked, dispose, answer: () => vi.waitFor(() => (waiting.shift() ?? fail())()) };
}

function fail(): never {
  throw new Error('nobody is waiting');
}

describe('the GGUF classifier', () => {
  it('loads once, for however many tickets, and tells of it', async () => {
    const states: ModelState[] = [];
    const { model, answer } = modelByHand();
    const loadModel = vi.fn(async () => model);
    const gguf = createGgufClassifier({ path: '/models/a.gguf', onState: (state) => states.push(state), loadModel });
    const answers = [gguf.classify('one'), gguf.classify('two'), gguf.load()];
    await answer();
    await answer();
    await Promise.all(answers);
    expect(loadModel).toHaveBeenCalledTimes(1);
    expect(states).toEqual([
      { state: 'loading', file: 'a.gguf' },
      { state: 'loaded', file: 'a.gguf', device: 'cpu' },
    ]);
  });

  it('asks the model for one ticket at a time, in order', async () => {
    const { model, asked, answer } = modelByHand();
    const gguf = createGgufClassifier({ path: '/models/a.gguf', loadModel: async () => model });
    const first = gguf.classify('first');
    const second = gguf.classify('second');
    await vi.waitFor(() => expect(asked).toEqual(['first']));
    await answer();
    expect(await first).toMatchObject({ label: 'Bug', source: 'gguf', model: 'a.gguf' });
    await vi.waitFor(() => expect(asked).toEqual(['first', 'second']));
    await answer();
    await second;
  });

  it('drops a ticket that nobody waits for any more', async () => {
    const { model, asked, answer } = modelByHand();
    const gguf = createGgufClassifier({ path: '/models/a.gguf', loadModel: async () => model });
    const stop = new AbortController();
    const first = gguf.classify('first');
    const late = gguf.classify('late', stop.signal);
    stop.abort();
    await answer();
    await first;
    await expect(late).rejects.toMatchObject({ code: 'model_failed' });
    expect(asked).toEqual(['first']);
  });

  it('fails every ticket with the reason why the model could not be loaded', async () => {
    const states: ModelState[] = [];
    const loadModel = () => Promise.reject(new Error('unknown model architecture: frog'));
    const gguf = createGgufClassifier({ path: '/models/a.gguf', onState: (state) => states.push(state), loadModel });
    await gguf.load();
    await expect(gguf.classify('text')).rejects.toMatchObject({
      code: 'model_failed',
      message: expect.stringContaining('unknown model architecture: frog'),
    });
    expect(states.at(-1)).toMatchObject({ state: 'failed', file: 'a.gguf', error: { code: 'model_failed' } });
  });

  it('waits for the ticket in hand when it is disposed of, and refuses those in the queue', async () => {
    const { model, asked, answer, dispose } = modelByHand();
    const gguf = createGgufClassifier({ path: '/models/a.gguf', loadModel: async () => model });
    const first = gguf.classify('first');
    const second = gguf.classify('second');
    await vi.waitFor(() => expect(asked).toEqual(['first']));
    const disposed = gguf.dispose();
    const refused = expect(second).rejects.toMatchObject({ code: 'model_failed' });
    expect(dispose).not.toHaveBeenCalled();
    await answer();
    await Promise.all([first, refused, disposed]);
    expect(dispose).toHaveBeenCalledTimes(1);
  });
});
