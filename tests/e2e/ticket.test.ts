import { expect, it, vi } from 'vitest';
import { actionIds } from '../../electron/slack/blocks.ts';
import { startDesk } from './desk.ts';
import { aWorld, byAlice, isAnnouncement } from './world.ts';

it('takes a command to an approved issue, and still knows it after a restart', async () => {
  const world = await aWorld();
  const { slack, jira, theRow } = world;
  const desk = await startDesk(world);
  await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine('jira: ok')]);
  expect(desk.lines()).toEqual(expect.arrayContaining(['slack: connecting', 'model: none']));

  const page = await desk.page();
  await page.getByText('No tickets yet').waitFor();
  const pages = page.getByRole('navigation').getByRole('button');
  await vi.waitFor(async () =>
    expect(await pages.allTextContents()).toEqual(['Tickets', 'Model', 'Settings', 'Status']),
  );

  const { ack } = await slack.slash('/ticket', 'The VPN drops & dies\nevery ten minutes', byAlice);
  expect(ack).toMatchObject({ response_type: 'ephemeral' });
  const announcement = await slack.waitForMessage(isAnnouncement);
  expect(announcement.channel).toBe(slack.channels.find(({ name }) => name === 'support')?.id);
  expect(jira.issues).toHaveLength(1);
  expect(jira.issues[0]?.fields['summary']).toBe('The VPN drops & dies');
  const filed = await theRow({ step: 'announced', status: 'created', jira_issue_key: 'KAN-1', source: 'builtin' });
  expect(filed).toMatchObject({ ticket_id: jira.issues[0]?.key, jira_issue_id: jira.issues[0]?.id });
  expect(filed.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

  const row = page.getByRole('option', { name: 'The VPN drops & dies' });
  await row.getByText('Waiting for approval').waitFor();
  await row.getByText('KAN-1').waitFor();
  await slack.click(announcement, actionIds.approve, { user: 'bob' });
  await row.getByText('Approved').waitFor();
  const decided = await theRow({ step: 'done', status: 'approved' });

  expect(await desk.quit()).toBe(0);
  await slack.waitForConnections(0);
  const again = await startDesk(world);
  await again.waitForLine('slack: connected');
  await (await again.page()).getByRole('option', { name: 'The VPN drops & dies' }).getByText('Approved').waitFor();
  expect(await theRow({})).toEqual(decided);
  expect(jira.issues).toHaveLength(1);
  expect(slack.messages().filter(({ via }) => via === 'chat.postMessage')).toHaveLength(1);
});
