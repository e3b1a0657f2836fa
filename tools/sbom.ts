// npm run --silent sbom > sbom.json: what the program consists of, as CycloneDX 1.5.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { bundledPackages } from './bundled-packages.ts';
import { projectDir } from './paths.ts';
import { runCommand } from './run-command.ts';
import { lockfileSchema, type ShippedPackage, shippedPackages } from './shipped-packages.ts';

const componentSchema = z.looseObject({
  'bom-ref': z.string(),
  name: z.string(),
  version: z.string(),
  properties: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
});
const sbomSchema = z.looseObject({
  metadata: z.looseObject({ component: z.looseObject({ 'bom-ref': z.string() }) }),
  components: z.array(componentSchema),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).optional() })),
});

/**
 * npm's own SBOM of everything that is installed, as it came, cut down to what ships. npm calls development what package.json
 * calls so; here every component says in which way it ships instead.
 */
export function cutToShipped(whole: unknown, shipped: readonly ShippedPackage[], programName: string): object {
  const sbom = sbomSchema.parse(whole);
  const ways = new Map(shipped.map(({ name, version, as }) => [`${name}@${version}`, as]));
  const root = sbom.metadata.component;
  const isKept = (ref: string) => ref === root['bom-ref'] || ways.has(ref);
  return {
    ...sbom,
    // npm takes the folder's name.
    metadata: { ...sbom.metadata, component: { ...root, type: 'application', name: programName } },
    components: sbom.components
      .filter((component) => isKept(component['bom-ref']))
      .map((component) => ({
        ...component,
        scope: 'required',
        properties: [
          ...(component.properties ?? []).filter(({ name }) => name !== 'cdx:npm:package:development'),
          { name: 'ai-ticket-agent:shipped', value: ways.get(component['bom-ref']) ?? '' },
        ],
      })),
    dependencies: sbom.dependencies
      .filter(({ ref }) => isKept(ref))
      .map((dependency) => ({ ...dependency, dependsOn: (dependency.dependsOn ?? []).filter(isKept) })),
  };
}

async function main(): Promise<void> {
  const read = (name: string): unknown => JSON.parse(readFileSync(path.join(projectDir, name), 'utf8'));
  const npm = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const whole: unknown = JSON.parse(await runCommand('npm', npm, { cwd: projectDir }));
  const { name } = z.object({ name: z.string() }).parse(read('package.json'));
  const shipped = shippedPackages(lockfileSchema.parse(read('package-lock.json')), await bundledPackages());
  console.log(JSON.stringify(cutToShipped(whole, shipped, name), null, 2));
}

if (import.meta.main) await main();
