import { mkdirSync } from 'node:fs';
import { it } from 'vitest';
import { startDesk } from './desk.ts';
import { resize } from './look.ts';
import { aWorld } from './world.ts';

it('looks', async () => {
  mkdirSync('/tmp/pics', { recursive: true });
  const world = await aWorld();
  const desk = await startDesk(world, { args: ['--demo'] });
  await desk.waitForLine('slack: connected');
  const page = await desk.page();
  page.setDefaultTimeout(8000);
  await page.getByLabel('Write to #support').waitFor();
  const shot = async (name: string) => {
    await page.screenshot({ path: `/tmp/pics/${name}.png`, animations: 'disabled' });
  };
  const steps: [string, () => Promise<unknown>][] = [
    ['first', async () => {}],
    [
      'react',
      async () => {
        await page.getByRole('article', { name: /^carol/ }).hover();
        await page
          .getByRole('article', { name: /^carol/ })
          .getByRole('button', { name: 'React with :ticket:' })
          .click();
        await page.getByRole('button', { name: 'Approve' }).first().waitFor();
      },
    ],
    [
      'mention',
      async () => {
        await page
          .getByLabel('Write to #support')
          .fill('@ticket_agent The printer on floor 3 jams :fire: 🧑‍💻 1️⃣ :+1::skin-tone-4: :our-parrot:');
        await shot('mention-typed');
        await page.getByRole('button', { name: 'Send' }).click();
        await page.getByRole('button', { name: 'Approve' }).nth(1).waitFor();
      },
    ],
    [
      'direct',
      async () => {
        await page.getByRole('tab', { name: /Direct/ }).click();
        await page.getByLabel('Write to AI Ticket Agent').fill('My screen flickers');
        await page.getByRole('button', { name: 'Send' }).click();
        await page.getByRole('button', { name: 'Approve' }).first().waitFor();
      },
    ],
    [
      'home',
      async () => {
        await page.getByRole('tab', { name: /Home/ }).click();
        await page.waitForTimeout(500);
      },
    ],
    [
      'menu',
      async () => {
        await page.getByRole('tab', { name: /support/ }).click();
        const own = page.getByRole('article', { name: /^bob/ }).last();
        await own.hover();
        await own.getByRole('button', { name: 'More actions' }).click();
        await page.waitForTimeout(300);
      },
    ],
    [
      'shortcut',
      async () => {
        await page.getByRole('menuitem', { name: /File/ }).click();
        await page.waitForTimeout(2500);
      },
    ],
  ];
  for (const [name, step] of steps) {
    await step().catch(async (error) => console.log(name, String(error).slice(0, 300)));
    await shot(name);
    if (name !== 'menu') {
      await resize(desk, page, 420, 640);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.waitForTimeout(200);
      await shot(`${name}-420-dark`);
      await page.emulateMedia({ colorScheme: 'light' });
      await resize(desk, page, 900, 600);
    }
  }
});
