import { expect, it, onTestFinished, vi } from 'vitest';
import { createJiraSite } from '../../stand-ins/jira/site.ts';
import { startDesk } from './desk.ts';
import { complaints, goTo } from './look.ts';
import { aWorld, byAlice, isAnnouncement } from './world.ts';

const field = 'Address of your site';

it('a Data Center is set up with an issue’s address and a personal access token, and gets a ticket', async () => {
  const world = await aWorld();
  const jira = await createJiraSite({ deployment: 'datacenter', contextPath: '/jira', projects: [{ key: 'OPS' }] });
  onTestFinished(() => jira.close());
  const { SLACK_API_URL = '', SLACK_BOT_TOKEN = '', SLACK_APP_TOKEN = '' } = world.credentials;
  const desk = await startDesk(world, { settings: { SLACK_API_URL, SLACK_BOT_TOKEN, SLACK_APP_TOKEN } });
  const page = await desk.page();
  const found = complaints(page);
  await goTo(page, 'Settings');
  await page.getByRole('tab', { name: 'Jira' }).click();
  // As it is copied, but for the scheme.
  await page.getByLabel(field).fill(`${jira.baseUrl.replace('http://', '')}/browse/OPS-1`);
  await page.getByText(/Found Jira Data Center 10\.3\.5 at/).waitFor();
  await page.getByText(/names project OPS, which is proposed/).waitFor();
  expect(await page.getByLabel('Email of the Atlassian account').count()).toBe(0);
  expect(jira.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);

  await page.getByLabel('Personal access token').fill(jira.apiToken);
  await page.getByRole('button', { name: 'Test Jira' }).click();
  await page.getByText(/may create issues in OPS/).waitFor();
  await page.getByRole('checkbox', { name: /plain text in settings.json/ }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await desk.waitForLine('jira: ok');
  await vi.waitFor(async () => expect(await page.getByLabel(field).inputValue()).toBe(jira.baseUrl));

  await world.slack.slash('/ticket', 'The VPN drops', byAlice);
  await world.slack.waitForMessage((message) => isAnnouncement(message) && message.text.includes('OPS-1'));
  expect(jira.issues.map(({ key }) => key)).toEqual(['OPS-1']);
  expect(found).toEqual([]);
});
