import { builtinModules } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const here = (...parts: string[]) => path.resolve(import.meta.dirname, ...parts);

const cores = availableParallelism();

/** Loaded at run time: Electron's own module, and what brings native binaries that must lie outside the bundle. */
const external = ['electron', 'better-sqlite3', 'node-llama-cpp', /^@node-llama-cpp\//, /^node:/, ...builtinModules];

const small = { compress: true, mangle: false, codegen: { removeWhitespace: true, asciiOnly: true } } as const;

/** What Bolt brings for servers. This program opens no port: its only receiver is our own. */
const serverPackages = ['express', 'raw-body', '@slack/oauth'];

/** Leaves these packages out: an empty module takes their place. */
function withoutPackages(names: readonly string[]): Plugin {
  const empty = '\0left-out';
  return {
    name: 'without-packages',
    enforce: 'pre',
    resolveId: (name) => (names.includes(name) ? empty : null),
    load: (id) => (id === empty ? 'export default {};' : null),
  };
}

/** `tools/build.ts` builds all three environments; vitest reads only `test`. */
export default defineConfig(({ mode }) => ({
  // index.html must lie at the root of what Vite builds, or the window's path gains a folder.
  root: mode === 'test' ? here() : here('renderer'),
  base: './',
  plugins: [react(), ...(mode === 'test' ? [] : [withoutPackages(serverPackages)])],
  environments: {
    client: {
      build: {
        outDir: here('dist/renderer'),
        emptyOutDir: true,
        target: 'chrome130',
        modulePreload: { polyfill: false },
      },
    },
    main: {
      consumer: 'server',
      resolve: {
        noExternal: true,
        external: ['electron', 'better-sqlite3', 'node-llama-cpp'],
        conditions: ['node', 'module'],
      },
      build: {
        outDir: here('dist/main'),
        emptyOutDir: true,
        target: 'node20.18',
        ssr: true,
        minify: false,
        rolldownOptions: {
          input: { main: here('electron/main.ts'), 'model-host': here('electron/app/model-host.ts') },
          external,
          output: {
            format: 'es',
            entryFileNames: '[name].js',
            chunkFileNames: '[name]-[hash].js',
            minify: small,
            comments: false,
          },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['electron'] },
      build: {
        outDir: here('dist/main'),
        emptyOutDir: false,
        target: 'node20.18',
        ssr: true,
        rolldownOptions: {
          input: { preload: here('electron/preload.ts') },
          external: ['electron'],
          // A sandboxed preload script must be CommonJS.
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
  },
  test: {
    setupFiles: [here('tests/patience.ts')],
    // Generous, because a slow machine is no fault of the code; nothing here measures time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many tests wait for a server or a process and leave their core to others; the default leaves one idle besides.
    maxWorkers: cores + 1,
    projects: [
      ...['unit', 'contract', 'integration'].map((name) => ({
        extends: true as const,
        test: { name, include: [`tests/${name}/**/*.test.{ts,tsx}`], environment: 'node' },
      })),
      {
        extends: true as const,
        test: {
          name: 'renderer',
          include: ['tests/renderer/**/*.test.tsx'],
          environment: 'jsdom',
          setupFiles: [here('tests/renderer/setup.ts')],
        },
      },
      {
        extends: true as const,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          environment: 'node',
          // Each test drives a whole desktop app: when the others are through, one on each core.
          maxWorkers: cores,
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
        },
      },
    ],
  },
}));
