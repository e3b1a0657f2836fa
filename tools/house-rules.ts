import { posix } from 'node:path';
import { type Room, rooms, waysIn } from './rooms.ts';

interface Pattern {
  group: readonly string[];
  message: string;
}

const electronPackages = ['electron', 'electron/*', 'electron-*', 'electron-*/**'];
const ways: Pattern = {
  group: waysIn.map((file) => `**/${posix.basename(file)}`),
  message: 'Electron or Node starts this file: nobody imports it.',
};

/** Biome's overrides that hold each room to the table, and keep tests and tools from importing what only starts. */
export function biomeOverrides() {
  return [
    ...Object.entries(rooms).flatMap(([name, room]) => overridesOf(name, room)),
    override(['tests/**', 'tools/**'], [ways]),
  ];
}

function overridesOf(name: string, room: Room) {
  const always: Pattern[] = [nearPattern(name, room), ways, ...packagePatterns(name)];
  const plain: Pattern = {
    group: electronPackages,
    message: 'Electron is imported only where tools/rooms.ts says so: all else runs under plain Node.',
  };
  const free = (room.electron ?? []).map((file) => `${name}/${file}`);
  const bound = override([`${name}/*`, ...free.map((file) => `!${file}`)], [...always, plain]);
  return free.length === 0 ? [bound] : [bound, override(free, always)];
}

/** Refuses relative imports that leave the folder, but for those right into a room of the table. */
function nearPattern(name: string, { imports }: Room): Pattern {
  const allowed = imports.map((other) => {
    const path = posix.relative(name, other);
    return `!${path.startsWith('.') ? path : `./${path}`}/*`;
  });
  const may = imports.length === 0 ? 'no other room' : imports.join(', ');
  return { group: ['../**', './*/**', ...allowed], message: `${name} may import ${may}: see tools/rooms.ts.` };
}

function packagePatterns(name: string): Pattern[] {
  if (name === 'shared') return [{ group: ['*', '!zod', '!.*'], message: 'shared/ imports only zod and itself.' }];
  if (!name.startsWith('renderer')) return [];
  return [{ group: ['node:*'], message: 'The window reaches the main process through window.desk only.' }];
}

function override(includes: readonly string[], patterns: readonly Pattern[]) {
  const noRestrictedImports = { level: 'error', options: { patterns } };
  return { includes, linter: { rules: { style: { noRestrictedImports } } } };
}

/** The map of the house in Mermaid: an arrow for each import that no longer way says already; shared/ is left out. */
export function houseMap(): string {
  const edges = Object.entries(rooms).flatMap(([name, { imports }]) => {
    const near = imports.filter((other) => other in rooms && other !== 'shared');
    return near.filter((other) => !near.some((via) => reaches(via, other))).map((other) => `  ${name} --> ${other}`);
  });
  return ['```mermaid', 'flowchart TD', ...edges, '```'].join('\n');
}

/** Whether one room may import the other, if through rooms between. */
export function reaches(from: string, to: string): boolean {
  return (rooms[from]?.imports ?? []).some((next) => next === to || reaches(next, to));
}
