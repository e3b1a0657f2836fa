import path from 'node:path';
import { createBuilder, type Plugin } from 'vite';
import { projectDir } from './paths.ts';

/**
 * Where in `node_modules` the packages lie whose files the build of main, preload and window reads: they ship, although
 * package.json calls them devDependencies. Builds in memory; a few seconds. What is then left out of a package that is
 * read counts all the same.
 */
export async function bundledPackages(): Promise<Set<string>> {
  const places = new Set<string>();
  const collect: Plugin = {
    name: 'collect-packages',
    buildEnd() {
      for (const id of this.getModuleIds()) {
        const place = placeOf(id);
        if (place !== null) places.add(place);
      }
    },
    // Style sheets and what they import are no modules of the bundle.
    load: {
      order: 'pre',
      handler(id) {
        const place = placeOf(id);
        if (place !== null) places.add(place);
      },
    },
  };
  const builder = await createBuilder({
    configFile: path.join(projectDir, 'vite.config.ts'),
    logLevel: 'silent',
    plugins: [collect],
    build: { write: false },
  });
  for (const environment of Object.values(builder.environments)) await builder.build(environment);
  return places;
}

/** The package that a file belongs to, as package-lock.json names its place; null for our own files. */
export function placeOf(file: string): string | null {
  const inside = path
    .relative(projectDir, file.replace(/^\0/, '').replace(/[?#].*$/, ''))
    .split(path.sep)
    .join('/');
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/@][^/]*(?=\/)/.exec(inside)?.[0] ?? null;
}
