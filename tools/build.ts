import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { removeForeign } from '../shared/foreign-variables.ts';
import { computeBuildStamp } from './build-stamp.ts';
import { withLock } from './lock.ts';
import { inPackage, projectDir } from './paths.ts';

const dist = path.join(projectDir, 'dist');
const stampName = '.stamp';

/** Builds dist/ unless it is what the sources would give. Safe when several processes do it at once. */
export async function buildIfStale(report: (line: string) => void): Promise<void> {
  if (isFresh()) return;
  await withLock(inPackage('.build.lock'), async () => {
    if (!isFresh()) await build(report);
  });
}

function isFresh(): boolean {
  const stamp = path.join(dist, stampName);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === computeBuildStamp();
}

/** Builds main process, preload script and window beside dist/, then puts them in its place in one go. */
async function build(report: (line: string) => void): Promise<void> {
  // Vite takes them for the query and the fragment of an address.
  const cut = /[#?]/.exec(projectDir)?.[0];
  if (cut !== undefined) {
    throw new Error(
      `Nothing can be built in ${projectDir}: there is a ${cut} in its path. Move or rename the folder, and try again.`,
    );
  }
  const started = performance.now();
  // NODE_ENV would have it built for developing.
  removeForeign(process.env);
  report('Building ...');
  const stamp = computeBuildStamp();
  const work = mkdtempSync(path.join(projectDir, 'node_modules', '.build-'));
  try {
    const { createBuilder } = await import('vite');
    const builder = await createBuilder({
      configFile: path.join(projectDir, 'vite.config.ts'),
      logLevel: 'warn',
      environments: {
        client: { build: { outDir: path.join(work, 'new', 'renderer') } },
        main: { build: { outDir: path.join(work, 'new', 'main') } },
        preload: { build: { outDir: path.join(work, 'new', 'main') } },
      },
    });
    for (const environment of Object.values(builder.environments)) await builder.build(environment);
    writeFileSync(path.join(work, 'new', stampName), stamp);
    if (existsSync(dist)) renameSync(dist, path.join(work, 'old'));
    renameSync(path.join(work, 'new'), dist);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  report(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}

if (import.meta.main) {
  const report = (line: string) => console.error(line);
  await withLock(inPackage('.build.lock'), () => build(report)).catch((thrown: unknown) => {
    report(thrown instanceof Error ? thrown.message : String(thrown));
    process.exitCode = 1;
  });
}
