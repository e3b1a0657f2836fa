import { describe, expect, it } from 'vitest';
import { ggufProblem } from '../../../electron/classifier/gguf-header.ts';
import { tinyGguf } from '../../../tools/tiny-gguf.ts';

const sound = tinyGguf();

function changed(change: (bytes: Buffer) => void): string | null {
  const bytes = Buffer.from(sound);
  change(bytes);
  return ggufProblem(bytes, bytes.length);
}

describe('ggufProblem', () => {
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
    expect(changed((bytes) => bytes.writeUInt32LE(0x7fffffff, 16))).toContain('damaged');
    expect(changed((bytes) => bytes.writeUInt32LE(0x7fffffff, 8))).toContain('damaged');
  });

  it('leaves what lies beyond the bytes read to llama.cpp', () => {
    expect(ggufProblem(sound.subarray(0, 4_000), sound.length)).toBeNull();
  });
});
