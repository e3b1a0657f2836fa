import { describe, expect, it } from 'vitest';
import { aWorld, theTicket } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };

/** A site with an issue of each kind, and the way to ask about one. */
async function aSite(statusProjects: '*' | string[] = []) {
  const world = await aWorld();
  const { slack, jira, settings } = world;
  jira.addProject({ key: 'HR', name: 'People' });
  const secret = { issueType: 'Task', fields: { summary: 'Salaries of everybody' } };
  jira.addIssue({ projectKey: 'HR', ...secret });
  jira.addIssue({ projectKey: 'KAN', issueType: 'Bug', fields: { summary: 'VPN & more' } });
  const desk = await world.desk({ settings: { ...settings, people: { ...settings.people, statusProjects } } });

  /** All that Slack shows of the answer, and what Jira was asked for it. */
  async function ask(text: string) {
    const before = jira.requests.length;
    const earlier = new Set(slack.messages().map(({ ts }) => ts));
    const { ack } = await slack.slash('/ticket_status', text, byAlice);
    const answer = await slack.waitForMessage(({ ts }) => !earlier.has(ts));
    const asked = jira.requests.slice(before).map(({ operation }) => operation);
    return { shown: JSON.stringify([ack, answer.text, answer.blocks]), asked };
  }
  return { ...world, ...desk, ask };
}

describe('what /ticket_status shows', () => {
  it('is nothing of other projects, in the same words and with the same requests as of what does not exist', async () => {
    const { ask } = await aSite();
    await ask('KAN-1');
    const [there, absent] = [await ask('HR-1'), await ask('HR-2')];
    expect(there.shown).toMatch(/nothing to show for HR-1.*KAN.*“More projects for \/ticket_status”/);
    expect(there.shown).not.toMatch(/Salaries|To Do|Task/);
    expect({ ...absent, shown: absent.shown.replaceAll('HR-2', 'HR-1') }).toEqual(there);
  });

  it.each([[['HR']], ['*' as const]])('is more where STATUS_PROJECTS says %j', async (projects) => {
    const { ask } = await aSite(projects);
    expect((await ask('HR-1')).shown).toContain('Salaries of everybody');
  });

  it('is what this program made, wherever it is', async () => {
    const { ask, jira } = await aSite();
    const issue = jira.addIssue({ projectKey: 'HR', issueType: 'Task', fields: { summary: 'A new chair' } });
    issue.properties['ticket-agent'] = { requestId: 'a'.repeat(32) };
    expect((await ask(issue.key)).shown).toContain('A new chair');
  });

  it('is the issue of an address of our site', async () => {
    const { ask, jira } = await aSite();
    expect((await ask(`${jira.baseUrl}/browse/KAN-1`)).shown).toContain('VPN &amp; more');
    expect((await ask(`<${jira.baseUrl}/browse/kan-1|whatever>`)).shown).toContain('VPN &amp; more');
  });

  it.each([
    'https://acme.example/browse/KAN-1',
    '<https://acme.example/browse/KAN-1|KAN-1>',
    'https://acme.example/jira/software/projects/KAN/boards/1?selectedIssue=KAN-1',
    '(https://acme.example/browse/KAN-1).',
    'https://acme.example/nothing/here',
  ])('is nothing of ours for an address of another site: %s', async (text) => {
    const { ask, log } = await aSite();
    const { shown, asked } = await ask(text);
    expect(shown).toMatch(/an address of another site, `acme\.example`/);
    expect(shown).not.toContain('VPN');
    expect(asked).not.toContain('getIssue');
    expect((await log.overview()).counts.all).toBe(0);
  });

  it.each(['<https://acme.example/|KAN-1>', '<https://acme.example/x|http://127.0.0.1/browse/KAN-1>'])(
    'goes by the target of a link, never by its words: %s',
    async (text) => {
      const { ask } = await aSite();
      const { shown } = await ask(text);
      expect(shown).toContain('another site');
      expect(shown).not.toContain('VPN');
    },
  );

  it('takes no words of a link whose target is no address', async () => {
    const { ask, jira } = await aSite();
    const { shown, asked } = await ask(`<https://[bad|${jira.baseUrl}/browse/KAN-1/>`);
    expect(shown).toContain('Which ticket?');
    expect(asked).toEqual([]);
  });

  it('names a strange host without its looks', async () => {
    const { ask } = await aSite();
    const { shown } = await ask(`https://${'a'.repeat(60)}.${'b'.repeat(60)}.*Approved*.example/browse/KAN-1`);
    expect(shown).toMatch(/`a{60}\.b{39}…`/);
  });

  it('is still the ticket that somebody has just filed', async () => {
    const { slack, log, ask } = await aSite();
    await slack.slash('/ticket', 'printer on fire', byAlice);
    const { issueKey } = await theTicket(log, ({ step }) => step === 'announced');
    expect((await ask(issueKey ?? '')).shown).toContain('printer on fire');
  });
});
