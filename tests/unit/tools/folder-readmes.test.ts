import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { ourDocuments, ourFiles, readOurs } from './documents.ts';

const ofNpm = z.record(z.string(), z.string());
const manifest = z
  .object({ dependencies: ofNpm, devDependencies: ofNpm, optionalDependencies: ofNpm })
  .parse(JSON.parse(readOurs('package.json')));
const packages = Object.values(manifest).flatMap((group) => Object.keys(group));

const readmes = ourDocuments().filter((name) =>
  /^(?:electron|renderer|shared|tools|stand-ins)\/(?:.*\/)?README\.md$/.test(name),
);
const files = ourFiles('{electron,renderer,shared,tools,stand-ins}/**/*.{ts,tsx,mjs,css}');

/** The README that speaks for a file: that of its folder, or of the nearest folder above that has one. */
function readmeOf(file: string): string | undefined {
  const fitting = readmes.filter((readme) => file.startsWith(`${path.posix.dirname(readme)}/`));
  return fitting.toSorted((one, other) => other.length - one.length)[0];
}

/** Packages of npm that a file imports, for their types alone too. */
function imports(file: string): string[] {
  const modules = readOurs(file).matchAll(
    /^(?:import|export) [^;'=]*\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)|(?:@import |url\()"([^"]+)"/gm,
  );
  return [...modules].flatMap(([, from, effect, late, style]) => {
    const name = from ?? effect ?? late ?? style ?? '';
    return packages.filter((known) => name === known || name.startsWith(`${known}/`));
  });
}

it('a file without a README for it does not exist', () => {
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter((file) => readmeOf(file) === undefined)).toEqual([]);
});

it.each(readmes)('%s names the packages that its folder imports, and no other', (readme) => {
  const named = readOurs(readme).match(/(?<=`)[@\w./-]+(?=`)/g) ?? [];
  const imported = files.filter((file) => readmeOf(file) === readme).flatMap(imports);
  expect([...new Set(named.filter((name) => packages.includes(name)))].sort()).toEqual([...new Set(imported)].sort());
});
