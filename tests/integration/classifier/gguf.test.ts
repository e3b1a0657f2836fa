import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGgufClassifier } from '../../../electron/classifier/gguf/gguf-classifier.ts';
import { type GgufModel, loadGgufModel } from '../../../electron/classifier/gguf/gguf-model.ts';
import type { ModelState } from '../../../electron/classifier/scoring/model-state.ts';
import { writeTinyGguf } from '../../../tools/tiny-gguf.ts';
import { patienceMs } from '../../patience.ts';

let folder: string;
let tiny: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gguf-'));
  tiny = join(folder, 'tiny.gguf');
  writeTinyGguf(tiny);
});
afterAll(() => rmSync(folder, { recursive: true }));

function load(path = tiny): Promise<GgufModel> {
  return loadGgufModel(path, { signal: new AbortController().signal, onLog() {} });
}

describe('a GGUF in memory', () => {
  let model: GgufModel;
  // The first load in a process imports the library, which takes long on a busy machine.
  beforeAll(async () => {
    model = await load();
  }, 60_000);
  afterAll(() => model.dispose());

  it('keeps the evaluated instruction, so that a ticket costs little more than its own tokens', async () => {
    await model.read('the vpn is down');
    const { evaluatedTokens } = await model.read('no paper');
    expect(evaluatedTokens).toBeLessThan('no paper'.length + 32);
  });

  it('gives the same scores for the same ticket, whatever came between', async () => {
    const first = await model.read('the vpn is down');
    await model.read('how do I print? '.repeat(30));
    const again = await model.read('the vpn is down');
    expect(Object.values(again.scores)).toEqual(Object.values(first.scores).map((value) => expect.closeTo(value, 2)));
  });

  it('gives a state that depends on the ticket', async () => {
    const [one, other] = [await model.read('the vpn is down'), await model.read('how do I print?')];
    expect(one.state).toHaveLength(other.state.length);
    expect(one.state.length).toBeGreaterThan(100);
    expect(one.state).not.toEqual(other.state);
  });

  it('cuts a ticket that is longer than its context', async () => {
    const { evaluatedTokens } = await model.read('a b c d e f g '.repeat(5_000));
    expect(evaluatedTokens).toBeLessThan(2_048);
  });

  it('stops in the middle of a long ticket that nobody waits for any more', async () => {
    const stop = new AbortController();
    const scoring = model.read('a b c d e f g '.repeat(500), stop.signal);
    stop.abort(new Error('too late'));
    await expect(scoring).rejects.toThrow('too late');
    expect((await model.read('still there')).scores.Bug).toBeLessThanOrEqual(100);
  });
});

it('reads with a model that was never taught to chat, keeping its evaluated instruction too', async () => {
  const path = join(folder, 'base.gguf');
  writeTinyGguf(path, { chatTemplate: null });
  const model = await loadGgufModel(path, { signal: new AbortController().signal, onLog() {} });
  await model.read('the vpn is down');
  const { scores, evaluatedTokens } = await model.read('no paper');
  expect(evaluatedTokens).toBeLessThan('no paper'.length + 32);
  expect(Object.values(scores).every(Number.isFinite)).toBe(true);
  await model.dispose();
});

it('stops loading when it is told to, with the reason', async () => {
  const stop = new AbortController();
  const loading = loadGgufModel(tiny, { signal: stop.signal, onLog() {} });
  stop.abort(new Error('another file was chosen'));
  await expect(loading).rejects.toThrow('another file was chosen');
});

describe('the GGUF classifier', () => {
  it('says that it loads, and on which device it then runs', async () => {
    const states: ModelState[] = [];
    const gguf = createGgufClassifier({ path: tiny, timeLimitMs: patienceMs, onState: (state) => states.push(state) });
    await gguf.load();
    await gguf.dispose();
    expect(states).toEqual([
      { state: 'loading', file: 'tiny.gguf' },
      { state: 'loaded', file: 'tiny.gguf', device: expect.stringMatching(/^(cpu|cuda|vulkan|metal)$/) },
    ]);
  });

  it('answers calls made at once', async () => {
    const gguf = createGgufClassifier({ path: tiny, timeLimitMs: patienceMs });
    const answers = await Promise.all(['one', 'two', 'three'].map((text) => gguf.classify(text)));
    await gguf.dispose();
    expect(answers.map(({ source, model }) => [source, model])).toEqual(Array(3).fill(['gguf', 'tiny.gguf']));
  });

  it('can be disposed of while it loads', async () => {
    const gguf = createGgufClassifier({ path: tiny, timeLimitMs: patienceMs });
    const answer = expect(gguf.classify('text')).rejects.toMatchObject({ code: 'unavailable' });
    await gguf.dispose();
    await answer;
  });

  it.each([0, 1, 3, 10, 30])('gives way to another one, disposed of %i turns after it began to load', async (turns) => {
    const states: ModelState[] = [];
    const former = createGgufClassifier({
      path: tiny,
      timeLimitMs: patienceMs,
      onState: (state) => states.push(state),
    });
    const loading = former.load();
    for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
    await former.dispose();
    await loading;
    const before = states.length;
    const next = createGgufClassifier({ path: tiny, timeLimitMs: patienceMs });
    expect(await next.classify('text')).toMatchObject({ source: 'gguf' });
    await next.dispose();
    expect(states.map(({ state }) => state)).not.toContain('failed');
    expect(states).toHaveLength(before);
  });

  it.each<[string, (path: string) => void, string]>([
    ['is missing', () => {}, 'no such file'],
    ['is a web page', (path) => writeFileSync(path, '<!doctype html><title>Sign in</title>'), 'web page'],
    ['is something else', (path) => writeFileSync(path, Buffer.alloc(4096, 'PK')), 'not a GGUF file'],
    ['is empty', (path) => writeFileSync(path, ''), 'empty'],
    ['ends in its header', (path) => truncated(path, 5_000), 'incomplete'],
    ['ends in its weights', (path) => truncated(path, 100_000), 'incomplete'],
    ['lacks its last byte', (path) => truncated(path, -1), 'incomplete'],
    ['has a damaged length', damaged, 'damaged'],
    ['can only make embeddings', (path) => writeTinyGguf(path, { architecture: 'nomic-bert' }), 'only make embeddings'],
    ['is larger than all memory', largerThanMemory, 'of memory'],
    ['is of an unknown architecture', (path) => replaced(path, 'llama', 'frogs'), 'frogs'],
  ])('fails clearly where the file %s', async (_what, make, reason) => {
    const path = join(folder, 'broken.gguf');
    rmSync(path, { force: true });
    make(path);
    const states: ModelState[] = [];
    const gguf = createGgufClassifier({ path, timeLimitMs: patienceMs, onState: (state) => states.push(state) });
    await gguf.load();
    expect(states.at(-1)).toMatchObject({ state: 'failed', file: 'broken.gguf' });
    await expect(gguf.classify('text')).rejects.toMatchObject({
      code: 'model_failed',
      message: expect.stringContaining(reason),
    });
    await gguf.dispose();
  });
});

/** Cut to `size` bytes, or by as many where it is negative. */
function truncated(path: string, size: number): void {
  copyFileSync(tiny, path);
  truncateSync(path, size < 0 ? readFileSync(tiny).length + size : size);
}

/** Its weights go on for longer than any computer's memory; on the disk they are a hole. */
function largerThanMemory(path: string): void {
  copyFileSync(tiny, path);
  truncateSync(path, totalmem() + 2e12);
}

function damaged(path: string): void {
  const bytes = readFileSync(tiny);
  bytes.writeUInt32LE(0x7fff_ffff, 28);
  writeFileSync(path, bytes);
}

function replaced(path: string, word: string, other: string): void {
  writeFileSync(path, Buffer.from(readFileSync(tiny).toString('latin1').replaceAll(word, other), 'latin1'));
}

describe('a chat template that anybody can have written', () => {
  const withTemplate = (chatTemplate: string) => {
    const path = join(folder, 'template.gguf');
    writeTinyGguf(path, { chatTemplate });
    return load(path);
  };
  const message = "{% for m in messages %}{{ m['content'] }}{% endfor %}";

  it.each([
    ['a loop', '{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}'],
    ['a list', '{% for a in range(100000000000) %}{% endfor %}'],
  ])('ends with words where %s of it does not', async (_what, endless) => {
    await expect(withTemplate(endless + message)).rejects.toThrow(
      'its chat template did not come to an end within 2 s',
    );
  });

  it('has its two seconds for one text, not for all that the library compares', async () => {
    // Some hundredths of a second for each of a hundred texts; of a model that thinks the library tries its own.
    const slow = `{% for b in range(1000) %}{% endfor %}${message}{# <think> #}`;
    await expect(withTemplate(slow).then((model) => model.dispose())).resolves.toBeUndefined();
  });

  it('may not make a book of a short message', async () => {
    // Few rounds of much: however busy the machine is, they take no time that would count.
    const book = `{% for a in range(50) %}${'word '.repeat(400)}{% endfor %}${message}`;
    await expect(withTemplate(book)).rejects.toThrow(/its chat template makes \d+ characters of a short message/);
  });

  it('may not be longer than any, nor the header have more entries', async () => {
    await expect(withTemplate(`${message}{#${'x'.repeat(300_000)}#}`)).rejects.toMatchObject({
      code: 'model_failed',
      message: expect.stringMatching(/its chat template has \d+ bytes.*Choose another GGUF file/),
    });
    const path = join(folder, 'entries.gguf');
    const bytes = readFileSync(tiny);
    bytes.writeUInt32LE(1_000_000, 16);
    writeFileSync(path, bytes);
    await expect(load(path)).rejects.toMatchObject({
      code: 'model_failed',
      message: expect.stringMatching(/its header has 1000000 entries.*Choose another GGUF file/),
    });
  });

  it('is told of like any other reason why a model cannot be used', async () => {
    const path = join(folder, 'template.gguf');
    writeTinyGguf(path, {
      chatTemplate: '{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}',
    });
    const states: ModelState[] = [];
    const gguf = createGgufClassifier({ path, timeLimitMs: patienceMs, onState: (state) => states.push(state) });
    await expect(gguf.classify('x')).rejects.toMatchObject({
      code: 'model_failed',
      message: `The model ${path} cannot be used: its chat template did not come to an end within 2 s. Choose another GGUF file, or download it again.`,
    });
    expect(states.map(({ state }) => state)).toEqual(['loading', 'failed']);
    await gguf.dispose();
  });
});
