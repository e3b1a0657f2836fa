import { expect, it } from 'vitest';
import { currentElectron } from '../../electron/app/old-electron.ts';
import { startDesk } from './desk.ts';
import { aWorld } from './world.ts';

it('on the fallback Electron, goes outside this machine only where the environment allows it, and says so', async ({
  skip,
}) => {
  const world = await aWorld();
  const settings = {
    ...world.credentials,
    SLACK_API_URL: 'https://slack.invalid/api/',
    JIRA_BASE_URL: 'https://team.invalid',
  };
  const refused = await startDesk(world, { settings });
  const version = await refused.app.evaluate(() => process.versions['electron'] ?? '');
  if (Number.parseInt(version, 10) >= currentElectron) skip('This runs on a current Electron.');
  await Promise.all([
    refused.waitForLine('slack: disconnected not_configured'),
    refused.waitForLine('jira: not_configured'),
  ]);
  const page = await refused.page();
  await page.getByText('which gets no security fixes any more').first().waitFor();
  await page.getByRole('navigation').getByRole('button', { name: 'Status' }).click();
  await page.getByLabel('What is wrong').getByText('ALLOW_OLD_ELECTRON=true').first().waitFor();
  expect(refused.lines()).not.toContain('slack: connecting');
  await refused.quit();

  const allowed = await startDesk(world, { settings: { ...settings, ALLOW_OLD_ELECTRON: 'true' } });
  await allowed.waitForLine('slack: connecting');
  await (await allowed.page()).getByText('ALLOW_OLD_ELECTRON lets it reach').first().waitFor();
  await allowed.quit();
});
