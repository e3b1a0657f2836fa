// A process of its own: serves one GGUF, or tells what one would take. Started by `shell/start-host.ts`.

import { loadGgufModel } from '../classifier/gguf-model.ts';
import { answerCalls } from '../classifier/host-calls.ts';
import { createModelMethods } from '../classifier/hosted-model.ts';
import { llamaRuntime } from '../classifier/llama-runtime.ts';
import { skipSelfTest } from '../classifier/skip-self-test.ts';
import { extraCertificatesPath, trustExtraCertificates } from '../network/extra-certificates.ts';
import { keepFilesPrivate } from '../private-files.ts';
import { downloadModel } from './download-model.ts';
import { estimateMemory } from './estimate-memory.ts';
import { parentLine } from './parent-line.ts';

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
answerCalls(parentLine(), Object.assign(methods, { estimate: estimateMemory, download: downloadModel }));
