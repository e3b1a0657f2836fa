import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { type ClassifierOptions, createClassifier } from '../../../electron/classifier/classifier-from-settings.ts';
import { createHostedLoader } from '../../../electron/classifier/gguf/hosted-model.ts';
import type { ModelState } from '../../../electron/classifier/scoring/model-state.ts';
import { writeTinyGguf } from '../../../tools/tiny-gguf.ts';
import { anywhere } from '../../fakes/classifier.ts';
import { createNodeHosts } from '../../fakes/node-host.ts';
import { completion, startLoopbackOpenAi } from './loopback-openai.ts';

let folder: string;
let tiny: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'busy-'));
  tiny = join(folder, 'tiny.gguf');
  writeTinyGguf(tiny);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A classifier whose user allowed OpenAI, with a GGUF in a process of its own, asked for the label. */
async function aClassifier(change: Partial<ClassifierOptions> = {}) {
  const openai = await startLoopbackOpenAi(() => completion('{"label":"Task"}'));
  const { startHost, hosts } = createNodeHosts();
  const states: ModelState[] = [];
  const classifier = createClassifier({
    openai: { apiKey: 'sk-test', baseUrl: openai.baseUrl, model: 'gpt-test', allowed: true },
    model: { path: tiny, reason: null },
    loadModel: createHostedLoader(startHost),
    onModelState: (state) => states.push(state),
    adaptive: { cacheFolder: join(folder, 'cache'), corrections: [], measures: false },
    ...change,
  });
  onTestFinished(async () => {
    await classifier.dispose();
    await openai.stop();
  });
  const source = async () => (await classifier.classify('The vpn is down', anywhere)).source;
  return { classifier, openai, hosts, states, source };
}

it('a GGUF that is loading answers later, and OpenAI never', async () => {
  const never = new Promise<void>(() => {});
  const { classifier, openai, source } = await aClassifier({ waitMs: 100, loadAfter: never });
  void classifier.load();
  const sources = await Promise.all([source(), source(), source()]);
  expect(new Set(sources)).toEqual(new Set(['builtin']));
  expect(openai.requests).toEqual([]);
});

it('a GGUF whose process is killed again and again hands nothing to OpenAI while it comes back', async () => {
  const { classifier, openai, hosts, states, source } = await aClassifier();
  await classifier.load();
  for (let crash = 1; crash <= 2; crash += 1) {
    await vi.waitFor(() => expect(states.at(-1)?.state).toBe('loaded'), 20_000);
    const inHand = classifier.classify('the vpn is down '.repeat(500), anywhere);
    process.kill(hosts.at(-1)?.pid ?? 0, 'SIGKILL');
    expect((await inHand).source).toBe('builtin');
    // While it is loaded again.
    expect(await source()).toBe('builtin');
  }
  await vi.waitFor(() => expect(states.at(-1)?.state).toBe('loaded'), 20_000);
  expect(await source()).toBe('gguf');
  expect(openai.requests).toEqual([]);
});

it('a GGUF whose process is killed while it loads is loaded again', async () => {
  const { classifier, openai, hosts, states, source } = await aClassifier();
  const loading = classifier.load();
  await vi.waitFor(() => expect(hosts).toHaveLength(1));
  process.kill(hosts[0]?.pid ?? 0, 'SIGKILL');
  await loading;
  await vi.waitFor(() => expect(states.at(-1)?.state).toBe('loaded'), 20_000);
  expect(await source()).toBe('gguf');
  expect(openai.requests).toEqual([]);
});

it('a GGUF that is exchanged hands the ticket in hand and those that wait to the built-in model', async () => {
  const { classifier, openai } = await aClassifier();
  await classifier.load();
  const tickets = Array.from({ length: 5 }, () => classifier.classify('the vpn is down '.repeat(500), anywhere));
  await classifier.dispose();
  for (const { source } of await Promise.all(tickets)) expect(source).not.toBe('openai');
  expect(openai.requests).toEqual([]);
});

it('a GGUF that is unloaded is loaded for the next ticket', async () => {
  const { classifier, openai, source } = await aClassifier();
  await classifier.load();
  void classifier.unload();
  expect(await source()).toBe('gguf');
  expect(openai.requests).toEqual([]);
});

it('several GGUFs of which none is chosen yet are no reason to ask OpenAI', async () => {
  const { openai, source } = await aClassifier({
    model: { path: null, reason: 'There are several.', isUndecided: true },
  });
  expect(await source()).toBe('builtin');
  expect(openai.requests).toEqual([]);
});

it.each(['missing', 'broken', 'none'])('a GGUF that is %s is absent, so OpenAI answers', async (what) => {
  const path = join(folder, `${what}.gguf`);
  if (what === 'broken') writeFileSync(path, Buffer.alloc(4096, 'PK'));
  const { openai, source } = await aClassifier({ model: { path: what === 'none' ? null : path, reason: null } });
  expect(await source()).toBe('openai');
  expect(openai.requests).toHaveLength(1);
});

it('a GGUF that is replaced by another file while it is loaded goes on', async () => {
  const path = join(folder, 'replaced.gguf');
  copyFileSync(tiny, path);
  const { classifier, openai, source } = await aClassifier({ model: { path, reason: null } });
  await classifier.load();
  rmSync(path);
  copyFileSync(tiny, path);
  expect(await source()).toBe('gguf');
  await classifier.unload();
  expect(await source()).toBe('gguf');
  expect(openai.requests).toEqual([]);
});
