import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdaptiveClassifier } from '../../electron/classifier/adaptive-classifier.ts';
import { createBuiltinClassifier } from '../../electron/classifier/builtin/builtin-classifier.ts';
import { createClassifierChain } from '../../electron/classifier/classifier-chain.ts';
import { createGgufClassifier } from '../../electron/classifier/gguf/gguf-classifier.ts';
import { createHostedLoader } from '../../electron/classifier/gguf/hosted-model.ts';
import { knownExamples } from '../../electron/classifier/measuring/known-examples.ts';
import { createOpenAiClassifier } from '../../electron/classifier/openai-classifier.ts';
import type { LabelSource } from '../../electron/classifier/scoring/label-source.ts';
import type { Classifier } from '../../electron/tickets/ports/classifier.ts';
import builtinWeights from '../../models/builtin.json' with { type: 'json' };
import { writeTinyGguf } from '../../tools/tiny-gguf.ts';
import { anywhere, createFakeClassifier } from '../fakes/classifier.ts';
import { createNodeHosts } from '../fakes/node-host.ts';
import { completion, startLoopbackOpenAi } from '../integration/classifier/loopback-openai.ts';
import { patienceMs } from '../patience.ts';
import { classifierContract } from './classifier.ts';

/** The port as one of its sources: all texts may go anywhere. */
function source({ classify }: Classifier): LabelSource {
  return { classify: (text) => classify(text, anywhere) };
}

classifierContract('the fake', async () => ({ classifier: source(createFakeClassifier()) }));

classifierContract('the built-in model', async () => ({ classifier: createBuiltinClassifier(builtinWeights) }));

classifierContract('the chain without any source', async () => ({
  classifier: source(createClassifierChain({ gguf: null, openai: null, builtin: null })),
}));

classifierContract('a GGUF', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gguf-contract-'));
  const path = join(folder, 'tiny.gguf');
  writeTinyGguf(path);
  const classifier = createGgufClassifier({ path, timeLimitMs: patienceMs });
  return {
    classifier,
    async dispose() {
      await classifier.dispose();
      rmSync(folder, { recursive: true });
    },
  };
});

classifierContract('a GGUF in a process of its own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hosted-contract-'));
  const path = join(folder, 'tiny.gguf');
  writeTinyGguf(path);
  const classifier = createGgufClassifier({
    path,
    timeLimitMs: patienceMs,
    loadModel: createHostedLoader(createNodeHosts().startHost),
  });
  return {
    classifier,
    async dispose() {
      await classifier.dispose();
      rmSync(folder, { recursive: true });
    },
  };
});
/** A model that knows nothing, beside a built-in one that knows nothing, used in one way. */
for (const strategy of ['prompt', 'probe', 'ensemble'] as const) {
  classifierContract(`a GGUF by ${strategy}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gguf-contract-'));
    const path = join(folder, 'tiny.gguf');
    writeTinyGguf(path);
    const classifier = createAdaptiveClassifier({
      path,
      strategy,
      builtin: createBuiltinClassifier(builtinWeights),
      examples: async () => (await knownExamples()).filter((_example, index) => index % 40 === 0),
      cacheFolder: join(folder, 'cache'),
    });
    await classifier.load();
    await classifier.settled();
    return {
      classifier,
      async dispose() {
        await classifier.dispose();
        rmSync(folder, { recursive: true });
      },
    };
  });
}

classifierContract('OpenAI', async () => {
  const server = await startLoopbackOpenAi(() => completion('{"label":"Incident"}'));
  const classifier = createOpenAiClassifier({ apiKey: 'sk-test', baseUrl: server.baseUrl, model: 'test' });
  return { classifier, dispose: server.stop };
});
