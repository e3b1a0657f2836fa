import { describe, expect, it, vi } from 'vitest';
import type { Ticket } from '../../../shared/ticket.ts';
import type { JiraFieldSeed } from '../../../stand-ins/jira/field-kinds.ts';
import type { SlackView } from '../../../stand-ins/slack/views.ts';
import type { SlackWorkspace } from '../../../stand-ins/slack/workspace.ts';
import { everyDoor } from '../../fixtures/slack-manifest.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { aWorld, everyTicket, theTicket } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };
const slack = { manifest: everyDoor };
const team: JiraFieldSeed = {
  id: 'customfield_10050',
  name: 'Team',
  required: true,
  type: 'option',
  values: ['Red', 'Blue'],
};
const project = (...customFields: JiraFieldSeed[]) => ({ projects: [{ key: 'KAN', customFields }] });

/** Words above the inputs of a view. */
function labelsOf({ blocks }: SlackView): string[] {
  return blocks.flatMap((block) => {
    const label = Object(block['label']);
    return block['type'] === 'input' ? [String(label.text)] : [];
  });
}
const saysNothingOfLoading = (view: SlackView) => !JSON.stringify(view.blocks).includes('Loading');
const has = (label: string) => (view: SlackView) => view.type === 'modal' && labelsOf(view).includes(label);

async function openedForm(workspace: SlackWorkspace): Promise<SlackView> {
  await workspace.slash('/ticket', '', byAlice);
  return workspace.waitForView((view) => view.type === 'modal' && saysNothingOfLoading(view));
}

describe('/ticket without a text', () => {
  it('opens a form, which files what is entered with what its type demands', async () => {
    const world = await aWorld({ slack, jira: project(team) });
    const { log } = await world.desk();
    const view = await openedForm(world.slack);
    expect(labelsOf(view)).toEqual(['Summary', 'Description', 'Type', 'Priority']);
    expect(await everyTicket(log)).toEqual([]);
    await world.slack.pick(view, 'Type', 'Incident');
    await world.slack.waitForView(has('Team'));
    const { outcome } = await world.slack.submit(view, {
      Summary: 'VPN is down',
      Description: 'Since 9 o’clock.\nFor <everybody> & me.',
      Team: 'Blue',
    });
    expect(outcome).toBe('closed');
    const ticket = await theTicket(log, ({ step }) => step === 'announced');
    expect(ticket).toMatchObject({ door: 'form', channelName: 'support', summary: 'VPN is down' });
    expect(ticket.classification).toMatchObject({ label: 'Incident', source: 'person' });
    const [issue] = world.jira.issues;
    expect(issue?.fields).toMatchObject({ summary: 'VPN is down', customfield_10050: { id: '10101' } });
    expect(world.jira.paragraphs(issue?.fields['description']).join('\n')).toContain('For <everybody> & me.');
  });

  it('asks for what the text’s type demands where the person leaves the type to the text', async () => {
    const world = await aWorld({ slack, jira: project(team) });
    const { log } = await world.desk();
    const view = await openedForm(world.slack);
    const first = await world.slack.submit(view, { Summary: 'VPN is down' });
    expect(first).toMatchObject({ outcome: 'updated' });
    expect(labelsOf(view)).toContain('Team');
    expect(await everyTicket(log)).toEqual([]);
    expect(await world.slack.submit(view, { Team: 'Red' })).toMatchObject({ outcome: 'closed' });
    const { classification } = await theTicket(log, ({ step }) => step === 'announced');
    expect(classification).toMatchObject({ label: 'Bug', source: 'builtin' });
  });

  it('shows the text’s type and its fields after Enter', async () => {
    const world = await aWorld({ slack, jira: project({ ...team, types: ['Bug'] }) });
    await world.desk();
    const view = await openedForm(world.slack);
    await world.slack.pick(view, 'Summary', 'VPN is down');
    await world.slack.waitForView(has('Team'));
    expect(JSON.stringify(view.blocks)).toContain('From the text: Bug.');
    await world.slack.pick(view, 'Type', 'Task');
    await world.slack.waitForView((each) => !has('Team')(each));
  });

  it('loses nothing that was typed when the type changes', async () => {
    const steps: JiraFieldSeed = {
      id: 'customfield_2',
      name: 'Steps',
      type: 'textarea',
      required: true,
      types: ['Bug'],
    };
    const world = await aWorld({ slack, jira: project(steps, { ...team, types: ['Bug', 'Task'] }) });
    const { log } = await world.desk();
    const view = await openedForm(world.slack);
    await world.slack.pick(view, 'Type', 'Bug');
    await world.slack.waitForView(has('Steps'));
    const long = 'One step after the other. '.repeat(100).trim();
    await world.slack.fill(view, { Summary: 'VPN', Steps: long, Team: 'Blue' });
    await world.slack.pick(view, 'Type', 'Task');
    await world.slack.waitForView((each) => has('Team')(each) && !has('Steps')(each));
    await world.slack.pick(view, 'Type', 'Bug');
    await world.slack.waitForView(has('Steps'));
    expect(await world.slack.submit(view, {})).toMatchObject({ outcome: 'closed' });
    await theTicket(log, ({ step }) => step === 'announced');
    expect(JSON.stringify(world.jira.issues[0]?.fields)).toContain(long);
    expect(world.jira.issues[0]?.fields['customfield_10050']).toEqual({ id: '10101' });
  });
});

describe('a request that lacks fields', () => {
  const isAsked = ({ step, announcement }: Ticket) => step === 'needs_fields' && announcement !== null;

  it.each([{}, { deployment: 'datacenter' as const }])('is kept, and who asked gets a button (%o)', async (make) => {
    const world = await aWorld({ slack, jira: { ...make, ...project(team) } });
    const { log } = await world.desk();
    const text = 'VPN is down\nFor everybody, `ping` too.';
    await world.slack.slash('/ticket', text, byAlice);
    const asked = await theTicket(log, isAsked);
    expect(asked).toMatchObject({ status: 'received', text });
    const question = await world.slack.waitForMessage(({ blocks }) =>
      JSON.stringify(blocks).includes('complete_ticket'),
    );
    expect(question.ephemeralTo).not.toBeNull();
    expect(JSON.stringify(question.blocks)).toMatch(/Team.*Fill in the missing field/);
    await world.slack.click(question, 'complete_ticket', { user: 'alice' });
    const view = await world.slack.waitForView(has('Team'));
    expect(view.values).toMatchObject({
      summary: { value: { value: 'VPN is down' } },
      description: { value: { value: text } },
    });
    expect(await world.slack.submit(view, { Team: 'Blue' })).toMatchObject({ outcome: 'closed' });
    const filed = await theTicket(log, ({ step }) => step === 'announced');
    expect(filed.requestId).toBe(asked.requestId);
    expect(filed.markup).toBe(asked.markup);
    expect(world.jira.issues).toHaveLength(1);
    // Pressed again, the button tells so.
    await world.slack.click(question, 'complete_ticket', { user: 'alice' });
    await world.slack.waitForView((each) => JSON.stringify(each.blocks).includes('in Jira already: KAN-1'));
  });

  /** One desktop was sent the command, another one has taken what was missing. */
  async function completedElsewhere() {
    const world = await aWorld({ slack, jira: project(team) });
    const first = await world.desk();
    await world.slack.slash('/ticket', 'VPN is down', byAlice);
    await theTicket(first.log, isAsked);
    const question = await world.slack.waitForMessage(({ blocks }) =>
      JSON.stringify(blocks).includes('complete_ticket'),
    );
    await first.stop();
    const second = await world.desk({ dataDir: aTemporaryFolder() });
    await world.slack.click(question, 'complete_ticket', { user: 'alice' });
    const view = await world.slack.waitForView(has('Team'));
    expect(await world.slack.submit(view, { Team: 'Blue' })).toMatchObject({ outcome: 'closed' });
    await theTicket(second.log, ({ step }) => step === 'announced');
    await second.stop();
    return { ...world, question, view, back: await world.desk() };
  }

  it('is taken by a desktop that never saw it, and is one issue however often it is sent', async () => {
    const { slack: workspace, jira, question, view, back } = await completedElsewhere();
    await workspace.click(question, 'complete_ticket', { user: 'alice' });
    const again = await workspace.waitForView((each) => each !== view && has('Team')(each));
    // However long Jira takes to tell.
    const slow = jira.failWhile(() => true, { delayMs: 1_500 });
    expect(await workspace.submit(again, { Team: 'Red' })).toMatchObject({ outcome: 'closed' });
    expect(await theTicket(back.log, ({ step }) => step === 'announced')).toMatchObject({ issueKey: 'KAN-1' });
    slow.end();
    expect(jira.issues).toHaveLength(1);
  }, 30_000);

  it('is one issue as well where the window tries it again here', async () => {
    const { jira, back } = await completedElsewhere();
    const { requestId } = await theTicket(back.log, isAsked);
    await back.agent.tickets.retry(requestId, { fields: { customfield_10050: { id: '10100' } } });
    expect(await theTicket(back.log, ({ step }) => step === 'announced')).toMatchObject({ issueKey: 'KAN-1' });
    expect(jira.issues).toHaveLength(1);
  });

  it('is filed where Jira refuses to look for it', async () => {
    const world = await aWorld({ slack, jira: project(team) });
    const { agent, log, errors } = await world.desk();
    await world.slack.slash('/ticket', 'VPN is down', byAlice);
    const { requestId } = await theTicket(log, isAsked);
    world.jira.failWhile(({ path }) => path.includes('/search'), { status: 400, body: { errorMessages: ['No.'] } });
    await agent.tickets.retry(requestId, { fields: { customfield_10050: { id: '10100' } } });
    expect(await theTicket(log, ({ step }) => step === 'announced')).toMatchObject({ issueKey: 'KAN-1' });
    expect(errors).toContainEqual(expect.objectContaining({ code: 'invalid_input' }));
  });

  it('that another desktop has completed waits no longer', async () => {
    const { slack: workspace, back } = await completedElsewhere();
    await back.agent.tickets.mergeRemote();
    expect(await theTicket(back.log, () => true)).toMatchObject({ issueKey: 'KAN-1', step: 'announced' });
    const announced = workspace.messages('support').filter(({ blocks }) => JSON.stringify(blocks).includes('approve'));
    expect(announced).toHaveLength(1);
  });

  it('is completed in the window as well, and the button then says so', async () => {
    const world = await aWorld({ slack, jira: project(team) });
    const { agent, log } = await world.desk();
    await world.slack.slash('/ticket', 'VPN is down', byAlice);
    const { requestId } = await theTicket(log, isAsked);
    const question = await world.slack.waitForMessage(({ blocks }) =>
      JSON.stringify(blocks).includes('complete_ticket'),
    );
    await world.slack.click(question, 'complete_ticket', { user: 'alice' });
    const view = await world.slack.waitForView(has('Team'));
    await agent.tickets.retry(requestId, { fields: { customfield_10050: { id: '10100' } } });
    await theTicket(log, ({ step }) => step === 'announced');
    expect(await world.slack.submit(view, { Team: 'Blue' })).toMatchObject({ outcome: 'updated' });
    expect(JSON.stringify(view.blocks)).toContain('in Jira already: KAN-1');
    expect(world.jira.issues).toMatchObject([{ fields: { customfield_10050: { id: '10100' } } }]);
  });

  const steps: JiraFieldSeed = { id: 'customfield_2', name: 'Steps', type: 'textarea', required: true, types: ['Bug'] };
  const isQuestion = ({ blocks }: { blocks: unknown }) => JSON.stringify(blocks).includes('complete_ticket');

  /** The form of a bug whose type was changed in the window: it asks for what an incident demands. */
  async function formOfAnIncident() {
    const impact: JiraFieldSeed = { ...steps, id: 'customfield_3', name: 'Impact', types: ['Incident'] };
    const world = await aWorld({ slack, jira: project(steps, impact) });
    const { agent, log } = await world.desk();
    await world.slack.slash('/ticket', 'VPN is down', byAlice);
    const { requestId } = await theTicket(log, isAsked);
    const question = await world.slack.waitForMessage(isQuestion);
    await agent.tickets.retry(requestId, { issueType: 'Incident' });
    await theTicket(log, (ticket) => isAsked(ticket) && 'customfield_3' in (ticket.wantedFields ?? {}));
    await world.slack.click(question, 'complete_ticket', { user: 'alice' });
    const view = await world.slack.waitForView(has('Impact'));
    return { world, log, view };
  }

  it('asks for what the type demands that was chosen in the window, until another one is chosen', async () => {
    const { world, log, view } = await formOfAnIncident();
    expect(await world.slack.submit(view, { Impact: 'All of us.' })).toMatchObject({ outcome: 'closed' });
    await theTicket(log, ({ step }) => step === 'announced');
    expect(world.jira.issues).toMatchObject([{ fields: { customfield_3: expect.anything() } }]);
  });

  it('takes the type that is chosen in the form, whatever was chosen in the window', async () => {
    const { world, log, view } = await formOfAnIncident();
    await world.slack.pick(view, 'Type', 'Bug');
    await world.slack.waitForView((each) => has('Steps')(each) && !has('Impact')(each));
    expect(await world.slack.submit(view, { Steps: 'One.' })).toMatchObject({ outcome: 'closed' });
    const ticket = await theTicket(log, ({ step }) => step === 'announced');
    expect(ticket).toMatchObject({ issueType: 'Bug', wantedType: null });
  });

  it('forgets what was given before and is taken out of the form', async () => {
    const notes: JiraFieldSeed = { id: 'customfield_4', name: 'Notes', type: 'string' };
    const world = await aWorld({ slack, jira: project(steps, notes) });
    const { log } = await world.desk();
    await world.slack.slash('/ticket', 'VPN is down', byAlice);
    const { requestId } = await theTicket(log, isAsked);
    await log.update(requestId, { wantedFields: { customfield_2: null, customfield_4: 'Old.' } });
    await world.slack.click(await world.slack.waitForMessage(isQuestion), 'complete_ticket', { user: 'alice' });
    const view = await world.slack.waitForView((each) => has('Steps')(each) && has('Notes')(each));
    expect(await world.slack.submit(view, { Steps: 'One.', Notes: '' })).toMatchObject({ outcome: 'closed' });
    const { wantedFields } = await theTicket(log, ({ step }) => step === 'announced');
    expect(wantedFields).toMatchObject({ customfield_4: null });
    expect(JSON.stringify(world.jira.issues[0]?.fields)).not.toContain('Old.');
  });

  it('asks for the request’s own type again where the form is to decide from the text', async () => {
    const world = await aWorld({ slack, jira: project(steps, { ...team, types: ['Task'] }) });
    const { log } = await world.desk();
    await world.slack.slash('/ticket', 'VPN is down', byAlice);
    await theTicket(log, isAsked);
    await world.slack.click(await world.slack.waitForMessage(isQuestion), 'complete_ticket', { user: 'alice' });
    const view = await world.slack.waitForView(has('Steps'));
    await world.slack.pick(view, 'Type', 'Task');
    await world.slack.waitForView(has('Team'));
    await world.slack.pick(view, 'Type', 'Decide from the text');
    await world.slack.waitForView((each) => has('Steps')(each) && !has('Team')(each));
    expect(await world.slack.submit(view, { Steps: 'One.' })).toMatchObject({ outcome: 'closed' });
    expect(await theTicket(log, ({ step }) => step === 'announced')).toMatchObject({ issueType: 'Bug' });
  });

  it('may be discarded in the window, and who asked is told kindly', async () => {
    const world = await aWorld({ slack, jira: project(team) });
    const { agent, log } = await world.desk();
    await world.slack.slash('/ticket', 'VPN is down', byAlice);
    const { requestId } = await theTicket(log, isAsked);
    const question = await world.slack.waitForMessage(({ blocks }) =>
      JSON.stringify(blocks).includes('complete_ticket'),
    );
    await agent.tickets.discard(requestId);
    await world.slack.click(question, 'complete_ticket', { user: 'alice' });
    await world.slack.waitForView((each) => JSON.stringify(each.blocks).includes('set aside'));
    expect(world.jira.issues).toEqual([]);
  });

  it('goes on asking where the program ended before it had asked, or Slack was away', async () => {
    const world = await aWorld({ slack, jira: project(team) });
    const outage = world.slack.failWhile(({ path }) => path.includes('/response/'), 'cut');
    const first = await world.desk();
    await world.slack.slash('/ticket', 'VPN is down', byAlice);
    await theTicket(first.log, ({ step, error }) => step === 'needs_fields' && error?.code !== 'invalid_input');
    await first.stop();
    outage.end();
    const second = await world.desk();
    await theTicket(second.log, isAsked);
  });
});

describe('the form from the global shortcut', () => {
  it('asks for the channel, and announces there', async () => {
    const world = await aWorld({ slack });
    const { log } = await world.desk();
    await world.slack.shortcut('New ticket', { user: 'alice' });
    const view = await world.slack.waitForView((each) => each.type === 'modal' && saysNothingOfLoading(each));
    expect(labelsOf(view)[0]).toBe('Channel');
    await world.slack.pick(view, 'Channel', 'support');
    expect(await world.slack.submit(view, { Summary: 'VPN is down' })).toMatchObject({ outcome: 'closed' });
    expect(await theTicket(log, ({ step }) => step === 'announced')).toMatchObject({ channelName: 'support' });
    await vi.waitFor(() => expect(world.slack.messages('support')).toHaveLength(1));
  });
});

it('the form from the shortcut offers exactly the channels that have rules, and the chosen one’s count', async () => {
  const world = await aWorld({ slack, jira: { projects: [{ key: 'KAN' }, { key: 'OPS' }] } });
  const channels = { rules: { random: { project: 'OPS' }, default: {} } };
  const { log } = await world.desk({ settings: { ...world.settings, channels } });
  await world.slack.shortcut('New ticket', { user: 'alice' });
  const view = await world.slack.waitForView((each) => each.type === 'modal' && saysNothingOfLoading(each));
  expect(view.blocks[0]).toMatchObject({
    element: { type: 'static_select', options: [{ text: { text: '#random' } }] },
  });
  await world.slack.pick(view, 'Channel', '#random');
  expect(await world.slack.submit(view, { Summary: 'VPN is down' })).toMatchObject({ outcome: 'closed' });
  expect(await theTicket(log, ({ step }) => step === 'announced')).toMatchObject({
    channelName: 'random',
    issueKey: 'OPS-1',
  });
});

it('the form from the shortcut offers the channels as the settings name them where Slack does not tell them in time', async () => {
  const world = await aWorld({ slack });
  const channels = { rules: { random: {}, default: {} } };
  const { log } = await world.desk({ settings: { ...world.settings, channels } });
  world.slack.failWhile(({ path }) => path.includes('conversations.list'), { delayMs: 60_000 });
  await world.slack.shortcut('New ticket', { user: 'alice' });
  const view = await world.slack.waitForView((each) => each.type === 'modal' && saysNothingOfLoading(each));
  expect(view.blocks[0]).toMatchObject({
    element: { type: 'static_select', options: [{ value: 'random', text: { text: '#random' } }] },
  });
  await world.slack.pick(view, 'Channel', '#random');
  expect(await world.slack.submit(view, { Summary: 'VPN is down' })).toMatchObject({ outcome: 'closed' });
  expect(await theTicket(log, ({ step }) => step === 'announced')).toMatchObject({ channelName: 'random' });
});

describe('App Home', () => {
  it('shows what waits for the person, with a button that opens the form', async () => {
    const world = await aWorld({ slack, jira: project(team) });
    await world.desk();
    await world.slack.openHome({ user: 'alice' });
    await world.slack.slash('/ticket', 'VPN is down', byAlice);
    const home = await world.slack.waitForView(
      (view) => view.type === 'home' && JSON.stringify(view.blocks).includes('Waiting for you'),
    );
    await world.slack.pick(home, 'Fill in the missing fields');
    const view = await world.slack.waitForView(has('Team'));
    expect(await world.slack.submit(view, { Team: 'Blue' })).toMatchObject({ outcome: 'closed' });
    await world.slack.waitForView(
      (each) => each.type === 'home' && !JSON.stringify(each.blocks).includes('Waiting for you'),
    );
  });

  it('shows the person’s tickets, and follows them', async () => {
    const world = await aWorld({ slack });
    const { log } = await world.desk();
    await world.slack.openHome({ user: 'alice' });
    await world.slack.waitForView(
      (view) => view.type === 'home' && JSON.stringify(view.blocks).includes('None just now'),
    );
    await world.slack.slash('/ticket', 'VPN is down', byAlice);
    await theTicket(log, ({ step }) => step === 'announced');
    const home = await world.slack.waitForView(
      (view) => view.type === 'home' && JSON.stringify(view.blocks).includes('waiting for approval'),
    );
    expect(JSON.stringify(home.blocks)).toContain('KAN-1');
    await world.slack.pick(home, 'New ticket');
    const view = await world.slack.waitForView((each) => each.type === 'modal');
    expect(labelsOf(view)).toContain('Summary');
  });
});
