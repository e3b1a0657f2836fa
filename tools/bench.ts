// npm run bench: how fast the built app answers and how much memory it takes, against Slack and Jira on loopback.
// npm run bench -- burst window: only these parts.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { benchBurst } from './bench-burst.ts';
import { benchBytes } from './bench-bytes.ts';
import { type Pace, type SentCommand, sendCommands } from './bench-commands.ts';
import { type Figure, figure, table } from './bench-figures.ts';
import { saveFigures } from './bench-machine.ts';
import { createInstantOpenAi } from './bench-openai.ts';
import { benchRest } from './bench-rest.ts';
import { benchWindow } from './bench-window.ts';
import { type BenchWorld, type BenchWorldOptions, withBenchWorld } from './bench-world.ts';
import { buildIfStale } from './build.ts';
import type { BuiltApp } from './built-app.ts';
import { electronPath } from './electron-runtime.ts';
import { projectDir } from './paths.ts';
import { runCommand } from './run-command.ts';
import { writeTinyGguf } from './tiny-gguf.ts';
import { noDisplayMessage, openDisplay } from './virtual-display.ts';

/** Milliseconds after which the whole run ends, whatever hangs. */
const limitMs = 20 * 60_000;
/** Milliseconds that the app has to settle before its memory is read. */
const settleMs = 2_000;
const coldStarts = 7;

const report = (line: string) => console.error(line);
const figures: Figure[] = [];

const scratch = mkdtempSync(path.join(os.tmpdir(), 'ticket-agent-bench-'));
let executable = '';
let displayEnv: Record<string, string> = {};

/** How the app is started: by default hidden, and with nothing set but Slack and Jira. */
interface AppWanted {
  settings?: Record<string, string>;
  args?: string[];
  workspace?: BenchWorldOptions['workspace'];
}

function withApp(
  { settings = {}, args = ['--hidden'], workspace = {} }: AppWanted,
  measure: (world: BenchWorld) => Promise<void>,
): Promise<void> {
  return withBenchWorld({ executable, scratch, env: { ...displayEnv, ...settings }, args, workspace }, measure);
}

function add(what: string, unit: Figure['unit'], values: readonly number[]): void {
  const added = figure(what, unit, values);
  figures.push(added);
  report(`${what}: ${added.p50.toFixed(1)} ${unit}`);
}

function addClassifications(what: string, world: BenchWorld, source: string): void {
  const all = world.classifications();
  const answered = all.filter((each) => each.source === source);
  if (answered.length < all.length) report(`${what}: ${all.length - answered.length} of ${all.length} by another.`);
  // A GGUF is measured first, and serves only where it is better than the built-in model.
  if (answered.length === 0) return;
  add(
    what,
    'ms',
    answered.map(({ ms }) => ms),
  );
}

async function addMemory(what: string, app: BuiltApp): Promise<void> {
  await wait(settleMs);
  const memory = app.memory();
  if (memory === null) return report(`${what}: memory is measured on Linux only.`);
  add(`${what}: main process`, 'MB', [memory.main]);
  add(`${what}: all processes`, 'MB', [memory.all]);
}

const acks = (commands: readonly SentCommand[]) => commands.map(({ ackMs }) => ackMs);

async function benchColdStart(): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < coldStarts; run += 1) {
    await withApp({}, async ({ app }) => {
      times.push(await app.lineAt(/^slack: connected$/));
    });
  }
  add('process start to `slack: connected`', 'ms', times);
}

async function benchBuiltin(): Promise<void> {
  await withApp({}, async (world) => {
    await world.app.lineAt(/^slack: connected$/);
    await addMemory('idle, window never opened', world.app);
    const commands = await sendCommands(world.slack, { count: 500, perSecond: 20 });
    add('command to acknowledgement, 20 a second', 'ms', acks(commands));
    add(
      'command to announcement, 20 a second',
      'ms',
      commands.map(({ announcedMs }) => announcedMs),
    );
    addClassifications('classification, built-in model', world, 'builtin');
    await addMemory('after 500 tickets', world.app);
  });
  await withApp({ args: [] }, async ({ app }) => {
    await app.lineAt(/^slack: connected$/);
    await addMemory('idle, window open', app);
  });
}

/** Acknowledgements while the model is loading and while it is busy, then its speed with one ticket at a time. */
async function benchGguf(name: string, file: string, { rush, calm }: { rush: Pace; calm: Pace }): Promise<void> {
  await withApp({ settings: { GGML_MODEL_PATH: file } }, async ({ app, slack }) => {
    const [commands, loadedAt, connectedAt] = await Promise.all([
      app.lineAt(/^slack: connected$/).then(() => sendCommands(slack, rush)),
      app.lineAt(/^model: loaded /),
      app.lineAt(/^slack: connected$/),
    ]);
    const loading = commands.filter(({ sentAt }) => connectedAt + sentAt < loadedAt);
    const busy = await sendCommands(slack, { ...rush, first: rush.count + 1 });
    add(`process start to \`model: loaded\`, ${name}`, 'ms', [loadedAt]);
    if (loading.length > 0) add(`command to acknowledgement while ${name} loads`, 'ms', acks(loading));
    else report(`${name} had loaded before Slack was connected.`);
    add(`command to acknowledgement while ${name} classifies`, 'ms', acks(busy));
  });
  await withApp({ settings: { GGML_MODEL_PATH: file } }, async (world) => {
    await Promise.all([world.app.lineAt(/^slack: connected$/), world.app.lineAt(/^model: loaded /)]);
    const commands = await sendCommands(world.slack, calm);
    addClassifications(`classification, ${name}`, world, 'gguf');
    add(
      `command to announcement, ${name}, one by one`,
      'ms',
      commands.map(({ announcedMs }) => announcedMs),
    );
    await addMemory(`with ${name}`, world.app);
  });
}

/** Measures in processes of their own, since llama.cpp is set up once a process, for the CPU or for a GPU. */
async function benchCost(file: string): Promise<void> {
  for (const flags of process.argv.includes('--gpu') ? [[], ['--gpu']] : [[]]) {
    report(await runCommand(process.execPath, [path.join(projectDir, 'tools', 'bench-gguf.ts'), file, ...flags]));
  }
}

async function benchOpenAi(): Promise<void> {
  const openAi = await createInstantOpenAi();
  const settings = { OPENAI_ALLOWED: 'true', OPENAI_API_KEY: 'sk-bench-only', OPENAI_BASE_URL: openAi.baseUrl };
  await withApp({ settings }, async (world) => {
    await world.app.lineAt(/^slack: connected$/);
    await sendCommands(world.slack, { count: 100, perSecond: 20 });
    addClassifications('classification, OpenAI that answers at once', world, 'openai');
  });
  openAi.close();
}

/** The parts, in this order; each can be asked for by its name. */
const parts: Record<string, () => Promise<void>> = {
  start: benchColdStart,
  builtin: benchBuiltin,
  async gguf() {
    await benchGguf('a GGUF of 0.5 MB', tinyFile(), {
      rush: { count: 40, perSecond: 20 },
      calm: { count: 100, perSecond: 'one by one' },
    });
    const file = givenFile();
    if (file === null) return report('BENCH_GGUF=/path/to/a.gguf measures a real model too.');
    await benchGguf(path.basename(file), file, {
      rush: { count: 40, perSecond: 20 },
      calm: { count: 30, perSecond: 'one by one' },
    });
    await benchCost(file);
  },
  openai: benchOpenAi,
  bytes: () => benchBytes({ add, report }),
  rest: () => benchRest({ executable, scratch, env: displayEnv, add, report }),
  window: () => benchWindow({ executable, scratch, env: displayEnv, add, report }),
  async burst() {
    const file = givenFile();
    await benchBurst({ withApp, add, addMemory, addClassifications }, { name: 'built-in model', file: null });
    await benchBurst(
      { withApp, add, addMemory, addClassifications },
      file === null ? { name: 'a GGUF of 0.5 MB', file: tinyFile() } : { name: path.basename(file), file },
    );
  },
};

function tinyFile(): string {
  const file = path.join(scratch, 'tiny.gguf');
  writeTinyGguf(file);
  return file;
}

function givenFile(): string | null {
  const given = process.env['BENCH_GGUF'];
  return given ? path.resolve(process.env['INIT_CWD'] ?? '.', given) : null;
}

async function bench(): Promise<void> {
  const asked = process.argv.slice(2).filter((argument) => argument !== '--gpu');
  const unknown = asked.find((name) => parts[name] === undefined);
  if (unknown !== undefined)
    throw new Error(`There is no part ${unknown}; there are ${Object.keys(parts).join(', ')}.`);
  await buildIfStale(report);
  executable = await electronPath(report);
  const display = await openDisplay();
  if (display === null) throw new Error(noDisplayMessage);
  displayEnv = display.env;
  for (const [name, measure] of Object.entries(parts)) {
    if (asked.length === 0 || asked.includes(name)) await measure();
  }
  display.close();

  const { machine, file } = await saveFigures(figures, executable);
  console.log(`${table(figures)}\n`);
  report(`${machine}\n${file}`);
}

process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
setTimeout(() => {
  report(`The bench did not end within ${limitMs / 60_000} minutes.`);
  process.exit(1);
}, limitMs).unref();

try {
  await bench();
} catch (thrown) {
  report(thrown instanceof Error ? thrown.message : String(thrown));
  // At once: a display or an app may still be open.
  process.exit(1);
}
