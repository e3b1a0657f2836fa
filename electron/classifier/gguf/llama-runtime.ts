import { availableParallelism } from 'node:os';
import type { Llama } from 'node-llama-cpp';
import { isGpuOff } from '../../../shared/foreign-variables.ts';
import { llamaLibrary } from './llama-library.ts';
import { runtimeFailed } from './model-failures.ts';
import { letHeaderReaderYield } from './yielding-header-reader.ts';

let runtime: Promise<Llama> | null = null;

/**
 * llama.cpp, on the GPU where there is one, unless the first call says `gpu: false` or the environment
 * NODE_LLAMA_CPP_GPU=false, node-llama-cpp's own name for it, which it reads only where no `gpu` is given. One for the whole process, never disposed of: its native half is, too,
 * and once that is disposed of, a second one has no logger any more and writes to stderr.
 * @throws AppError `model_failed` where it cannot be started here; then the next call tries again
 */
export function llamaRuntime(gpu = gpuWanted()): Promise<Llama> {
  runtime ??= start(gpu).catch((thrown: unknown) => {
    runtime = null;
    throw runtimeFailed(thrown);
  });
  return runtime;
}

function gpuWanted(): 'auto' | false {
  return isGpuOff(process.env) ? false : 'auto';
}

async function start(gpu: 'auto' | false): Promise<Llama> {
  // The import holds the event loop for 200 to 300 ms, once. Hence before anything else: nobody is connected yet.
  const { getLlama, LlamaLogLevel } = await llamaLibrary();
  await letHeaderReaderYield();
  return getLlama({
    gpu,
    build: 'never',
    // The library's own default is at least 4, which on 2 cores is many times slower.
    maxThreads: availableParallelism(),
    logLevel: LlamaLogLevel.error,
    logger: () => {},
  });
}
