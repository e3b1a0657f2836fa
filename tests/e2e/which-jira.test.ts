import { expect, it, onTestFinished, vi } from 'vitest';
import { createJiraSite } from '../../stand-ins/jira/site.ts';
import { createLoopbackServer } from '../../stand-ins/loopback-server.ts';
import { startDesk } from './desk.ts';
import { complaints, goTo, look } from './look.ts';
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
  await look(desk, 'settings-data-center');

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

it('what else answers is told, and nothing secret goes there', async () => {
  const world = await aWorld();
  const login = await createLoopbackServer({
    operationOf: () => 'asked',
    answer: () => ({
      status: 200,
      body: '<html><title>Sign in to Example</title><form><input type="password"></form></html>',
    }),
  });
  onTestFinished(() => login.close());
  const { SLACK_API_URL = '' } = world.credentials;
  const desk = await startDesk(world, { settings: { SLACK_API_URL } });
  const page = await desk.page();
  const found = complaints(page);
  await goTo(page, 'Settings');
  await page.getByRole('tab', { name: 'Jira' }).click();
  await page.getByLabel(field).fill(login.origin);
  await page.getByText(/Sign in to Example/).waitFor();
  await page.getByLabel('Which Jira it is').waitFor();
  await look(desk, 'settings-login-page');
  expect(login.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  await page.getByLabel(field).fill('ana@example.com');
  await page.getByText(/That is an email address/).waitFor();
  await look(desk, 'settings-no-address');
  await page.getByLabel(field).fill('http://jira.example.com');
  await page.getByText('This address is not encrypted').waitFor();
  await look(desk, 'settings-http');
  expect(found).toEqual([]);
});
