import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectDir } from '../../tools/paths.ts';
import { startDesk } from './desk.ts';
import { aWorld } from './world.ts';

it.each(['x%41y', 'x%20y', "100% it's & ümlaut"])('shows its window in a folder named %j', async (name) => {
  const world = await aWorld();
  const appDir = join(world.folder, name);
  mkdirSync(appDir);
  cpSync(join(projectDir, 'dist'), join(appDir, 'dist'), { recursive: true });
  cpSync(join(projectDir, 'package.json'), join(appDir, 'package.json'));
  for (const other of ['assets', 'config.yml', 'node_modules', 'slack-manifest.yml']) {
    symlinkSync(join(projectDir, other), join(appDir, other));
  }
  const desk = await startDesk(world, { appDir });
  const page = await desk.page();
  await page.getByRole('heading', { name: 'Tickets' }).waitFor();
  await page.getByRole('button', { name: 'Status' }).click();
  await page.getByRole('heading', { name: 'Status', exact: true }).waitFor();
  expect(await desk.quit()).toBe(0);
});
