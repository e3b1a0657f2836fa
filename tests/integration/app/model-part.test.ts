import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createModelPart, type ModelPart, type ModelPartDeps } from '../../../electron/app/model-part.ts';
import { modelFailed } from '../../../electron/classifier/gguf/check-gguf-file.ts';
import { modelCheck } from '../../../electron/model-library/check-model.ts';
import { createModelFiles } from '../../../electron/model-library/model-files.ts';
import type { ModelHealth } from '../../../shared/app-status.ts';
import { AppError } from '../../../shared/errors.ts';
import { writeTinyGguf } from '../../../tools/tiny-gguf.ts';
import { anywhere } from '../../fakes/classifier.ts';
import { settingsWith } from '../../fakes/settings.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

/** A part that looks again all the time, for this configured path; null: none is configured. */
function aModelPart(given: Partial<ModelPartDeps> & { path?: string | null; openai?: string } = {}) {
  const dataDir = given.dataDir ?? aTemporaryFolder();
  const states: ModelHealth[] = [];
  const { path = null, openai: key, ...deps } = given;
  const part: ModelPart = createModelPart({
    dataDir,
    loadModel: undefined,
    log: { corrections: async () => [] },
    onState: (health) => states.push(health),
    onMeasurements: () => {},
    onError: () => {},
    logger: { warn: () => {} },
    againMs: 1,
    ...deps,
  });
  onTestFinished(() => part.stop());
  const { openai, model } = settingsWith(
    // Nobody listens there.
    key === undefined ? {} : { OPENAI_ALLOWED: 'true', OPENAI_API_KEY: key, OPENAI_BASE_URL: 'http://127.0.0.1:9' },
  );
  return { states, dataDir, part, apply: () => part.apply({ openai, model: { ...model, path } }) };
}

const loaded = (states: readonly ModelHealth[]) => vi.waitFor(() => expect(states.at(-1)?.code).toBe('loaded'));

it('loads a model whose share is mounted after the program has started', async () => {
  const path = join(aTemporaryFolder(), 'later.gguf');
  const { states, apply } = aModelPart({ path });
  await apply();
  await vi.waitFor(() => expect(states.at(-1)?.state).toBe('trouble'));
  writeTinyGguf(path);
  await loaded(states);
});

it('loads a model from a share that answers again', async () => {
  const path = join(aTemporaryFolder(), 'share.gguf');
  writeTinyGguf(path);
  let isHung = true;
  const silent = new AppError('unavailable', `${path} does not answer (waited 5 s). Is the share mounted?`);
  const own = createModelFiles();
  const files = { ...own, look: (asked: string) => (isHung ? Promise.reject(silent) : own.look(asked)) };
  const check = modelCheck(files);
  const loadModel: ModelPartDeps['loadModel'] = async (asked) => {
    await check(asked);
    return { device: 'cpu', memoryBytes: 0, read: async () => Promise.reject(silent), dispose: async () => {} };
  };
  const asked: (string | undefined)[] = [];
  const onError = (_error: AppError, about?: string) => void asked.push(about);
  const { states, apply, part } = aModelPart({ path, files, loadModel, onError, openai: 'sk-1' });
  await apply();
  await vi.waitFor(() => expect(states.at(-1)?.state).toBe('trouble'));
  expect(states.at(-1)).toMatchObject({ code: 'unavailable', detail: expect.stringContaining(silent.message) });
  // The model that is meant may be sound: nothing is sent away in its place.
  expect(await part.classify('The VPN drops', anywhere)).toMatchObject({ source: 'builtin' });
  expect(asked).toEqual(['gguf']);
  isHung = false;
  await loaded(states);
});

it('finds the only model in a folder that did not answer at first', async () => {
  const { states, dataDir, apply } = aModelPart({
    files: (() => {
      const own = createModelFiles();
      let asked = 0;
      return {
        ...own,
        names(folder: string) {
          asked += 1;
          return asked === 1 ? Promise.reject(new AppError('unavailable', 'No answer.')) : own.names(folder);
        },
      };
    })(),
  });
  mkdirSync(join(dataDir, 'models'));
  writeTinyGguf(join(dataDir, 'models', 'tiny.gguf'));
  await apply();
  await loaded(states);
});

it('tries a file that looks whole once more, and then only when it has changed', async () => {
  const path = join(aTemporaryFolder(), 'bad.gguf');
  writeTinyGguf(path);
  const own = createModelFiles();
  const look = vi.fn(own.look);
  const loadModel = vi.fn(async () => Promise.reject(modelFailed(path, 'it is not what it seems')));
  const { apply } = aModelPart({ path, files: { ...own, look }, loadModel });
  await apply();
  await vi.waitFor(() => expect(loadModel).toHaveBeenCalledTimes(2));
  look.mockClear();
  await vi.waitFor(() => expect(look.mock.calls.length).toBeGreaterThan(5));
  expect(loadModel).toHaveBeenCalledTimes(2);
  writeTinyGguf(path, { name: 'another' });
  await vi.waitFor(() => expect(loadModel).toHaveBeenCalledTimes(3));
});
