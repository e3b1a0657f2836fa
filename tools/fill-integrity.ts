// npm run fill-integrity: asks the registry for the hashes that package-lock.json lacks. npm itself never fills in those
// of other platforms' packages.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { projectDir } from './paths.ts';
import { runCommand } from './run-command.ts';

const lockfileSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string(), integrity: z.string().optional(), link: z.boolean().optional() }),
  ),
});

/** Where in `node_modules` each package lies whose hash `lockfile`, a text, does not have; and its version. */
export function withoutIntegrity(lockfile: string): { place: string; name: string; version: string }[] {
  const { packages } = lockfileSchema.parse(JSON.parse(lockfile));
  return Object.entries(packages).flatMap(([place, { version, integrity, link }]) =>
    place === '' || link || integrity !== undefined
      ? []
      : [{ place, name: place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length), version }],
  );
}

/** `lockfile` with the hash of the package at `place`, everything else as it was. */
export function withIntegrity(lockfile: string, place: string, integrity: string): string {
  const start = lockfile.indexOf(`    ${JSON.stringify(place)}: {\n`);
  const end = lockfile.indexOf('"version": ', start);
  const line = lockfile.indexOf('\n', end) + 1;
  if (start < 0 || end < 0) throw new Error(`There is no ${place} in the lockfile.`);
  return `${lockfile.slice(0, line)}      "integrity": ${JSON.stringify(integrity)},\n${lockfile.slice(line)}`;
}

async function main(): Promise<void> {
  const file = path.join(projectDir, 'package-lock.json');
  for (const { place, name, version } of withoutIntegrity(readFileSync(file, 'utf8'))) {
    const said = await runCommand('npm', ['view', `${name}@${version}`, 'dist.integrity']).catch(() => '');
    const integrity = /sha512-[\w+/=]+/.exec(said)?.[0];
    console.log(`${name}@${version}: ${integrity ?? 'the registry does not have it'}`);
    if (integrity) writeFileSync(file, withIntegrity(readFileSync(file, 'utf8'), place, integrity));
  }
}

if (import.meta.main) await main();
