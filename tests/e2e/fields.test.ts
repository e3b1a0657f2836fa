import { expect, it } from 'vitest';
import { type JiraFieldSeed, toField } from '../../stand-ins/jira/field-kinds.ts';
import { startDesk } from './desk.ts';
import { complaints, look } from './look.ts';
import { aWorld, byAlice, isAnnouncement } from './world.ts';

const demanded: JiraFieldSeed[] = [
  { id: 'customfield_10001', name: 'Team', type: 'option', values: ['Networks', 'Workplace', 'Telephony'] },
  { id: 'customfield_10002', name: 'Steps to reproduce', type: 'textarea' },
  { id: 'customfield_10003', name: 'People affected', type: 'number' },
  { id: 'customfield_10004', name: 'Impact', type: 'radio', values: ['One person', 'A team', 'Everybody'] },
  { id: 'customfield_10005', name: 'Seen in', type: 'checkboxes', values: ['Chrome', 'Firefox', 'Safari'] },
  {
    id: 'customfield_10006',
    name: 'Where',
    type: 'cascading',
    values: ['Berlin > Mitte', 'Berlin > Wedding', 'Lisbon'],
  },
  { id: 'duedate', name: 'Due date' },
  { id: 'customfield_10007', name: 'Since', type: 'datetime' },
  { id: 'customfield_10008', name: 'Approver', type: 'user' },
  { id: 'components', name: 'Components', values: ['Backend', 'Frontend', 'Network', 'Printers'] },
];

it('a project that demands many fields is given them in the window, and gets the ticket', async () => {
  const world = await aWorld();
  world.jira.addPerson({ email: 'ana@example.com' });
  const [project] = world.jira.projects;
  for (const field of demanded) project?.fields.push(toField({ ...field, required: true }));
  const desk = await startDesk(world, { settings: world.credentials });
  const page = await desk.page();
  const found = complaints(page);
  await desk.waitForLine('slack: connected');
  await world.slack.slash('/ticket', 'The VPN drops every ten minutes', byAlice);
  await world.theRow({ status: 'received', step: 'needs_fields' });
  await page.getByRole('option', { name: 'VPN' }).click();
  await page.getByRole('button', { name: 'Fix and retry' }).click();
  const form = page.getByRole('dialog', { name: 'Fix and retry' });
  /** In another width the details are drawn anew, without the dialog; what was typed is still there. */
  const reopened = async () => {
    if (!(await form.isVisible())) await page.getByRole('button', { name: 'Fix and retry' }).click();
    await form.getByRole('combobox', { name: 'Team' }).waitFor();
  };
  await form.getByRole('combobox', { name: 'Team' }).waitFor();
  await look(desk, 'fields-empty', reopened);
  await reopened();
  await form.getByRole('button', { name: 'Retry' }).click();
  await form.getByText('Jira takes no issue without this.').first().waitFor();
  await look(desk, 'fields-missing', async () => {
    await reopened();
    await form.getByRole('button', { name: 'Retry' }).click();
    await form.getByRole('radiogroup', { name: 'Impact' }).scrollIntoViewIfNeeded();
  });
  await reopened();

  const choose = async (label: string, option: string) => {
    await form.getByRole('combobox', { name: label }).click();
    await form.getByRole('option', { name: option }).click();
  };
  await choose('Team', 'Networks');
  await form.getByLabel('Steps to reproduce').fill('Connect.\n\nWait.');
  await form.getByLabel('People affected').fill('12');
  await form.getByLabel('A team').check();
  await form.getByLabel('Firefox').check();
  await choose('Where', 'Berlin');
  await choose('Where, more exactly', 'Wedding');
  await form.getByLabel('Due date').fill('2026-12-24');
  await form.getByLabel('Since').fill('2026-12-01T08:30');
  await form.getByLabel('Approver').fill('ana@example.com');
  await choose('Components', 'Network');
  await choose('Components', 'Printers');
  await page.keyboard.press('Tab');
  await look(desk, 'fields-filled', async () => {
    await reopened();
    await form.getByRole('combobox', { name: 'Where, more exactly' }).scrollIntoViewIfNeeded();
  });
  await reopened();
  await form.getByRole('button', { name: 'Retry' }).click();
  await world.slack.waitForMessage(isAnnouncement);
  const fields = world.jira.issues[0]?.fields ?? {};
  expect(fields).toMatchObject({ customfield_10003: 12, duedate: '2026-12-24', components: [{}, {}] });
  expect(fields['customfield_10006']).toMatchObject({ child: {} });
  expect(found).toEqual([]);
});
