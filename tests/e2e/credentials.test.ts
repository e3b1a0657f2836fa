import { describe, expect, it } from 'vitest';
import { startDesk } from './desk.ts';
import { aWorld, byAlice } from './world.ts';

describe('wrong tokens', () => {
  it('are said on stdout and in the window, and the app lives on', async () => {
    const world = await aWorld();
    const settings = {
      ...world.credentials,
      SLACK_BOT_TOKEN: 'xoxb-1-1-wrong',
      SLACK_APP_TOKEN: 'xapp-1-A1-1-wrong',
      JIRA_API_TOKEN: 'wrong',
    };
    const desk = await startDesk(world, { settings });
    await Promise.all([desk.waitForLine('slack: unauthorized'), desk.waitForLine('jira: unauthorized')]);

    const page = await desk.page();
    await page.getByRole('navigation').getByRole('button', { name: 'Status' }).click();
    const slack = page.getByRole('main').getByText('SLACK_BOT_TOKEN');
    const jira = page.getByRole('main').getByText('JIRA_API_TOKEN');
    await Promise.all([slack.first().waitFor(), jira.first().waitFor()]);
    expect(desk.process.exitCode).toBeNull();
    expect(await desk.quit()).toBe(0);
  });

  it('of Jira alone leave the ticket in the log until they are right', async () => {
    const world = await aWorld();
    const desk = await startDesk(world, { settings: { ...world.credentials, JIRA_API_TOKEN: 'wrong' } });
    await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine('jira: unauthorized')]);
    await world.slack.slash('/ticket', 'The VPN drops', byAlice);
    await world.slack.waitForMessage(({ via, text }) => via === 'response_url' && text.includes('token'));
    await world.theRow({ status: 'received', jira_issue_key: null });
    await desk.quit();

    await startDesk(world);
    await world.theRow({ status: 'created', step: 'announced', jira_issue_key: 'KAN-1' });
  });
});

describe('no credentials at all', () => {
  it('leave an app that says what it lacks', async () => {
    const world = await aWorld();
    const desk = await startDesk(world, { settings: {} });
    await Promise.all([
      desk.waitForLine('slack: disconnected not_configured'),
      desk.waitForLine('jira: not_configured'),
      desk.waitForLine('model: none'),
    ]);
    const page = await desk.page();
    await page.getByRole('navigation').getByRole('button', { name: 'Status' }).click();
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'JIRA_BASE_URL', 'JIRA_EMAIL', 'JIRA_API_TOKEN']) {
      await page.getByRole('main').getByText(name).first().waitFor();
    }
    expect(world.slack.requests).toEqual([]);
    expect(await desk.quit()).toBe(0);
  });
});
