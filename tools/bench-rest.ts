import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { keysOf } from '../shared/keys-of.ts';
import type { Figure } from './bench-figures.ts';
import { type BenchWorldOptions, withBenchWorld } from './bench-world.ts';
import { type BuiltApp, startBuiltApp } from './built-app.ts';

export interface RestBench extends Pick<BenchWorldOptions, 'executable' | 'scratch' | 'env'> {
  add(what: string, unit: Figure['unit'], values: readonly number[]): void;
  report(line: string): void;
}

const rounds = 5;
/** Milliseconds between two looks at the processor time. */
const lookMs = 250;
/** Looks in a row that see (almost) no work before the app counts as idle. */
const quietLooks = 12;
/** Milliseconds of processor time between two looks that still count as none. */
const restingMs = 10;
/** Looks until it is given up. */
const mostLooks = 240;
/** Milliseconds until memory is read: V8 gives back what the start needed after half a minute. */
const settleMs = 40_000;

const ways = { bare: 'a bare Electron window', shown: 'window shown', hidden: 'window never opened' };
type Way = keyof typeof ways;

/**
 * Measures what the app costs while nobody uses it, beside a bare Electron window of the same runtime: processor time
 * from start to rest, one after the other, then the memory of all three, which share the runtime's pages. Linux only.
 */
export async function benchRest({ executable, scratch, env, add, report }: RestBench): Promise<void> {
  if (process.platform !== 'linux') return report('What it costs at rest is measured on Linux only.');
  const appDir = writeBareApp(scratch);
  const processorMs: Record<Way, number[]> = { bare: [], shown: [], hidden: [] };
  const megabytes: Record<Way, number[]> = { bare: [], shown: [], hidden: [] };
  for (let round = 0; round < rounds; round += 1) {
    const dataDir = mkdtempSync(path.join(scratch, 'bare-'));
    const bare = startBuiltApp({ executable, dataDir, env, args: [], appDir });
    try {
      await bare.lineAt(/^shown$/);
      processorMs.bare.push(await processorAtRest(bare));
      await withBenchWorld({ executable, scratch, env, args: [] }, async ({ app: shown }) => {
        await shown.lineAt(/^slack: connected$/);
        processorMs.shown.push(await processorAtRest(shown));
        await withBenchWorld({ executable, scratch, env, args: ['--hidden'] }, async ({ app: hidden }) => {
          await hidden.lineAt(/^slack: connected$/);
          processorMs.hidden.push(await processorAtRest(hidden));
          await wait(settleMs);
          const apps = { bare, shown, hidden };
          for (const way of keysOf(ways)) megabytes[way].push(apps[way].memory()?.all ?? Number.NaN);
        });
      });
    } finally {
      await bare.stop();
    }
  }
  for (const way of keysOf(ways)) {
    add(`at rest, ${ways[way]}: memory of all processes`, 'MB', megabytes[way]);
    add(`start to rest, ${ways[way]}: processor time`, 'ms', processorMs[way]);
  }
  const times = ({ shown, bare }: Record<Way, number[]>) => (median(shown) / median(bare)).toFixed(2);
  report(`The shown window takes ${times(megabytes)} times the memory of a bare one at rest,`);
  report(`and ${times(processorMs)} times its processor time from start to rest.`);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Waits until the app has nothing to do any more. Gives the milliseconds of processor time that it took until then. */
async function processorAtRest(app: BuiltApp): Promise<number> {
  let before = 0;
  let quiet = 0;
  let worked = 0;
  for (let look = 0; look < mostLooks && quiet < quietLooks; look += 1) {
    const now = app.processorMs() ?? Number.NaN;
    quiet = now - before > restingMs ? 0 : quiet + 1;
    if (quiet === 0) worked = now;
    before = now;
    await wait(lookMs);
  }
  if (quiet < quietLooks) throw new Error('It does not come to rest.');
  return worked;
}

/** An app that is nothing but one window like ours, with a page of one line. Gives its folder. */
function writeBareApp(scratch: string): string {
  const folder = path.join(scratch, 'bare-app');
  mkdirSync(folder);
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ name: 'bare', version: '1.0.0', main: 'main.cjs' }),
  );
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Bare</title><p>Hello</p>');
  writeFileSync(
    path.join(folder, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 900, height: 600, show: false, webPreferences: { sandbox: true } });
  window.once('ready-to-show', () => {
    window.show();
    process.stdout.write('shown\\n');
  });
  void window.loadFile('index.html');
});
process.on('SIGTERM', () => app.quit());
`,
  );
  return folder;
}
