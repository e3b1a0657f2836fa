// npm run licenses: the licences of what ships, one package a line. Ends with code 1 where one does not fit.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { bundledPackages } from './bundled-packages.ts';
import { licenceProblem } from './judge-licence.ts';
import { projectDir } from './paths.ts';
import { type Lockfile, lockfileSchema, type ShippedPackage, shippedPackages } from './shipped-packages.ts';

const namedLicence = z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]);
const manifestSchema = z.object({ license: namedLicence.optional(), licenses: z.array(namedLicence).optional() });

/** What such packages hold that has a name and a licence of its own. */
const inside: Record<string, string> = {
  'node_modules/better-sqlite3': 'SQLite, in the public domain',
  'node_modules/electron': 'Chromium and Node.js, see LICENSES.chromium.html beside the executable',
  'node_modules/node-llama-cpp': 'llama.cpp, MIT',
};

/** The licence that the installed package names, or, for other platforms' packages, the lockfile. */
export function licenceOf({ place }: ShippedPackage, { packages }: Lockfile): string | null {
  const file = path.join(projectDir, place, 'package.json');
  if (existsSync(file)) {
    const { license, licenses } = manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const all = license ?? (licenses?.length ? licenses.join(' OR ') : null);
    if (all !== null) return all;
  }
  const known = packages[place]?.license;
  return known === undefined ? null : typeof known === 'string' ? known : known.type;
}

if (import.meta.main) {
  const lockfile = lockfileSchema.parse(JSON.parse(readFileSync(path.join(projectDir, 'package-lock.json'), 'utf8')));
  let problems = 0;
  for (const shipped of shippedPackages(lockfile, await bundledPackages())) {
    const licence = licenceOf(shipped, lockfile);
    const more = inside[shipped.place];
    console.log([`${shipped.name}@${shipped.version}`, licence ?? 'none', more].filter(Boolean).join('  '));
    const problem = licenceProblem(licence);
    if (problem === null) continue;
    problems += 1;
    console.error(`${shipped.name}@${shipped.version} ${problem}.`);
  }
  process.exitCode = problems > 0 ? 1 : 0;
}
