import { availableParallelism } from 'node:os';
import type { Llama } from 'node-llama-cpp';
import { letHeaderReaderYield } from './yielding-header-reader.ts';

let runtime: Promise<Llama> | null = null;

/**
 * llama.cpp, on the GPU where there is one, unless the first call says `gpu: false` or the environment
 * NODE_LLAMA_CPP_GPU=false, node-llama-cpp's own name for it, which it reads only where no `gpu` is given. One for the whole process, never disposed of: its native half is, too,
 * and once that is disposed of, a second one has no logger any more and writes to stderr.
 * @throws NoBinaryFoundError of node-llama-cpp where it has no binary for this machine
 */
export function llamaRuntime(gpu = gpuWanted()): Promise<Llama> {
  runtime ??= start(gpu);
  return runtime;
}

function gpuWanted(): 'auto' | false {
  const { NODE_LLAMA_CPP_GPU: wanted } = process.env;
  return wanted === 'false' ? false : 'auto';
}

async function start(gpu: 'auto' | false): Promise<Llama> {
  // The import holds the event loop for 200 to 300 ms, once. Hence before anything else: nobody is connected yet.
  const { getLlama, LlamaLogLevel } = await import('node-llama-cpp');
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
