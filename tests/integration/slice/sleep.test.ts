import { describe, expect, it, vi } from 'vitest';
import { aWorld, everyTicket, sureOfBugs, theTicket } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };

/** A classifier that answers when it is told to. */
function aSlowClassifier() {
  let answer = () => {};
  const asked = vi.fn();
  const classify = () =>
    new Promise<typeof sureOfBugs>((resolve) => {
      asked();
      answer = () => resolve(sureOfBugs);
    });
  return { classifier: { classify }, asked, answer: () => answer() };
}

describe('a computer that goes to sleep', () => {
  it('closes the line, ends the step in hand and takes the next one after it has woken up', async () => {
    const { slack, jira, desk } = await aWorld();
    const { classifier, asked, answer } = aSlowClassifier();
    const { agent, log, lines } = await desk({ classifier });
    await slack.slash('/ticket', 'printer on fire', byAlice);
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());

    const asleep = agent.sleep();
    answer();
    await asleep;
    await slack.waitForConnections(0);
    expect(lines.slack.at(-1)).toBe('disconnected stopped');
    await theTicket(log, ({ step }) => step === 'classified');
    expect(jira.issues).toEqual([]);

    agent.wake();
    await theTicket(log, ({ step }) => step === 'announced');
    expect(lines.slack.at(-1)).toBe('connected');
    expect(jira.issues).toHaveLength(1);
  });

  it('does not wait for a step that does not end', async () => {
    const { slack, desk } = await aWorld();
    const { classifier, asked, answer } = aSlowClassifier();
    const { agent, log } = await desk({ classifier });
    await slack.slash('/ticket', 'printer on fire', byAlice);
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    await agent.sleep();
    await slack.waitForConnections(0);
    agent.wake();
    answer();
    await theTicket(log, ({ step }) => step === 'announced');
  });

  it('asks Jira no second time for what was asked before, when the network did not survive the sleep', async () => {
    const { slack, jira, desk } = await aWorld();
    const { agent, log } = await desk();
    jira.failNext('createIssue', 'cut_after_commit');
    await slack.slash('/ticket', 'printer on fire', byAlice);
    await agent.sleep();
    agent.wake();
    await theTicket(log, ({ step }) => step === 'announced');
    expect(jira.issues).toHaveLength(1);
  });

  it('can be quit', async () => {
    const { slack, jira, desk } = await aWorld();
    const { classifier, asked, answer } = aSlowClassifier();
    const first = await desk({ classifier });
    await slack.slash('/ticket', 'printer on fire', byAlice);
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    await Promise.all([first.agent.sleep(), answer()]);
    await first.stop();

    const { log } = await desk();
    await theTicket(log, ({ step }) => step === 'announced');
    expect(await everyTicket(log)).toHaveLength(1);
    expect(jira.issues).toHaveLength(1);
  });
});
