import { describe, expect, it } from 'vitest';
import { answerCalls, createHostCalls, type MessageLine } from '../../../../electron/classifier/gguf/host-calls.ts';
import { AppError } from '../../../../shared/errors.ts';

/** Two ends of one line; what goes over it is copied, as between processes. */
function aLine(): [MessageLine, MessageLine] {
  const listeners: ((message: unknown) => void)[][] = [[], []];
  const end = (own: number): MessageLine => ({
    post(message) {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => {
        for (const listener of listeners[1 - own] ?? []) listener(copy);
      });
    },
    onMessage: (listener) => void listeners[own]?.push(listener),
  });
  return [end(0), end(1)];
}

describe('calls to another process', () => {
  it('give what the method gives, in whatever order', async () => {
    const [here, there] = aLine();
    let release: () => void = () => {};
    const waits = new Promise<void>((resolve) => {
      release = resolve;
    });
    answerCalls(there, {
      add: async ([one, other]) => Number(one) + Number(other),
      wait: async () => waits.then(() => 'late'),
    });
    const { call } = createHostCalls(here);
    const late = call('wait', []);
    expect(await call('add', [1, 2])).toBe(3);
    release();
    expect(await late).toBe('late');
  });

  it('keep the code of an AppError, and the name of any other', async () => {
    const [here, there] = aLine();
    class InsufficientMemoryError extends Error {}
    answerCalls(there, {
      refuse: () => Promise.reject(new AppError('model_failed', 'It is broken.')),
      run: () => Promise.reject(new InsufficientMemoryError('too large')),
    });
    const { call } = createHostCalls(here);
    await expect(call('refuse', [])).rejects.toMatchObject({ code: 'model_failed', message: 'It is broken.' });
    await expect(call('run', [])).rejects.toMatchObject({ name: 'InsufficientMemoryError', message: 'too large' });
    await expect(call('nothing', [])).rejects.toMatchObject({ code: 'bug' });
  });

  it('tell what happens meanwhile, and end with the reason of the signal', async () => {
    const [here, there] = aLine();
    answerCalls(there, {
      work: (_args, { signal, tell }) => {
        tell('begun');
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
      },
    });
    const { call } = createHostCalls(here);
    const stop = new AbortController();
    const reason = new Error('nobody waits any more');
    const events: unknown[] = [];
    const onEvent = (event: unknown) => {
      events.push(event);
      stop.abort(reason);
    };
    await expect(call('work', [], { signal: stop.signal, onEvent })).rejects.toBe(reason);
    expect(events).toEqual(['begun']);
    await expect(call('work', [], { signal: stop.signal })).rejects.toBe(reason);
  });

  it('fail, open ones and later ones, where the process has ended', async () => {
    const [here] = aLine();
    const { call, fail } = createHostCalls(here);
    const open = call('anything', []);
    fail(new Error('It crashed.'));
    await expect(open).rejects.toThrow('It crashed.');
    await expect(call('anything', [])).rejects.toThrow('It crashed.');
  });

  it('end with the reason of the signal also where the process ends instead of answering', async () => {
    const [here] = aLine();
    const { call, fail } = createHostCalls(here);
    const stop = new AbortController();
    const open = call('anything', [], { signal: stop.signal });
    const reason = new Error('nobody waits any more');
    stop.abort(reason);
    fail(new Error('It crashed.'));
    await expect(open).rejects.toBe(reason);
  });
});
