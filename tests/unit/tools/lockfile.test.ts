import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
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
