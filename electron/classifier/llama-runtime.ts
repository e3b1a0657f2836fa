import { availableParallelism } from 'node:os';
import type { Llama } from 'node-llama-cpp';
import { letHeaderReaderYield } from './yielding-header-reader.ts';

let runtime: Promise<Llama> | null = null;

/**
 * llama.cpp, on the GPU where there is one, unless the first call says `gpu: false`. One for the whole process, never disposed of: its native half is, too,
 * and once that is disposed of, a second one has no logger any more and writes to stderr.
 * @throws NoBinaryFoundError of node-llama-cpp where it has no binary for this machine
 */
export function llamaRuntime(gpu: 'auto' | false = 'auto'): Promise<Llama> {
  runtime ??= start(gpu);
  return runtime;
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
