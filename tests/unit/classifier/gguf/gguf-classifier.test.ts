import { afterEach, describe, expect, it, vi } from 'vitest';
import { createGgufClassifier } from '../../../../electron/classifier/gguf/gguf-classifier.ts';
import type { GgufModel, loadGgufModel } from '../../../../electron/classifier/gguf/gguf-model.ts';
import { crash } from '../../../../electron/classifier/gguf/model-failures.ts';
import type { LabelScores } from '../../../../electron/classifier/scoring/label-scoring.ts';
import type { ModelState } from '../../../../electron/classifier/scoring/model-state.ts';
import { AppError } from '../../../../shared/errors.ts';

const scores: LabelScores = { Task: 0, Bug: 2, Incident: 0, 'Feature Request': 0, Question: 0 };

/** A model whose answers are given by hand, one call a ticket: of `answer`, or of `answerNow` where time is faked. */
function modelByHand() {
  const waiting: (() => void)[] = [];
  const asked: string[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  const dispose = vi.fn(async () => {});
  const model: GgufModel = {
    device: 'cpu',
    memoryBytes: 0,
    read(ticket, signal) {
      asked.push(ticket);
      signals.push(signal);
      return new Promise((resolve) => {
        waiting.push(() => resolve({ scores, state: [], evaluatedTokens: 1 }));
      });
    },
    dispose,
  };
  const answerNow = () => (waiting.shift() ?? fail())();
  return { model, asked, signals, dispose, answerNow, answer: () => vi.waitFor(answerNow) };
}

function fail(): never {
  throw new Error('nobody is waiting');
}

describe('the GGUF classifier', () => {
  it('is disposed of although its reading hangs', async () => {
    const { model, dispose, asked } = modelByHand();
    const gguf = createGgufClassifier({ path: '/models/a.gguf', loadModel: async () => model });
    gguf.classify('one').catch(() => {});
    await vi.waitFor(() => expect(asked).toEqual(['one']));
    await gguf.dispose();
    expect(dispose).toHaveBeenCalledTimes(1);
  });

  it('refuses an answer that is not a number, so that the next in line answers', async () => {
    const { model } = modelByHand();
    const read = async () => ({ scores: { ...scores, Bug: Number.NaN }, state: [], evaluatedTokens: 1 });
    const gguf = createGgufClassifier({ path: '/models/a.gguf', loadModel: async () => ({ ...model, read }) });
    const message = expect.stringContaining('not a number');
    await expect(gguf.classify('one')).rejects.toMatchObject({ code: 'model_failed', message });
  });

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

  it('fails every ticket with the reason why the model could not be loaded', async () => {
    const states: ModelState[] = [];
    const loadModel = () => Promise.reject(new Error('unknown model architecture: frog'));
    const gguf = createGgufClassifier({ path: '/models/a.gguf', onState: (state) => states.push(state), loadModel });
    await gguf.load();
    await expect(gguf.classify('text')).rejects.toMatchObject({
      code: 'model_failed',
      message: expect.stringContaining('unknown model architecture: frog'),
    });
    expect(states.at(-1)).toMatchObject({
      state: 'failed',
      file: 'a.gguf',
      error: { code: 'model_failed' },
      isLoaded: false,
    });
  });

  it('waits for the ticket in hand when it is disposed of, and refuses those in the queue', async () => {
    const { model, asked, answer, dispose } = modelByHand();
    const gguf = createGgufClassifier({ path: '/models/a.gguf', loadModel: async () => model });
    const first = gguf.classify('first');
    const second = gguf.classify('second');
    await vi.waitFor(() => expect(asked).toEqual(['first']));
    const disposed = gguf.dispose();
    const refused = expect(second).rejects.toMatchObject({ code: 'unavailable' });
    expect(dispose).not.toHaveBeenCalled();
    await answer();
    await Promise.all([first, refused, disposed]);
    expect(dispose).toHaveBeenCalledTimes(1);
  });
});

describe("the GGUF classifier's time limit", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  function classifierByHand(given: { loadModel?: () => Promise<GgufModel> } = {}) {
    vi.useFakeTimers();
    const states: ModelState[] = [];
    const byHand = modelByHand();
    const loadModel = given.loadModel ?? (async () => byHand.model);
    const gguf = createGgufClassifier({ path: '/models/a.gguf', onState: (state) => states.push(state), loadModel });
    return { ...byHand, gguf, states };
  }

  it('is for waiting and answering together, so nobody waits longer', async () => {
    const { gguf, asked, answerNow, states } = classifierByHand();
    const first = gguf.classify('first');
    const message = expect.stringContaining('busy');
    const late = expect(gguf.classify('second')).rejects.toMatchObject({ code: 'unavailable', message });
    await vi.advanceTimersByTimeAsync(19_000);
    answerNow();
    await first;
    await vi.advanceTimersByTimeAsync(999);
    expect(asked).toEqual(['first', 'second']);
    await vi.advanceTimersByTimeAsync(1);
    await late;
    // It had only a second: the model is busy, not slow.
    expect(states.at(-1)).toMatchObject({ state: 'loaded' });
  });

  it('refuses a ticket whose turn did not come in time as busy, and never asks the model for it', async () => {
    const { gguf, asked, answerNow } = classifierByHand();
    await gguf.load();
    const slow = expect(gguf.classify('first')).rejects.toMatchObject({ code: 'model_failed' });
    const late = expect(gguf.classify('second')).rejects.toMatchObject({ code: 'unavailable' });
    await vi.advanceTimersByTimeAsync(20_000);
    await Promise.all([slow, late]);
    answerNow();
    await vi.runAllTimersAsync();
    expect(asked).toEqual(['first']);
  });

  it('takes no more than a hundred tickets at once', async () => {
    const { gguf } = classifierByHand();
    const taken = Array.from({ length: 100 }, (_, index) => gguf.classify(`ticket ${index}`).catch(() => {}));
    const message = expect.stringContaining('100 tickets waiting');
    await expect(gguf.classify('one more')).rejects.toMatchObject({ code: 'unavailable', message });
    await vi.advanceTimersByTimeAsync(20_000);
    await Promise.all(taken);
  });

  it('says that the model is too slow, and that it is well again at the next answer in time', async () => {
    const { gguf, asked, answerNow, states } = classifierByHand();
    await gguf.load();
    const slow = expect(gguf.classify('slow')).rejects.toMatchObject({ code: 'model_failed' });
    await vi.advanceTimersByTimeAsync(19_999);
    expect(states.at(-1)).toMatchObject({ state: 'loaded' });
    await vi.advanceTimersByTimeAsync(1);
    await slow;
    const error = expect.objectContaining({ code: 'model_failed', message: expect.stringMatching(/too slow.*20 s/) });
    expect(states.at(-1)).toEqual({ state: 'failed', file: 'a.gguf', error, isLoaded: true });
    const next = gguf.classify('next');
    answerNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual(['slow', 'next']);
    expect(states.at(-1)).toMatchObject({ state: 'failed' });
    answerNow();
    await next;
    expect(states.map(({ state }) => state)).toEqual(['loading', 'loaded', 'failed', 'loaded']);
    expect(states.at(-1)).toEqual({ state: 'loaded', file: 'a.gguf', device: 'cpu' });
  });

  it('tells the model to stop with a ticket that took too long', async () => {
    const { gguf, signals } = classifierByHand();
    await gguf.load();
    const slow = expect(gguf.classify('slow')).rejects.toMatchObject({ code: 'model_failed' });
    await vi.advanceTimersByTimeAsync(20_000);
    await slow;
    expect(signals[0]?.aborted).toBe(true);
  });

  it('holds for what is left of loading too, and does not call a model slow that is still loading', async () => {
    const { model, answerNow } = modelByHand();
    let loaded: (model: GgufModel) => void = fail;
    const loadModel = () => new Promise<GgufModel>((resolve) => (loaded = resolve));
    const { gguf, states } = classifierByHand({ loadModel });
    for (const text of ['first', 'second']) {
      const message = expect.stringContaining('still loading');
      const ticket = expect(gguf.classify(text)).rejects.toMatchObject({ code: 'unavailable', message });
      await vi.advanceTimersByTimeAsync(20_000);
      await ticket;
    }
    loaded(model);
    const third = gguf.classify('third');
    await vi.advanceTimersByTimeAsync(0);
    answerNow();
    expect(await third).toMatchObject({ source: 'gguf' });
    expect(states.map(({ state }) => state)).toEqual(['loading', 'loaded']);
  });
});

describe('a GGUF that is on its way', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const refused = { code: 'unavailable' };
  const crashed = () => new AppError('model_failed', 'llama.cpp crashed.', { cause: crash });

  it('is busy for a ticket that waited for it to be loaded, and was then not read in time', async () => {
    vi.useFakeTimers();
    const { model } = modelByHand();
    const states: ModelState[] = [];
    const loadModel = () => new Promise<GgufModel>((resolve) => setTimeout(() => resolve(model), 19_000));
    const gguf = createGgufClassifier({ path: '/models/a.gguf', loadModel, onState: (state) => states.push(state) });
    const ticket = expect(gguf.classify('text')).rejects.toMatchObject(refused);
    await vi.advanceTimersByTimeAsync(20_000);
    await ticket;
    expect(states.at(-1)).toMatchObject({ state: 'loaded' });
  });

  it('is busy for a ticket that comes while it is unloaded', async () => {
    vi.useFakeTimers();
    const { model, answerNow } = modelByHand();
    const dispose = () => new Promise<void>(() => {});
    const gguf = createGgufClassifier({ path: '/models/a.gguf', loadModel: async () => ({ ...model, dispose }) });
    const first = gguf.classify('first');
    await vi.advanceTimersByTimeAsync(0);
    answerNow();
    await first;
    void gguf.unload();
    const ticket = expect(gguf.classify('text')).rejects.toMatchObject(refused);
    await vi.advanceTimersByTimeAsync(20_000);
    await ticket;
  });

  it('is busy for the ticket in hand when its process crashes, and absent after the third crash', async () => {
    const { model } = modelByHand();
    let crashNow: () => void = fail;
    const loadModel: typeof loadGgufModel = async (_path, { onEnd }) => ({
      ...model,
      read: () =>
        new Promise((_resolve, reject) => {
          crashNow = () => {
            const error = crashed();
            reject(error);
            onEnd?.(error);
          };
        }),
    });
    const gguf = createGgufClassifier({ path: '/models/a.gguf', loadModel });
    for (const code of ['unavailable', 'unavailable', 'model_failed']) {
      await gguf.load();
      const ticket = expect(gguf.classify('text')).rejects.toMatchObject({ code });
      await vi.waitFor(() => {
        crashNow();
        crashNow = fail;
      });
      await ticket;
    }
    await expect(gguf.classify('text')).rejects.toMatchObject({ code: 'model_failed' });
  });

  it('is loaded again where its process crashes while it is loaded, three times at most', async () => {
    const { model, answer } = modelByHand();
    let crashes = 1;
    const loadModel = vi.fn(async () => {
      crashes -= 1;
      if (crashes >= 0) throw crashed();
      return model;
    });
    const well = createGgufClassifier({ path: '/models/a.gguf', loadModel });
    await well.load();
    const ticket = well.classify('text');
    await answer();
    expect(await ticket).toMatchObject({ source: 'gguf' });
    expect(loadModel).toHaveBeenCalledTimes(2);

    crashes = 100;
    loadModel.mockClear();
    const ill = createGgufClassifier({ path: '/models/a.gguf', loadModel });
    await expect(ill.classify('text')).rejects.toMatchObject({
      code: expect.stringMatching(/unavailable|model_failed/),
    });
    await ill.load();
    await expect(ill.classify('text')).rejects.toMatchObject({ code: 'model_failed' });
    expect(loadModel).toHaveBeenCalledTimes(3);
  });

  it('is busy for the ticket in hand where its process is ended because it is disposed of', async () => {
    vi.useFakeTimers();
    const { model } = modelByHand();
    let end = () => {};
    const read = () =>
      new Promise<never>((_resolve, reject) => {
        end = () => reject(crashed());
      });
    const gguf = createGgufClassifier({
      path: '/models/a.gguf',
      loadModel: async () => ({ ...model, read, dispose: async () => end() }),
    });
    const ticket = expect(gguf.classify('text')).rejects.toMatchObject(refused);
    await vi.advanceTimersByTimeAsync(0);
    const disposed = gguf.dispose();
    await vi.advanceTimersByTimeAsync(2_000);
    await disposed;
    await ticket;
  });

  it('is not loaded before there is room for it, and its tickets wait no longer than any', async () => {
    vi.useFakeTimers();
    const { model } = modelByHand();
    const loadModel = vi.fn(async () => model);
    let makeRoom = () => {};
    const loadAfter = new Promise<void>((resolve) => {
      makeRoom = resolve;
    });
    const gguf = createGgufClassifier({ path: '/models/a.gguf', loadModel, loadAfter });
    const ticket = expect(gguf.classify('text')).rejects.toMatchObject(refused);
    await vi.advanceTimersByTimeAsync(20_000);
    await ticket;
    expect(loadModel).not.toHaveBeenCalled();
    makeRoom();
    await vi.advanceTimersByTimeAsync(0);
    expect(loadModel).toHaveBeenCalledTimes(1);
    await gguf.dispose();
  });
});

describe("the GGUF classifier's memory", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  function idleAfter(idleMs: number | null) {
    vi.useFakeTimers();
    const states: ModelState[] = [];
    const byHand = modelByHand();
    const loadModel = vi.fn(async () => byHand.model);
    const gguf = createGgufClassifier({
      path: '/models/a.gguf',
      idleMs,
      onState: (state) => states.push(state),
      loadModel,
    });
    return { ...byHand, gguf, states, loadModel };
  }

  it('is freed after a while without tickets, and taken again for the next', async () => {
    const { gguf, states, dispose, loadModel, answerNow } = idleAfter(60_000);
    await gguf.load();
    await vi.advanceTimersByTimeAsync(59_000);
    const first = gguf.classify('first');
    await vi.advanceTimersByTimeAsync(0);
    answerNow();
    await first;
    await vi.advanceTimersByTimeAsync(59_999);
    expect(dispose).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(dispose).toHaveBeenCalledTimes(1);
    expect(states.at(-1)).toEqual({ state: 'unloaded', file: 'a.gguf' });
    const next = gguf.classify('next');
    await vi.advanceTimersByTimeAsync(0);
    answerNow();
    expect(await next).toMatchObject({ source: 'gguf' });
    expect(loadModel).toHaveBeenCalledTimes(2);
  });

  it('is kept for ever where no time is set', async () => {
    const { gguf, dispose } = idleAfter(null);
    await gguf.load();
    await vi.advanceTimersByTimeAsync(24 * 60 * 60_000);
    expect(dispose).not.toHaveBeenCalled();
  });

  it('is not waited for where it never comes: unloading ends the load, and the next ticket begins another', async () => {
    vi.useFakeTimers();
    const { model, answerNow } = modelByHand();
    const states: ModelState['state'][] = [];
    let isHung = true;
    const loadModel: typeof loadGgufModel = (_path, { signal }) =>
      isHung
        ? new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        : Promise.resolve(model);
    const gguf = createGgufClassifier({
      path: '/models/a.gguf',
      loadModel,
      onState: ({ state }) => states.push(state),
    });
    const refused = { code: 'unavailable', message: 'The model a.gguf was unloaded.' };
    const ticket = expect(gguf.classify('in hand')).rejects.toMatchObject(refused);
    await vi.advanceTimersByTimeAsync(0);
    await gguf.unload();
    await ticket;
    expect(states).toEqual(['loading', 'unloaded']);
    isHung = false;
    const next = gguf.classify('next');
    await vi.advanceTimersByTimeAsync(0);
    answerNow();
    expect(await next).toMatchObject({ source: 'gguf' });
    expect(states).toEqual(['loading', 'unloaded', 'loading', 'loaded']);
  });

  it('is freed at once when a person wants that, but not under a ticket', async () => {
    const { gguf, dispose, answerNow } = idleAfter(null);
    const ticket = gguf.classify('in hand');
    await vi.advanceTimersByTimeAsync(0);
    const unloading = gguf.unload();
    await vi.advanceTimersByTimeAsync(0);
    expect(dispose).not.toHaveBeenCalled();
    answerNow();
    await Promise.all([ticket, unloading]);
    expect(dispose).toHaveBeenCalledTimes(1);
  });
});
