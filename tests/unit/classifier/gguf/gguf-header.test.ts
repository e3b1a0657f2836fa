import { describe, expect, it } from 'vitest';
import { parseGgufHeader } from '../../../../electron/classifier/gguf/gguf-header.ts';
import { tinyGguf } from '../../../../tools/tiny-gguf.ts';

const sound = tinyGguf();

function ggufProblem(bytes: Buffer, fileSize: number): string | null {
  return parseGgufHeader(bytes, fileSize).problem;
}

function changed(change: (bytes: Buffer) => void): string | null {
  const bytes = Buffer.from(sound);
  change(bytes);
  return ggufProblem(bytes, bytes.length);
}

describe('parseGgufHeader', () => {
  it('finds nothing wrong with a sound file', () => {
    expect(ggufProblem(sound, sound.length)).toBeNull();
  });

  it.each([
    ['', 'it is empty'],
    ['<!DOCTYPE html><html>Sign in</html>', 'web page'],
    ['\n <html>', 'web page'],
    ['version https://git-lfs.github.com/spec/v1\noid sha256:1', 'Git LFS'],
    ['PK\u0003\u0004 a zip archive, not a model', 'not a GGUF file'],
    ['GG', 'incomplete'],
    ['GGUF', 'incomplete'],
  ])('says what %j is', (content, problem) => {
    const bytes = Buffer.from(content);
    expect(ggufProblem(bytes, bytes.length)).toContain(problem);
  });

  it.each([
    [1, 'too old'],
    [4, 'newer'],
    [3 << 24, 'big-endian'],
  ])('refuses GGUF version %i', (version, problem) => {
    expect(changed((bytes) => bytes.writeUInt32LE(version, 4))).toContain(problem);
  });

  it('finds a cut anywhere in the header, and in the weights before the last tensor', () => {
    for (let size = 24; size < sound.length - 40_000; size += 997) {
      expect(ggufProblem(sound.subarray(0, size), size), `cut at ${size}`).toContain('incomplete');
    }
  });

  it('refuses lengths that lead out of the file', () => {
    expect(changed((bytes) => bytes.writeUInt32LE(0x7fffffff, 24))).toContain('damaged');
    expect(changed((bytes) => bytes.writeUInt32LE(0xffffffff, 28))).toContain('damaged');
    expect(changed((bytes) => bytes.writeUInt32LE(3_999, 16))).toContain('damaged');
    expect(changed((bytes) => bytes.writeUInt32LE(19_999, 8))).toContain('damaged');
  });

  it('finds nothing wrong with a header that goes on beyond the bytes read, and says that it does', () => {
    for (let size = 24; size < 9_000; size += 97) {
      const { problem, elements } = parseGgufHeader(sound.subarray(0, size), sound.length);
      expect([problem, elements], `${size} bytes`).toEqual([null, null]);
    }
  });

  it('keeps what is said of the model, and leaves out the rest', () => {
    const { values } = parseGgufHeader(sound, sound.length);
    expect(Object.fromEntries(values)).toEqual({
      'general.architecture': 'llama',
      'general.type': 'model',
      'general.name': 'tiny-random',
      'general.license': 'mit',
      'general.file_type': 0,
      'llama.context_length': 2048,
      'tokenizer.ggml.model': 'llama',
      'tokenizer.chat_template': expect.stringContaining('{% for m in messages %}'),
    });
  });

  it('counts the elements of all tensors', () => {
    expect(parseGgufHeader(sound, sound.length).elements).toBe(121_536);
  });

  it('keeps no more than the beginning of a long text', () => {
    const bytes = tinyGguf({ name: 'x'.repeat(100_000) });
    expect(parseGgufHeader(bytes, bytes.length).values.get('general.name')).toBe('x'.repeat(200));
  });

  it.each([
    ['entries', 16, 1_000_000],
    ['tensors', 8, 1_000_000],
  ])('refuses a header with a million %s before it reads them', (what, at, count) => {
    const problem = changed((bytes) => bytes.writeUInt32LE(count, at));
    expect(problem).toMatch(new RegExp(`^its header .* ${count} ${what}, and no model more than`));
  });

  it('refuses lists of more texts than any vocabulary has', () => {
    const key = 'tokenizer.ggml.tokens';
    const head = Buffer.alloc(16 * 1024 * 1024);
    tinyGguf().copy(head, 0, 0, 16);
    head.writeUInt32LE(1, 16);
    head.writeUInt32LE(key.length, 24);
    head.write(key, 32);
    head.writeUInt32LE(9, 32 + key.length);
    head.writeUInt32LE(8, 36 + key.length);
    head.writeUInt32LE(1_500_000, 40 + key.length);
    expect(ggufProblem(head, 1e10)).toBe("its lists have 1500000 texts, and no model's more than 1000000");
  });

  it('refuses lists of lists', () => {
    const head = Buffer.concat([tinyGguf().subarray(0, 16), Buffer.alloc(64)]);
    head.writeUInt32LE(1, 16);
    head.writeUInt32LE(1, 24);
    head.write('a', 32);
    head.writeUInt32LE(9, 33);
    head.writeUInt32LE(9, 37);
    head.writeUInt32LE(5, 41);
    expect(ggufProblem(head, head.length)).toContain('damaged');
  });

  it('refuses a chat template that is longer than any', () => {
    const fits = tinyGguf({ chatTemplate: 'x'.repeat(256 * 1024 - 8) });
    expect(ggufProblem(fits, fits.length)).toBeNull();
    const bytes = tinyGguf({ chatTemplate: 'x'.repeat(256 * 1024) });
    expect(ggufProblem(bytes, bytes.length)).toMatch(/^its chat template has \d+ bytes, and no model's more than/);
  });

  it('takes a first part without any tensors, as gguf-split can write it', () => {
    const bytes = Buffer.alloc(32);
    bytes.write('GGUF');
    bytes.writeUInt32LE(3, 4);
    expect(parseGgufHeader(bytes, bytes.length)).toMatchObject({ problem: null, elements: 0 });
  });
});
