import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  builtinVersion,
  type ClassifierOptions,
  type ConfiguredClassifier,
  createClassifier,
} from '../../../electron/classifier/classifier-from-settings.ts';
import { findModel } from '../../../electron/model-library/find-model.ts';
import { createMemoryEstimates } from '../../../electron/model-library/memory-estimates.ts';
import { createModelFiles } from '../../../electron/model-library/model-files.ts';
import { createModelLibrary } from '../../../electron/model-library/model-library.ts';
import { modelViewSchema, trialSchema } from '../../../shared/model-view.ts';
import { writeTinyGguf } from '../../../tools/tiny-gguf.ts';
import { createNodeHosts } from '../../fakes/node-host.ts';
import { completion, type LoopbackReply, startLoopbackOpenAi } from '../classifier/loopback-openai.ts';

let folder: string;
let reply: LoopbackReply;
let server: Awaited<ReturnType<typeof startLoopbackOpenAi>>;
let classifier: ConfiguredClassifier | null;

beforeEach(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'model-library-')), 'models');
  mkdirSync(folder);
  reply = completion('{"label":"Incident"}');
  server = await startLoopbackOpenAi(() => reply);
  classifier = null;
});
afterEach(async () => {
  await classifier?.dispose();
  await server.stop();
  rmSync(join(folder, '..'), { recursive: true });
});

function libraryFor({
  path = null as string | null,
  allowed = false,
  folders = [] as string[],
  isFixed = false,
  adaptive = undefined as ClassifierOptions['adaptive'],
} = {}) {
  const openai = { apiKey: 'sk-test', baseUrl: server.baseUrl, model: 'gpt-test', allowed };
  const settings = async () => {
    const model = { path, folders, waitSeconds: 20, idleMinutes: null };
    return { model, openai, isFixed, areFoldersFixed: false };
  };
  const make = async () => {
    const model = await findModel(path, [folder], createModelFiles());
    classifier = createClassifier({ openai, model, ...(adaptive === undefined ? {} : { adaptive }) });
    return classifier;
  };
  const start = async () => (await make()).load();
  return { library: createModelLibrary({ folder, settings, classifier: () => classifier }), make, start };
}

describe('what the page Model shows', () => {
  it('is the loaded GGUF, on its device', async () => {
    writeTinyGguf(join(folder, 'tiny.gguf'));
    const { library, start } = libraryFor();
    await start();
    const view = modelViewSchema.parse(await library.read());
    expect(view).toMatchObject({
      answering: { source: 'gguf', name: 'tiny.gguf', why: `tiny.gguf answers, on ${view.state.device}.` },
      state: { state: 'loaded', file: 'tiny.gguf', message: null },
      chosen: null,
      isFixed: false,
      folder,
      files: [{ name: 'tiny.gguf', isChosen: true, problem: null }],
      builtin: builtinVersion,
    });
  });

  it('is why a file cannot be used, and who answers instead', async () => {
    const path = join(folder, '..', 'page.gguf');
    writeFileSync(path, '<html>');
    const { library, start } = libraryFor({ path });
    await start();
    expect(modelViewSchema.parse(await library.read())).toMatchObject({
      answering: { source: 'builtin', name: builtinVersion, why: expect.stringContaining('page.gguf cannot be used') },
      state: { state: 'failed', file: 'page.gguf', message: expect.stringContaining('web page') },
      chosen: path,
      files: [{ name: 'page.gguf', isChosen: true, facts: null, problem: expect.stringContaining('web page') }],
    });
  });

  it('is that none of several files is chosen', async () => {
    for (const name of ['a.gguf', 'b.gguf']) writeTinyGguf(join(folder, name));
    const { library, start } = libraryFor({ allowed: true });
    await start();
    expect(modelViewSchema.parse(await library.read())).toMatchObject({
      // That one is still to be chosen is no reason to send text away.
      answering: { source: 'builtin', name: builtinVersion, why: expect.stringContaining('is not decided') },
      state: { state: 'none', file: null, message: expect.stringContaining('a.gguf, b.gguf') },
      files: [{ isChosen: false }, { isChosen: false }],
    });
  });

  it('does not call a file chosen that came after the start', async () => {
    const { library, start } = libraryFor();
    await start();
    writeTinyGguf(join(folder, 'late.gguf'));
    expect(await library.read()).toMatchObject({
      answering: { source: 'builtin' },
      files: [{ name: 'late.gguf', isChosen: false }],
    });
  });

  it('is what is about to be loaded, before there is a classifier and before it has begun', async () => {
    writeTinyGguf(join(folder, 'tiny.gguf'));
    const { library, make } = libraryFor();
    const before = modelViewSchema.parse(await library.read());
    expect(before).toMatchObject({ state: { state: 'loading', file: 'tiny.gguf' }, files: [{ isChosen: true }] });
    await make();
    expect(await library.read()).toEqual(before);
  });
});

describe('how well the models do', () => {
  const corrections = [{ text: 'The label printer is out of paper', label: 'Task' as const }];

  it('is what the built-in model is worth on our examples where there is no GGUF', async () => {
    const onMeasurements = vi.fn();
    const adaptive = { cacheFolder: join(folder, '..', 'cache'), corrections, measures: true, onMeasurements };
    const { library, start } = libraryFor({ adaptive });
    await start();
    expect((await library.read()).measurements).toBeNull();
    await vi.waitFor(() => expect(onMeasurements).toHaveBeenCalled());
    const { measurements, builtin } = modelViewSchema.parse(await library.read());
    expect(measurements).toMatchObject({ state: 'measured', file: null, serving: { strategy: 'builtin' }, chosen: [] });
    const [own, ...others] = measurements?.builtin ?? [];
    expect(others).toEqual([]);
    expect(own).toMatchObject({ strategy: 'builtin', over: 'examples' });
    expect(own?.n).toBeGreaterThan(2_000);
    // As `npm run train` says of batches that were held out.
    expect(own?.macroF1).toBeCloseTo(0.83, 1);
    expect(own?.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(own?.n);
    expect(builtin).toBe(`${builtinVersion}+1`);
  });

  it('says that the built-in model answers until a GGUF was measured, which a ticket then finds to be true', async () => {
    writeTinyGguf(join(folder, 'tiny.gguf'));
    const adaptive = { cacheFolder: join(folder, '..', 'cache'), corrections, measures: true };
    const { library, start } = libraryFor({ adaptive, allowed: true });
    await start();
    const { answering, state } = modelViewSchema.parse(await library.read());
    expect(state.state).toBe('loaded');
    expect(answering).toMatchObject({ source: 'builtin', why: expect.stringContaining('tiny.gguf') });
    expect((await library.try('the vpn is down')).classification).toMatchObject({
      source: 'builtin',
      model: answering.name,
    });
    expect(server.requests).toEqual([]);
    library.cancelMeasuring();
    await vi.waitFor(async () => {
      const { answering: now, measurements } = await library.read();
      expect(measurements?.state).toBe('cancelled');
      expect(now).toMatchObject({ source: 'builtin', why: expect.stringContaining('was stopped') });
    });
  });
});

describe('the library', () => {
  it('holds the models of all folders, once each, and says which folders are not there', async () => {
    const more = join(folder, '..', 'more');
    mkdirSync(more);
    writeTinyGguf(join(folder, 'a.gguf'));
    writeTinyGguf(join(more, 'b.gguf'));
    const { library } = libraryFor({ folders: [more, folder, '/not/there'] });
    const view = modelViewSchema.parse(await library.read());
    expect(view.files.map(({ name, folder }) => [name, folder])).toEqual([
      ['a.gguf', folder],
      ['b.gguf', more],
    ]);
    expect(view.moreFolders.at(-1)).toEqual({ path: '/not/there', isThere: false });
  });

  it('deletes a file that is not in use, with all its parts', async () => {
    const parts = ['big-00001-of-00002.gguf', 'big-00002-of-00002.gguf'].map((name) => join(folder, name));
    for (const part of parts) writeTinyGguf(part);
    writeTinyGguf(join(folder, 'other.gguf'));
    const { library } = libraryFor();
    await library.remove(parts[0] ?? '');
    expect(readdirSync(folder)).toEqual(['other.gguf']);
  });

  it('unloads a file that is in use before it deletes it', async () => {
    const path = join(folder, 'tiny.gguf');
    writeTinyGguf(path);
    const { library, start } = libraryFor();
    await start();
    await library.remove(path);
    expect(existsSync(path)).toBe(false);
    expect(classifier?.state()).toEqual({ state: 'unloaded', file: 'tiny.gguf' });
  });

  it('deletes nothing that it does not list, that lies elsewhere, or that the environment fixes', async () => {
    const elsewhere = join(folder, '..', 'mine.gguf');
    writeTinyGguf(elsewhere);
    writeTinyGguf(join(folder, 'tiny.gguf'));
    writeFileSync(join(folder, 'notes.txt'), '');
    const forbidden = { code: 'forbidden' };
    await expect(libraryFor({ path: elsewhere }).library.remove(elsewhere)).rejects.toMatchObject(forbidden);
    for (const path of [join(folder, 'notes.txt'), join(folder, '..', 'mine.gguf'), `${folder}/../mine.gguf`]) {
      await expect(libraryFor().library.remove(path)).rejects.toMatchObject(forbidden);
    }
    const fixed = libraryFor({ path: join(folder, 'tiny.gguf'), isFixed: true });
    await expect(fixed.library.remove(join(folder, 'tiny.gguf'))).rejects.toMatchObject(forbidden);
    expect([existsSync(elsewhere), readdirSync(folder)]).toEqual([true, ['notes.txt', 'tiny.gguf']]);
  });

  it('reckons what a model takes, in a process that ends afterwards', async () => {
    writeTinyGguf(join(folder, 'tiny.gguf'));
    writeFileSync(join(folder, 'page.gguf'), '<html>');
    const { startHost, hosts } = createNodeHosts();
    let news = 0;
    const estimates = createMemoryEstimates({ startHost, onNews: () => (news += 1) });
    const openai = { apiKey: null, baseUrl: server.baseUrl, model: 'gpt-test', allowed: false };
    const model = { path: null, folders: [], waitSeconds: 20, idleMinutes: null };
    const settings = async () => ({ model, openai, isFixed: false, areFoldersFixed: false });
    const library = createModelLibrary({ folder, settings, classifier: () => null, estimates });
    expect((await library.read()).files.map(({ estimate }) => estimate)).toEqual([null, null]);
    await vi.waitFor(() => expect(news).toBe(1), { timeout: 25_000 });
    const [page, tiny] = modelViewSchema.parse(await library.read()).files;
    expect(page?.estimate).toBeNull();
    expect(tiny?.estimate?.ram).toBeGreaterThan(tiny?.bytes ?? 0);
    expect(hosts).toHaveLength(1);
  });
});

describe('trying a text', () => {
  it('asks the GGUF, and nobody else', async () => {
    writeTinyGguf(join(folder, 'tiny.gguf'));
    const { library, start } = libraryFor({ allowed: true });
    await start();
    const trial = trialSchema.parse(await library.try('the vpn is down'));
    expect(trial).toMatchObject({ classification: { source: 'gguf', model: 'tiny.gguf' }, passedOver: [] });
    expect(server.requests).toEqual([]);
  });

  it('says who could not answer and why, each time anew', async () => {
    reply = { status: 401, body: {} };
    const { library, start } = libraryFor({ path: '/nowhere/a.gguf', allowed: true });
    await start();
    for (const text of ['the vpn is down', 'how do I print?']) {
      const trial = trialSchema.parse(await library.try(text));
      expect(trial.classification).toMatchObject({ source: 'builtin', model: builtinVersion });
      expect(trial.passedOver).toEqual([
        { source: 'gguf', message: expect.stringContaining('no such file') },
        { source: 'openai', message: expect.stringContaining('refused the key') },
      ]);
    }
  });

  it('sends the text to OpenAI where a ticket would go there, and only then', async () => {
    const off = libraryFor();
    await off.start();
    expect((await off.library.try('text')).classification.source).toBe('builtin');
    expect(server.requests).toHaveLength(0);
    const on = libraryFor({ allowed: true });
    await on.start();
    expect((await on.library.try('text')).classification).toMatchObject({ source: 'openai', label: 'Incident' });
    expect(server.requests).toHaveLength(1);
  });

  it('asks for a moment where there is no classifier yet', async () => {
    await expect(libraryFor().library.try('text')).rejects.toMatchObject({ code: 'unavailable' });
  });
});
