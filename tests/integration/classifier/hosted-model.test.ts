import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createBuiltinClassifier } from '../../../electron/classifier/builtin/builtin-classifier.ts';
import { createClassifierChain } from '../../../electron/classifier/classifier-chain.ts';
import { createGgufClassifier } from '../../../electron/classifier/gguf/gguf-classifier.ts';
import { createHostedLoader } from '../../../electron/classifier/gguf/hosted-model.ts';
import type { ModelState } from '../../../electron/classifier/scoring/model-state.ts';
import builtinWeights from '../../../models/builtin.json' with { type: 'json' };
import { writeTinyGguf } from '../../../tools/tiny-gguf.ts';
import { anywhere } from '../../fakes/classifier.ts';
import { createNodeHosts } from '../../fakes/node-host.ts';

let folder: string;
let tiny: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hosted-'));
  tiny = join(folder, 'tiny.gguf');
  writeTinyGguf(tiny);
});
afterAll(() => rmSync(folder, { recursive: true }));

function aHostedGguf({ path = tiny, idleMs = null as number | null, env = {} as Record<string, string> } = {}) {
  const { startHost, hosts } = createNodeHosts(env);
  const states: ModelState[] = [];
  const gguf = createGgufClassifier({
    path,
    idleMs,
    onState: (state) => states.push(state),
    loadModel: createHostedLoader(startHost),
  });
  return { gguf, hosts, states };
}

/** Whether a process is there. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a GGUF in a process of its own', () => {
  it('answers, and tells what memory it took', async () => {
    const { gguf, hosts, states } = aHostedGguf();
    const answers = await Promise.all(['one', 'two'].map((text) => gguf.classify(text)));
    expect(answers.map(({ source, model }) => [source, model])).toEqual(Array(2).fill(['gguf', 'tiny.gguf']));
    expect(hosts).toHaveLength(1);
    expect(states.at(-1)).toMatchObject({ state: 'loaded', memory: { ram: expect.any(Number), vram: 0 } });
    await gguf.dispose();
    expect(lives(hosts[0]?.pid ?? 0)).toBe(false);
  });

  it('loads whatever other programs are told by the environment', async () => {
    const env = {
      CI: 'woodpecker',
      NODE_LLAMA_CPP_GPU: 'sometimes',
      GGML_BLAS_VENDOR: 'x',
      NODE_LLAMA_CPP_DEBUG: 'so',
    };
    const { gguf, states } = aHostedGguf({ env });
    await gguf.load();
    expect(states.at(-1)).toMatchObject({ state: 'loaded' });
    await gguf.dispose();
  });

  it('does not blame the file where llama.cpp itself cannot be started, by an error or by an end', async () => {
    for (const code of [
      "require('node:module').registerHooks({resolve(name,context,next){if(name==='node-llama-cpp')throw new Error('libgomp.so.1: cannot open');return next(name,context)}})",
      "require('node:module').registerHooks({resolve(name,context,next){if(name==='node-llama-cpp')process.exit(7);return next(name,context)}})",
    ]) {
      const preload = join(folder, 'preload.cjs');
      writeFileSync(preload, code);
      const { gguf, states } = aHostedGguf({ env: { NODE_OPTIONS: `--require=${preload}` } });
      await gguf.load();
      const state = states.at(-1);
      const message = state?.state === 'failed' ? state.error.message : '';
      expect(message).toMatch(
        /^llama\.cpp cannot be started on this computer.*(libgomp|ended with code 7).*No file is to blame/,
      );
      expect(message).not.toContain('tiny');
      await gguf.dispose();
    }
  });

  it('stops loading when it is disposed of', async () => {
    const { gguf, hosts } = aHostedGguf();
    const answer = expect(gguf.classify('text')).rejects.toMatchObject({ code: 'unavailable' });
    await vi.waitFor(() => expect(hosts).toHaveLength(1));
    await gguf.dispose();
    await answer;
    expect(hosts.map(({ pid }) => lives(pid))).toEqual([false]);
  });

  it.each<[string, string | Buffer, string]>([
    ['is a web page', '<!doctype html><title>Sign in</title>', 'web page'],
    ['is something else', Buffer.alloc(4096, 'PK'), 'not a GGUF file'],
  ])('fails as clearly as in this one where the file %s', async (_what, bytes, reason) => {
    const path = join(folder, 'broken.gguf');
    writeFileSync(path, bytes);
    const { gguf, hosts } = aHostedGguf({ path });
    const refusal = { code: 'model_failed', message: expect.stringContaining(reason) };
    await expect(gguf.classify('text')).rejects.toMatchObject(refusal);
    await gguf.dispose();
    expect(hosts.map(({ pid }) => lives(pid))).toEqual([false]);
  });

  it('is unloaded after a while without tickets, and loaded again for the next', async () => {
    const { gguf, hosts, states } = aHostedGguf({ idleMs: 50 });
    await gguf.classify('one');
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ state: 'unloaded', file: 'tiny.gguf' }), 5_000);
    expect(lives(hosts[0]?.pid ?? 0)).toBe(false);
    expect(await gguf.classify('two')).toMatchObject({ source: 'gguf' });
    expect(hosts).toHaveLength(2);
    await gguf.dispose();
  });

  it('says that its file is gone where that was removed while it was unloaded', async () => {
    const path = join(folder, 'removed.gguf');
    writeTinyGguf(path);
    const { gguf } = aHostedGguf({ path });
    await gguf.classify('one');
    rmSync(path);
    // What is loaded goes on.
    expect(await gguf.classify('two')).toMatchObject({ source: 'gguf' });
    await gguf.unload();
    const refusal = { code: 'model_failed', message: expect.stringContaining('no such file') };
    await expect(gguf.classify('three')).rejects.toMatchObject(refusal);
    await gguf.dispose();
  });
});

describe('a process that crashes', () => {
  it('takes nothing with it: the built-in model answers, and the GGUF comes back', async () => {
    const { gguf, hosts, states } = aHostedGguf();
    const chain = createClassifierChain({ gguf, openai: null, builtin: createBuiltinClassifier(builtinWeights) });
    await gguf.load();
    const long = chain.classifyWithReasons('the vpn is down '.repeat(500), anywhere);
    process.kill(hosts[0]?.pid ?? 0, 'SIGSEGV');
    const { classification, passedOver } = await long;
    expect(classification.source).toBe('builtin');
    expect(passedOver[0]?.message).toContain('llama.cpp crashed with the model tiny.gguf');
    // While it is loaded again nobody waits for it.
    expect((await chain.classify('still here', anywhere)).source).toBe('builtin');
    await vi.waitFor(() => expect(states.at(-1)?.state).toBe('loaded'), 20_000);
    expect((await chain.classify('and back', anywhere)).source).toBe('gguf');
    await gguf.dispose();
  });

  it('is not started for ever', async () => {
    const { gguf, hosts, states } = aHostedGguf();
    await gguf.load();
    for (let crash = 1; crash <= 3; crash += 1) {
      await vi.waitFor(() => expect(states.at(-1)?.state).toBe('loaded'), 20_000);
      process.kill(hosts.at(-1)?.pid ?? 0, 'SIGKILL');
      await vi.waitFor(() => expect(states.filter(({ state }) => state === 'failed')).toHaveLength(crash), 20_000);
    }
    await expect(gguf.classify('text')).rejects.toMatchObject({ code: 'model_failed' });
    expect(hosts).toHaveLength(3);
    await gguf.dispose();
  });
});
