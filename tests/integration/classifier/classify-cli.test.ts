import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { labels } from '../../../shared/labels.ts';
import { classificationSchema } from '../../../shared/ticket.ts';
import { createLoopbackServer } from '../../../stand-ins/loopback-server.ts';
import { writeTinyGguf } from '../../../tools/tiny-gguf.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

const script = fileURLToPath(new URL('../../../electron/cli/classify.ts', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = aTemporaryFolder();
});

async function classify(
  args: string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
) {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', TICKET_AGENT_HOME: join(folder, 'data'), ...env },
  });
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([
    readAll(child.stdout),
    readAll(child.stderr),
    new Promise((resolve) => child.on('close', resolve)),
  ]);
  const lines = stdout.split('\n').filter(Boolean);
  return { code, stdout, stderr, results: lines.map((line) => JSON.parse(line)) };
}

describe('classify', () => {
  it('prints one JSON line and nothing else, by the built-in model where there is no other', async () => {
    const { code, stdout, stderr, results } = await classify(['the vpn is down for everybody']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\{.*\}\n$/);
    expect(Object.keys(results[0])).toEqual(['label', 'confidence', 'probabilities', 'source', 'model', 'ms']);
    expect(classificationSchema.parse(results[0])).toMatchObject({ label: 'Incident', source: 'builtin' });
  });

  it('uses the only GGUF in the data folder', async () => {
    mkdirSync(join(folder, 'other', 'models'), { recursive: true });
    writeTinyGguf(join(folder, 'other', 'models', 'tiny.gguf'));
    const { code, stdout, results } = await classify(['--user-data-dir=other', 'hello']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\{.*\}\n$/);
    expect(classificationSchema.parse(results[0])).toMatchObject({ source: 'gguf', model: 'tiny.gguf' });
  });

  it('uses the GGUF that GGML_MODEL_PATH names, relative to the current folder', async () => {
    writeTinyGguf(join(folder, 'mine.gguf'));
    const { results } = await classify(['hello'], { env: { GGML_MODEL_PATH: 'mine.gguf' } });
    expect(results[0]).toMatchObject({ source: 'gguf', model: 'mine.gguf' });
  });

  it('sends no key to an address of the current folder’s .env, which gives no consent either, and says both', async () => {
    const server = await createLoopbackServer({ operationOf: () => 'asked', answer: () => ({ status: 404 }) });
    onTestFinished(() => server.close());
    const key = { OPENAI_API_KEY: 'sk-of-the-environment' };
    writeFileSync(join(folder, '.env'), `OPENAI_ALLOWED=true\nOPENAI_BASE_URL=${server.origin}/v1\n`);
    const unasked = await classify(['hello'], { env: key });
    expect(unasked.stderr).toMatch(/OPENAI_ALLOWED .*does not count from the folder/);
    expect(unasked.stderr).toMatch(/OPENAI_API_KEY .*gets? no secrets but its own/);
    const allowed = await classify(['hello'], { env: { ...key, OPENAI_ALLOWED: 'true' } });
    expect([allowed.results[0]?.source, server.requests.length]).toEqual(['builtin', 0]);

    // Where it was first used it stays, unless the environment says otherwise.
    rmSync(join(folder, '.env'));
    mkdirSync(join(folder, 'data'), { recursive: true });
    const config = (port: string) =>
      writeFileSync(join(folder, 'data', 'config.yml'), `OPENAI_BASE_URL: http://127.0.0.1:${port}/v1\n`);
    config('9');
    await classify(['hello'], { env: { ...key, OPENAI_ALLOWED: 'true' } });
    config(new URL(server.origin).port);
    const moved = await classify(['hello'], { env: { ...key, OPENAI_ALLOWED: 'true' } });
    expect(moved.stderr).toMatch(/The key was used for http:\/\/127\.0\.0\.1:9\. The address is now .* by config\.yml/);
    expect(server.requests).toEqual([]);
    const env = { ...key, OPENAI_ALLOWED: 'true', OPENAI_BASE_URL: `${server.origin}/v1` };
    await classify(['hello'], { env });
    expect(server.requests.length).toBeGreaterThan(0);
  });

  it('says of a key that was saved in the window that it is for the app alone, never that it is not set', async () => {
    mkdirSync(join(folder, 'data'));
    const saved = { OPENAI_ALLOWED: true, OPENAI_API_KEY: { encrypted: 'aHVzaA==' } };
    writeFileSync(join(folder, 'data', 'settings.json'), JSON.stringify(saved));
    const { stderr, code } = await classify(['hello']);
    expect([stderr.trim().split('\n'), code]).toEqual([
      [expect.stringMatching(/^OPENAI_API_KEY \(.*settings\.json\): It was saved in the window, for the app alone/)],
      0,
    ]);
  });

  it('says on stderr what is wrong with a model, and answers nevertheless', async () => {
    writeFileSync(join(folder, 'page.gguf'), '<html>');
    const { code, stderr, results } = await classify(['hello'], { env: { GGML_MODEL_PATH: 'page.gguf' } });
    expect(code).toBe(0);
    expect(stderr).toContain('web page');
    expect(results[0]).toMatchObject({ source: 'builtin' });
  });

  it('answers where the model’s tokenizer lets llama.cpp abort as soon as it is loaded', async () => {
    writeTinyGguf(join(folder, 'mine.gguf'), { bytes: 0 });
    const { code, stdout, stderr, results } = await classify(['hello'], { env: { GGML_MODEL_PATH: 'mine.gguf' } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\{.*\}\n$/);
    expect(results[0]).toMatchObject({ source: 'builtin' });
    expect(stderr).toContain('llama.cpp crashed with the model mine.gguf');
  });

  it('answers every line where llama.cpp aborts with some of them, and asks the model again for the others', async () => {
    writeTinyGguf(join(folder, 'mine.gguf'), { bytes: 128 });
    const texts = ['plain', 'naïve', 'naïve again', 'plain again'];
    const input = texts.map((text, id) => JSON.stringify({ id, text })).join('\n');
    const { code, stderr, results } = await classify(['--jsonl', '-'], {
      input,
      env: { GGML_MODEL_PATH: 'mine.gguf' },
    });
    expect(code).toBe(0);
    expect(results.map(({ id, source }) => [id, source])).toEqual([
      [0, 'gguf'],
      [1, 'builtin'],
      [2, 'builtin'],
      [3, 'gguf'],
    ]);
    expect(stderr.match(/llama\.cpp crashed/g)).toHaveLength(2);
  });

  it('gives a model up with which llama.cpp crashed three times in a row', async () => {
    writeTinyGguf(join(folder, 'mine.gguf'), { bytes: 128 });
    const texts = ['é', 'é', 'é', 'plain'];
    const input = texts.map((text, id) => JSON.stringify({ id, text })).join('\n');
    const { results } = await classify(['--jsonl', '-'], { input, env: { GGML_MODEL_PATH: 'mine.gguf' } });
    expect(results.map(({ source }) => source)).toEqual(Array(4).fill('builtin'));
  });

  it('answers every line of a file in order, bad ones too', async () => {
    mkdirSync(join(folder, 'called-from'));
    const tickets = ['{"id":"b","text":"How do I print?"}', 'nonsense', '{"id":3}', '{"id":"a","text":""}'];
    writeFileSync(join(folder, 'called-from', 'tickets.jsonl'), `${tickets.join('\n')}\n`);
    const env = { INIT_CWD: join(folder, 'called-from') };
    const { code, results } = await classify(['--jsonl', 'tickets.jsonl'], { env });
    expect(code).toBe(1);
    expect(results.map(({ id }) => id)).toEqual(['b', null, 3, 'a']);
    expect(results.map(({ error }) => error === undefined)).toEqual([true, false, false, true]);
    expect(results[0]).toMatchObject({ label: 'Question' });
    expect(results[1]).toMatchObject({ label: null, confidence: null, probabilities: null, source: null, ms: null });
    expect(labels).toContain(results[3].label);
  });

  it('reads a ticket, or lines of them, from standard input', async () => {
    const ticket = await classify(['-'], { input: 'Please order paper.\nTwo boxes.\n' });
    expect(ticket.results).toHaveLength(1);
    const lines = await classify(['--jsonl', '-'], { input: '{"id":1,"text":"a"}\n{"id":2,"text":"b"}' });
    expect(lines.results.map(({ id }) => id)).toEqual([1, 2]);
  });

  it('explains itself where there is nothing to classify', async () => {
    const { code, stdout, stderr } = await classify([]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage:');
  });

  it('fails where the file cannot be read', async () => {
    const { code, stdout, stderr } = await classify(['--jsonl', 'missing.jsonl']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('missing.jsonl cannot be read');
  });
});
