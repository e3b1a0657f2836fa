import { expect, it, vi } from 'vitest';
import { startDesk } from './desk.ts';
import { goTo } from './look.ts';
import { aWorld, byAlice, isAnnouncement, type World } from './world.ts';

/** The code that the bot has sent to somebody as a direct message. */
async function theCode({ slack }: World): Promise<string> {
  const message = await slack.waitForMessage(({ text }) => /\b\d{6}\b/.test(text));
  return /\b\d{6}\b/.exec(message.text)?.[0] ?? '';
}

it('decides as the person whose desktop this is, once a code from the bot has proved it', async () => {
  const world = await aWorld();
  const desk = await startDesk(world);
  await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine('jira: ok')]);
  await world.slack.slash('/ticket', 'The VPN drops', byAlice);
  await world.theRow({ step: 'announced' });
  const alice = world.slack.users.find(({ name }) => name === 'alice');

  const page = await desk.page();
  await goTo(page, 'Settings');
  await page.getByRole('tab', { name: 'Your desktop' }).click();
  await page.getByRole('combobox', { name: 'Who are you in Slack?' }).click();
  await page.getByRole('option', { name: /alice/ }).click();
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await page
    .getByLabel(/code/i)
    .first()
    .fill(await theCode(world));
  await page.getByRole('button', { name: /confirm/i }).click();
  await page
    .getByText(/belongs to|alice/i)
    .first()
    .waitFor();

  await goTo(page, 'Tickets');
  await page.getByRole('option', { name: 'The VPN drops' }).click();
  await page.getByRole('button', { name: /^Approve/ }).click();
  await world.theRow({ status: 'approved', step: 'done' });
  const message = await world.slack.waitForMessage(({ text }) => text.includes('approved by'));
  expect(JSON.stringify(message.blocks)).toContain(`*Approved* by <@${alice?.id}>`);
  expect(world.jira.issues[0]?.properties).toMatchObject({
    'ticket-agent': { decision: { status: 'approved', by: alice?.id } },
  });
});

it('files a failed ticket after its type and summary were mended', async () => {
  const world = await aWorld();
  const desk = await startDesk(world);
  await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine('jira: ok')]);
  world.jira.setPermission('KAN', 'create', false);
  await world.slack.slash('/ticket', 'The VPN drops', byAlice);
  await world.theRow({ status: 'failed' });
  world.jira.setPermission('KAN', 'create', true);

  const page = await desk.page();
  await page.getByRole('tab', { name: /^Needs attention/ }).click();
  await page.getByRole('option', { name: 'The VPN drops' }).click();
  await page.getByRole('button', { name: 'Fix and retry' }).click();
  await page.getByRole('textbox', { name: 'Summary' }).fill('The VPN drops in Berlin');
  await page.getByRole('button', { name: 'Retry', exact: true }).click();
  await world.slack.waitForMessage((message) => isAnnouncement(message) && message.text.includes('in Berlin'));
  await world.theRow({ status: 'created', step: 'announced', jira_issue_key: 'KAN-1' });
  expect(world.jira.issues.map(({ fields }) => fields['summary'])).toEqual(['The VPN drops in Berlin']);
});

it('can be used with the keyboard alone, from a page to a ticket’s details and back', async () => {
  const world = await aWorld();
  const desk = await startDesk(world);
  await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine('jira: ok')]);
  await world.slack.slash('/ticket', 'The VPN drops', byAlice);
  await world.theRow({ step: 'announced' });
  await world.slack.slash('/ticket', 'The door squeaks', byAlice);
  // The second message waits for its turn in the channel.
  const steps = () => world.rows().map(({ step }) => step);
  await vi.waitFor(() => expect(steps()).toEqual(['announced', 'announced']));

  const page = await desk.page();
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  /** What the focused element is. */
  const focused = () =>
    page.evaluate(() => {
      const { activeElement } = Reflect.get(globalThis, 'document');
      return activeElement.getAttribute('role') ?? activeElement.type;
    });
  await page.getByRole('option', { name: 'The door squeaks' }).waitFor();
  await press('Control+4');
  await page.getByRole('heading', { name: 'Status', level: 1 }).waitFor();
  await press('Control+1');
  await page.getByRole('heading', { name: 'Tickets', level: 1 }).waitFor();
  await press('/');
  await vi.waitFor(async () => expect(await focused()).toBe('search'));
  await page.keyboard.type('vpn');
  await page.getByRole('option', { name: 'The door squeaks' }).waitFor({ state: 'detached' });
  await press('ArrowDown', 'Enter');
  await page.getByRole('heading', { name: 'The VPN drops' }).waitFor();
  await press('Escape');
  await page.getByRole('heading', { name: 'The VPN drops' }).waitFor({ state: 'detached' });
  await vi.waitFor(async () => expect(await focused()).toBe('listbox'));
  // A copied key proves that letters act on the chosen ticket.
  await press('c');
  await vi.waitFor(async () => expect(await desk.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('KAN-1'));
});

it('moves nothing where the system asks for reduced motion', async () => {
  const world = await aWorld();
  const desk = await startDesk(world);
  await desk.waitForLine('slack: connected');
  const page = await desk.page();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // Keys are lost on a page that is not drawn yet.
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Shift+?');
  await page.getByRole('dialog').waitFor();
  const moving = await page.evaluate(() => {
    const { document, getComputedStyle } = globalThis as unknown as {
      document: { querySelectorAll(all: string): Iterable<object>; getAnimations(): unknown[] };
      getComputedStyle(element: object): { transitionDuration: string; animationName: string };
    };
    const styles = [...document.querySelectorAll('*')].map((element) => getComputedStyle(element));
    const slow = styles.filter(({ transitionDuration }) => /[1-9]/.test(transitionDuration)).length;
    return { slow, running: document.getAnimations().length };
  });
  expect(moving).toEqual({ slow: 0, running: 0 });
});
