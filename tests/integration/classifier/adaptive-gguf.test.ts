import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AdaptiveOptions, createAdaptiveClassifier } from '../../../electron/classifier/adaptive-classifier.ts';
import { aborted } from '../../../electron/classifier/gguf/aborted.ts';
import type { KnownTicket } from '../../../electron/classifier/measuring/measure-gguf.ts';
import { eachLabel } from '../../../electron/classifier/scoring/label-scoring.ts';
import type { LabelSource } from '../../../electron/classifier/scoring/label-source.ts';
import { labels } from '../../../shared/labels.ts';
import { type ModelMeasurements, modelMeasurementsSchema } from '../../../shared/model-measurements.ts';
import { writeTinyGguf } from '../../../tools/tiny-gguf.ts';

let folder: string;
let tiny: string;
/** Where a first measurement has left what it read, so that not every test reads it again. */
let read: string;
let cacheFolder: string;
let first: ModelMeasurements[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adaptive-'));
  tiny = join(folder, 'tiny.gguf');
  read = join(folder, 'read');
  writeTinyGguf(tiny);
  cacheFolder = read;
  const { classifier, seen } = adaptive();
  await classifier.load();
  await classifier.settled();
  await classifier.dispose();
  first = seen;
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  cacheFolder = mkdtempSync(join(folder, 'cache-'));
});

/** All readings of the first measurement, or the first `count`; not what was fitted on them. */
function withReadings(count = Number.POSITIVE_INFINITY): void {
  for (const name of readdirSync(read).filter((each) => each.endsWith('.readings.jsonl'))) {
    const lines = readFileSync(join(read, name), 'utf8').split('\n').slice(0, count);
    writeFileSync(join(cacheFolder, name), `${lines.join('\n')}\n`);
  }
}

const uniform = eachLabel(() => 0.2);

/** Knows nothing, and says so. */
const builtin: LabelSource = {
  classify: async () => ({
    label: 'Task',
    confidence: 0.2,
    probabilities: uniform,
    source: 'builtin',
    model: 'clueless',
    ms: 0,
  }),
};

/** Even a model with random weights sees which letter a ticket begins and ends with. */
function ticketsByLetter(): KnownTicket[] {
  return Array.from({ length: 60 }, (_, index) => {
    const row = index % labels.length;
    const letter = 'abxyz'[row] ?? 'a';
    const text = `${letter.repeat(4)} ${index} ${letter.repeat(8)}`;
    return {
      text,
      label: labels[row] ?? 'Task',
      group: `batch ${Math.floor(index / 6)}`,
      over: 'examples',
      weight: 1,
      builtin: uniform,
    };
  });
}

function adaptive(given: Partial<AdaptiveOptions> = {}) {
  const seen: ModelMeasurements[] = [];
  const classifier = createAdaptiveClassifier({
    path: tiny,
    builtin,
    examples: async () => ticketsByLetter(),
    cacheFolder,
    onMeasurements: (measurements) => seen.push(modelMeasurementsSchema.parse(measurements)),
    ...given,
  });
  return { classifier, seen };
}

describe('a GGUF that was never seen before', () => {
  it('is measured in the background while the built-in model answers, and serves when it is better', async () => {
    withReadings(50);
    const { classifier, seen } = adaptive();
    const loading = classifier.load();
    expect(await classifier.classify('xxxx 1 xxxxxxxx')).toMatchObject({ source: 'builtin' });
    await loading;
    await classifier.settled();
    expect(seen[0]).toMatchObject({ state: 'measuring', serving: { strategy: 'builtin' } });
    const last = seen.at(-1);
    expect(last).toMatchObject({
      state: 'measured',
      progress: 1,
      file: 'tiny.gguf',
      serving: { strategy: 'ensemble' },
    });
    expect(last?.chosen.map(({ strategy, over, n }) => [strategy, over, n])).toEqual([
      ['prompt', 'examples', 60],
      ['probe', 'examples', 60],
      ['ensemble', 'examples', 60],
    ]);
    expect(last?.builtin).toHaveLength(1);
    const answer = await classifier.classify('xxxx 7 xxxxxxxx');
    expect(answer).toMatchObject({ source: 'gguf', model: 'tiny.gguf', label: 'Incident' });
    await classifier.dispose();
  });

  it('is not measured again at the next start', async () => {
    cacheFolder = read;
    const { classifier, seen } = adaptive();
    await classifier.load();
    await classifier.settled();
    expect(seen.map(({ state }) => state)).toEqual(['measured']);
    expect(seen[0]?.chosen).toEqual(first.at(-1)?.chosen);
    await classifier.dispose();
  });

  it('leaves no text of a ticket on the disk', async () => {
    withReadings();
    const { classifier } = adaptive({ corrections: [{ text: 'the secret plans of Ms Okafor', label: 'Bug' }] });
    await classifier.load();
    await classifier.settled();
    await classifier.dispose();
    const written = readdirSync(cacheFolder).map((name) => readFileSync(join(cacheFolder, name), 'utf8'));
    expect(written).toHaveLength(2);
    for (const text of written) expect(text).not.toContain('Okafor');
  });

  it.each(['prompt', 'probe', 'ensemble'] as const)('answers by %s alone when it is told to', async (strategy) => {
    cacheFolder = read;
    const { classifier } = adaptive({ strategy });
    await classifier.load();
    await classifier.settled();
    const answer = await classifier.classify('zzzz 3 zzzzzzzz');
    expect(answer.source).toBe('gguf');
    if (strategy !== 'prompt') expect(answer.label).toBe('Question');
    await classifier.dispose();
  });

  it('leaves the work to the built-in model where that is as good', async () => {
    const wise: LabelSource = {
      classify: async (text) => ({ ...(await builtin.classify(text)), label: 'Bug', model: 'wise' }),
    };
    const examples = async () =>
      ticketsByLetter().map((ticket) => ({
        ...ticket,
        builtin: eachLabel((label) => (label === ticket.label ? 1 : 0)),
      }));
    withReadings();
    const { classifier, seen } = adaptive({ builtin: wise, examples });
    await classifier.load();
    await classifier.settled();
    expect(seen.at(-1)?.serving).toMatchObject({ strategy: 'builtin', why: expect.stringContaining('built-in model') });
    expect(await classifier.classify('xxxx')).toMatchObject({ source: 'builtin', model: 'wise' });
    await classifier.dispose();
  });
});

describe('without measuring', () => {
  it('answers as was measured before', async () => {
    cacheFolder = read;
    const { classifier } = adaptive({ measures: false, corrections: [{ text: 'new since then', label: 'Bug' }] });
    await classifier.classify('zzzz 3 zzzzzzzz');
    expect(classifier.measurements()).toMatchObject({ state: 'measured', serving: { strategy: 'ensemble' } });
    await classifier.dispose();
  });

  it('asks the GGUF for the label where nothing was measured', async () => {
    const { classifier, seen } = adaptive({ measures: false });
    expect(await classifier.classify('zzzz')).toMatchObject({ source: 'gguf' });
    expect(seen).toEqual([]);
    await classifier.dispose();
  });
});

describe('measuring', () => {
  it('can be cancelled, and goes on from there when it is wanted again', async () => {
    withReadings(55);
    const { classifier } = adaptive();
    const loading = classifier.load();
    classifier.cancel();
    await loading;
    await classifier.settled();
    expect(classifier.measurements()).toMatchObject({ state: 'cancelled', serving: { strategy: 'builtin' } });
    expect(await classifier.classify('text')).toMatchObject({ source: 'builtin' });
    classifier.correct([]);
    await classifier.settled();
    expect(classifier.measurements()).toMatchObject({ state: 'measured' });
    await classifier.dispose();
  });

  it('counts corrections apart, and decides by them once there are fifty', async () => {
    withReadings();
    const { classifier } = adaptive();
    await classifier.load();
    await classifier.settled();
    const corrections = ticketsByLetter().map(({ text, label }) => ({ text, label }));
    classifier.correct(corrections);
    await classifier.settled();
    const measured = classifier.measurements();
    expect(measured?.chosen.map(({ over, n }) => [over, n])).toEqual([
      ['examples', 60],
      ['examples', 60],
      ['examples', 60],
      ['corrections', 60],
      ['corrections', 60],
      ['corrections', 60],
    ]);
    expect(measured?.serving.why).toContain('60 corrections');
    await classifier.dispose();
  });

  it('is given up, in words, where a model is too slow for it', async () => {
    const { classifier } = adaptive({ budgetMs: 0 });
    await classifier.load();
    await classifier.settled();
    expect(classifier.measurements()).toMatchObject({
      state: 'cancelled',
      serving: { strategy: 'builtin', why: expect.stringContaining('too slow') },
    });
    await classifier.dispose();
  });

  it('does not hold up being disposed of', async () => {
    const { classifier } = adaptive();
    await classifier.load();
    await classifier.dispose();
    await classifier.settled();
    expect(classifier.measurements()?.state).not.toBe('measured');
  });
});

it('fails every ticket where the file cannot be used, so that the chain goes on', async () => {
  const { classifier, seen } = adaptive({ path: join(folder, 'nowhere.gguf') });
  await classifier.load();
  await classifier.settled();
  await expect(classifier.classify('text')).rejects.toMatchObject({ code: 'model_failed' });
  expect(seen).toEqual([]);
  await classifier.dispose();
});

it('is not measured, and not loaded again, where a person unloads it while it is loading', async () => {
  const loadModel = vi.fn<NonNullable<AdaptiveOptions['loadModel']>>((_path, { signal }) => aborted(signal));
  const { classifier } = adaptive({ loadModel });
  const loading = classifier.load();
  await vi.waitFor(() => expect(loadModel).toHaveBeenCalledTimes(1));
  const measuring = classifier.settled();
  await classifier.unload();
  await Promise.all([loading, measuring]);
  expect(loadModel).toHaveBeenCalledTimes(1);
  // The next ticket is answered at once, and loads it again.
  expect(await classifier.classify('The VPN drops')).toMatchObject({ source: 'builtin' });
  await vi.waitFor(() => expect(loadModel).toHaveBeenCalledTimes(2));
  await classifier.dispose();
});
