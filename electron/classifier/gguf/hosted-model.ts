import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../../shared/errors.ts';
import type { ModelMemory } from '../scoring/model-memory.ts';
import { aborted } from './aborted.ts';
import type { GgufModel, loadGgufModel } from './gguf-model.ts';
import { createHostCalls, type HostMethod, type StartHost } from './host-calls.ts';
import { crash, howEnded, runtimeCrashed } from './model-failures.ts';

/** What crosses the line of a model that was loaded: its plain values, and which methods can be called. */
interface LoadedModel {
  values: Record<string, unknown>;
  methods: string[];
  memory: ModelMemory;
}

/** Milliseconds for a process to end that was killed. */
const endPatienceMs = 2_000;

/** Stands among a call's arguments where its AbortSignal was. */
const signalMark = { isSignal: true };

/**
 * Loads GGUFs each in a process of its own, so that a crash of llama.cpp ends neither this process nor what it has in
 * hand, and so that the memory is free again when the model is unloaded. Where such a process ended before llama.cpp
 * stood, which is what a bad GPU driver does to it, the next one does without the GPU. `check`: rejects for a file that no
 * process is to be started for.
 */
export function createHostedLoader(
  startHost: StartHost,
  check: (path: string) => Promise<void> = async () => {},
): typeof loadGgufModel {
  let withoutGpu = false;
  return async function loadHosted(path, given): Promise<GgufModel> {
    const { signal, onLog, onEnd } = given;
    await Promise.race([check(path), aborted(signal)]);
    const host = startHost(withoutGpu ? { NODE_LLAMA_CPP_GPU: 'false' } : {});
    const calls = createHostCalls(host);
    let isWanted = true;
    let isPrepared = false;
    let isReady = false;
    const ended = new Promise<void>((resolve) => {
      host.onExit((code) => {
        const error = isPrepared ? crashed(path, code) : runtimeCrashed(code);
        calls.fail(error);
        if (isWanted && isReady) onEnd?.(error);
        resolve();
      });
    });
    const end = async () => {
      isWanted = false;
      host.kill();
      // What waits for a share that hangs may not end at all.
      await Promise.race([ended, delay(endPatienceMs, undefined, { ref: false })]);
    };
    const stop = () => {
      calls.fail(signal.reason);
      void end();
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      try {
        await calls.call('prepare', []);
        isPrepared = true;
      } catch (thrown) {
        if (signal.aborted || withoutGpu) throw thrown;
        withoutGpu = true;
        await end();
        return await loadHosted(path, given);
      }
      const loaded = (await calls.call('load', [path], { onEvent: (line) => onLog(String(line)) })) as LoadedModel;
      isReady = true;
      return proxyOf(loaded, calls.call, end);
    } catch (thrown) {
      await end();
      throw thrown;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
}

function proxyOf(
  { values, methods, memory }: LoadedModel,
  call: ReturnType<typeof createHostCalls>['call'],
  end: () => Promise<void>,
): GgufModel {
  const remote = methods.map((name) => [
    name,
    (...args: unknown[]) => {
      const signal = args.find((each) => each instanceof AbortSignal);
      const sent = args.map((each) => (each instanceof AbortSignal ? signalMark : each));
      return call(`model.${name}`, sent, { signal });
    },
  ]);
  // The host gave every member of its own GgufModel.
  return { ...values, ...Object.fromEntries(remote), memory, dispose: end } as unknown as GgufModel;
}

/** The host's half: what a process that serves one model answers. `measure`: the memory that is taken now. */
export function createModelMethods({
  prepare,
  load,
  measure,
}: {
  prepare(): Promise<void>;
  load: typeof loadGgufModel;
  measure(): Promise<ModelMemory>;
}): Record<string, HostMethod> {
  const methods: Record<string, HostMethod> = {
    prepare: async () => prepare(),
    async load([path], { signal, tell }) {
      const before = await measure();
      const model = await load(String(path), { signal, onLog: tell });
      const after = await measure();
      const values: Record<string, unknown> = {};
      const names: string[] = [];
      for (const [name, member] of Object.entries(model)) {
        if (typeof member !== 'function') values[name] = member;
        else if (name !== 'dispose') {
          names.push(name);
          methods[`model.${name}`] = async (args, context) =>
            member(...args.map((each) => (isMark(each) ? context.signal : each)));
        }
      }
      const memory = { ram: Math.max(0, after.ram - before.ram), vram: Math.max(0, after.vram - before.vram) };
      return { values, methods: names, memory } satisfies LoadedModel;
    },
  };
  return methods;
}

function isMark(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'isSignal' in value;
}

function crashed(path: string, code: number | null): AppError {
  const message = `llama.cpp crashed with the model ${basename(path)} (its process ${howEnded(code)}). Where it happens again, choose another GGUF file.`;
  return new AppError('model_failed', message, { cause: crash });
}
