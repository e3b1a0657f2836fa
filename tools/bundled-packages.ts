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
  const add = (file: string) => {
    const place = placeOf(file);
    if (place !== null) places.add(place);
  };
  const collect: Plugin = {
    name: 'collect-packages',
    buildEnd() {
      for (const id of this.getModuleIds()) add(id);
    },
    // Fonts and pictures are no modules of the bundle; each says which file it was.
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset') continue;
        for (const name of file.originalFileNames) add(path.resolve(projectDir, 'renderer', name));
      }
    },
    // Style sheets and what they import are none either.
    load: {
      order: 'pre',
      handler(id) {
        add(id);
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
