import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawRooms } from '../../../tools/draw-rooms.ts';
import { reaches } from '../../../tools/house-rules.ts';
import { inPackage, projectDir } from '../../../tools/paths.ts';
import { rooms, waysIn } from '../../../tools/rooms.ts';

const names = Object.keys(rooms);
const sources = globSync('{shared,renderer,electron,stand-ins}/**/*.{ts,tsx}', { cwd: projectDir });

describe('the table of rooms', () => {
  it('has every folder with code, and no other', () => {
    expect(names.toSorted()).toEqual([...new Set(sources.map((file) => path.dirname(file)))].toSorted());
  });

  it('has at most 16 rooms right in electron/', () => {
    expect(names.filter((name) => /^electron\/[^/]+$/.test(name)).length).toBeLessThanOrEqual(16);
  });

  it('goes one way only', () => {
    expect(names.filter((name) => reaches(name, name))).toEqual([]);
  });

  it('allows nothing that nobody imports', () => {
    const used = new Set(
      sources.flatMap((file) => {
        const imported = readFileSync(path.join(projectDir, file), 'utf8').matchAll(/(?:from|import\(?) ?'(\.[^']+)'/g);
        const room = path.dirname(file);
        return [...imported].map(([, to = '']) => `${room} ${path.dirname(path.join(room, to))}`);
      }),
    );
    const allowed = names.flatMap((name) => (rooms[name]?.imports ?? []).map((other) => `${name} ${other}`));
    expect(allowed.filter((edge) => !used.has(edge))).toEqual([]);
  });

  it.each(drawRooms())('$file is made from it', ({ file, text }) => {
    expect(readFileSync(file, 'utf8'), 'Run `npm run rooms`.').toBe(text);
  });
});

/**
 * Ways to load a module that the linter does not follow: Node asked by hand, or an address that is worked out. Whoever
 * needs one stands here, with all that it may name.
 */
const unseenWay =
  /\b(?:createRequire|_load|dlopen|getBuiltinModule)\b|\brequire\s*[(.]|\bmeta\.resolve\b|\bimport\((?!'[^']+'[,)])|\bnew Worker\b/;
const unseenWays: Readonly<Record<string, readonly string[]>> = {
  // Looks for a file deep in the package, which exports only its entry.
  'electron/classifier/gguf/yielding-header-reader.ts': ['node-llama-cpp'],
};

describe('a module that is loaded past the linter', () => {
  it.each([
    "createRequire(import.meta.url)('../log/backups.ts')",
    'const load = createRequire(import.meta.url);',
    "require('../log/backups.ts')",
    "require.resolve('../log/backups.ts')",
    "import.meta.resolve('../log/backups.ts')",
    'await import(`../log/backups.ts`)',
    'await import(address.href)',
    "await import(/* @vite-ignore */ '../log/backups.ts' + suffix)",
    "await import('../log/' + name)",
    "process.getBuiltinModule('module')",
    'new Worker(file)',
  ])('is seen in %s', (line) => {
    expect(line).toMatch(unseenWay);
  });

  it.each(["await import('node-llama-cpp')", "await import('../held-out.json', { with: { type: 'json' } })"])(
    'is not what the linter sees itself: %s',
    (line) => {
      expect(line).not.toMatch(unseenWay);
    },
  );

  it('is so in the files that are named here, and in no other', () => {
    const found = sources.filter((file) => unseenWay.test(readFileSync(path.join(projectDir, file), 'utf8')));
    expect(found.toSorted()).toEqual(Object.keys(unseenWays).toSorted());
  });

  it.each(Object.entries(unseenWays))('is of a package, never of a file of ours: %s', (file, packages) => {
    const text = readFileSync(path.join(projectDir, file), 'utf8');
    const calls = text.match(/createRequire(?=\()/g) ?? [];
    const named = [...text.matchAll(/createRequire\(import\.meta\.url\)\.resolve\('([^']+)'\)/g)].map(
      ([, name]) => name,
    );
    expect(named).toEqual(packages);
    expect(calls).toHaveLength(named.length);
    expect(packages.filter((name) => /^[./]|:/.test(name))).toEqual([]);
  });
});

/** One import: from a file that need not exist, of what need not exist either. */
interface Import {
  file: string;
  imported: string;
}

const into = (room: string, other: string): Import => {
  const to = path.relative(room, path.join(other, 'anything.ts'));
  return { file: `${room}/probe.ts`, imported: to.startsWith('.') ? to : `./${to}` };
};
const pairs = names.flatMap((room) => names.filter((other) => other !== room).map((other) => ({ room, other })));
const mayImport = ({ room, other }: (typeof pairs)[number]) => rooms[room]?.imports.includes(other) === true;
const maySee = (room: string) => rooms[room]?.electron?.includes('*') === true;

const refusedImports: Import[] = [
  ...pairs.filter((pair) => !mayImport(pair)).map(({ room, other }) => into(room, other)),
  ...names.filter((room) => !maySee(room)).map((room) => ({ file: `${room}/probe.ts`, imported: 'electron' })),
  ...names.filter((room) => !maySee(room)).map((room) => ({ file: `${room}/probe.ts`, imported: 'electron-log/main' })),
  ...names
    .filter((room) => /^(shared|renderer)/.test(room))
    .map((room) => ({ file: `${room}/probe.ts`, imported: 'node:fs' })),
  ...waysIn.map((way) => ({ file: 'tests/unit/probe.test.ts', imported: path.relative('tests/unit', way) })),
  ...waysIn.map((way) => ({
    file: 'electron/app/probe.ts',
    imported: into('electron/app', path.dirname(way)).imported.replace('anything.ts', path.basename(way)),
  })),
  { file: 'shared/probe.ts', imported: 'p-queue' },
  { file: 'electron/jira/probe.ts', imported: '../network/../log/anything.ts' },
  { file: 'electron/jira/probe.ts', imported: './../log/anything.ts' },
  { file: 'electron/jira/probe.ts', imported: '../network/deeper/anything.ts' },
];
const allowedImports: Import[] = [
  ...pairs.filter(mayImport).map(({ room, other }) => into(room, other)),
  ...Object.entries(rooms).flatMap(([room, { electron = [] }]) =>
    electron.map((file) => ({ file: `${room}/${file.replace('*', 'probe.ts')}`, imported: 'electron' })),
  ),
  { file: 'shared/probe.ts', imported: 'zod' },
  { file: 'shared/probe.ts', imported: './labels.ts' },
  { file: 'electron/jira/probe.ts', imported: 'node:fs' },
  { file: 'tests/unit/probe.test.ts', imported: '../../electron/jira/anything.ts' },
];

const forms = [
  "import { anything } from '../log/anything.ts';",
  "import type { Anything } from '../log/anything.ts';",
  "export * from '../log/anything.ts';",
  "await import('../log/anything.ts');",
];

describe('the linter, under our own configuration', () => {
  let folder: string;
  /** `file:line` of each import that it refuses. */
  let found: Set<string>;
  const lines = new Map<string, string[]>();
  for (const { file, imported } of [...refusedImports, ...allowedImports]) {
    lines.set(file, [...(lines.get(file) ?? []), imported]);
  }
  const place = ({ file, imported }: Import) => `${file}:${1 + (lines.get(file) ?? []).indexOf(imported)}`;
  const name = ({ file, imported }: Import) => `${path.dirname(file)} ${imported}`;

  beforeAll(() => {
    folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'rooms-'));
    for (const file of ['biome.json', 'biome-rooms.json']) cpSync(path.join(projectDir, file), path.join(folder, file));
    const write = (file: string, text: string) => {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    };
    for (const [file, imports] of lines) write(file, imports.map((imported) => `import '${imported}';\n`).join(''));
    write('electron/jira/forms.ts', forms.map((form) => `${form}\n`).join(''));
    write('electron/log/one.ts', `import type { Two } from './two.ts';\nexport type One = Two | 1;\n`);
    write('electron/log/two.ts', `import type { One } from './one.ts';\nexport type Two = One | 2;\n`);
    const biome = inPackage('@biomejs/biome', 'bin', 'biome');
    const rules = ['--only=style/noRestrictedImports', '--only=suspicious/noImportCycles'];
    const options = ['--reporter=github', '--vcs-enabled=false', '--max-diagnostics=none'];
    const run = spawnSync(process.execPath, [biome, 'lint', ...rules, ...options], { cwd: folder, encoding: 'utf8' });
    const errors = run.stdout.matchAll(/::(?:error|warning) title=lint\/[^,]+,file=([^,]+),line=(\d+)/g);
    found = new Set(
      [...errors].map(([, at = '', line]) => `${path.relative(folder, path.resolve(folder, at))}:${line}`),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('refuses every import that the table does not allow', () => {
    expect(refusedImports.filter((each) => !found.has(place(each))).map(name)).toEqual([]);
  });

  it('allows every import of the table', () => {
    expect(allowedImports.filter((each) => found.has(place(each))).map(name)).toEqual([]);
  });

  it.each(forms)('refuses it in the form %s', (form) => {
    expect([...found]).toContain(`electron/jira/forms.ts:${1 + forms.indexOf(form)}`);
  });

  it('refuses an import cycle, if of types only', () => {
    expect([...found]).toEqual(expect.arrayContaining(['electron/log/one.ts:1', 'electron/log/two.ts:1']));
  });
});
