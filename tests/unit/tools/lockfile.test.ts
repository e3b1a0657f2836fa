import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { projectDir } from '../../../tools/paths.ts';

const text = readFileSync(path.join(projectDir, 'package-lock.json'), 'utf8');
const { packages } = z
  .object({
    packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() })),
  })
  .parse(JSON.parse(text));

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
