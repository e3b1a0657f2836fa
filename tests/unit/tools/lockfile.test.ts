import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { withIntegrity, withoutIntegrity } from '../../../tools/fill-integrity.ts';
import { projectDir } from '../../../tools/paths.ts';

const text = readFileSync(path.join(projectDir, 'package-lock.json'), 'utf8');
const entry = z.object({
  gypfile: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const { packages } = z.object({ packages: z.record(z.string(), entry) }).parse(JSON.parse(text));

it('names no registry, so that everybody uses their own', () => {
  expect(text).not.toMatch(/https?:\/\/[^"]*\.tgz/);
});

/**
 * Natives for platforms that we do not package for. The registry that this lockfile was made with does not have this
 * version of them; `npm run fill-integrity` asks another one, and then they must go from this list.
 */
const notToBeHad = [
  '@node-llama-cpp/linux-riscv64',
  '@node-llama-cpp/mac-arm64-metal',
  '@node-llama-cpp/mac-x64',
  '@node-llama-cpp/win-arm64',
  '@node-llama-cpp/win-x64',
  '@node-llama-cpp/win-x64-cuda',
  '@node-llama-cpp/win-x64-cuda-ext',
  '@node-llama-cpp/win-x64-vulkan',
];

it('holds the hash of every package, so that a registry cannot exchange one', () => {
  expect(withoutIntegrity(text).map(({ name }) => name)).toEqual(notToBeHad);
});

it('takes a hash without anything else being changed', () => {
  const { place } = withoutIntegrity(text)[0] ?? { place: '' };
  const filled = withIntegrity(text, place, 'sha512-x');
  expect(withoutIntegrity(filled).map((each) => each.place)).not.toContain(place);
  expect(filled.replace('      "integrity": "sha512-x",\n', '')).toBe(text);
  expect(() => withIntegrity(text, 'node_modules/nowhere', 'sha512-x')).toThrow('nowhere');
});

it("knows every platform's packages, or `npm ci` would be refused", () => {
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages || `${place}/node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});

it('keeps npm from compiling better-sqlite3, which brings its binaries', () => {
  const advice = '`npm install` drops "gypfile": false from better-sqlite3 in package-lock.json: put it back';
  expect(packages['node_modules/better-sqlite3']?.gypfile, advice).toBe(false);
});
