// A process of its own: serves one GGUF, tells what one would take, or looks at files. Started by `shell/start-host.ts`.

import { loadGgufModel } from '../classifier/gguf/gguf-model.ts';
import { answerCalls, type MessageLine } from '../classifier/gguf/host-calls.ts';
import { createModelMethods } from '../classifier/gguf/hosted-model.ts';
import { llamaRuntime } from '../classifier/gguf/llama-runtime.ts';
import { skipSelfTest } from '../classifier/gguf/skip-self-test.ts';
import { keepFilesPrivate } from '../files/private-files.ts';
import { downloadModel } from '../model-library/download-model.ts';
import { estimateMemory } from '../model-library/estimate-memory.ts';
import { createFileMethods } from '../model-library/hosted-files.ts';
import { createModelFiles } from '../model-library/model-files.ts';
import { extraCertificatesPath, trustExtraCertificates } from '../network/extra-certificates.ts';

// Chromium's zygote, from which it comes, is older than the program's own umask.
keepFilesPrivate();
skipSelfTest();
// What is wrong with them the main process has said.
trustExtraCertificates(extraCertificatesPath(process.env));

const methods = createModelMethods({
  prepare: async () => void (await llamaRuntime()),
  load: loadGgufModel,
  measure: async () => ({ ram: process.memoryUsage.rss(), vram: (await (await llamaRuntime()).getVramState()).used }),
});
const files = createFileMethods(createModelFiles());
answerCalls(parentLine(), Object.assign(methods, files, { estimate: estimateMemory, download: downloadModel }));

/** What Electron adds to `process` in a utility process. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** The line to whoever started this process: Electron's main process, or Node on the command line. */
function parentLine(): MessageLine {
  const port: ParentPort | undefined = Reflect.get(process, 'parentPort');
  if (port !== undefined) {
    return {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
    };
  }
  // Whoever started it is gone, and nobody else would end it.
  process.on('disconnect', () => process.exit());
  return {
    post: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', listener),
  };
}
