import { afterEach, describe, expect, it } from 'vitest';
import type { Answer, LoopbackServer } from '../../../stand-ins/loopback-server.ts';
import { draft } from '../../unit/jira/draft.ts';
import { bodiesOf, inTurn, jiraError, ordinaryProject, startScriptedJira, trackerFor } from './scripted-jira.ts';

const created = { status: 201, body: { id: '10007', key: 'KAN-7', self: 'x' } };
const long = draft({ text: 'word '.repeat(1_200).trim() });

describe('a create that Jira refuses with a number in its words', () => {
  let jira: LoopbackServer;
  afterEach(() => jira.close());

  async function startJira(...answers: Answer[]) {
    jira = await startScriptedJira({ ...ordinaryProject, 'POST /issue': inTurn(...answers) });
    return trackerFor(jira.origin);
  }
  /** Characters of each description that was sent, in thousands. */
  const lengths = () =>
    bodiesOf(jira, 'POST /issue').map(({ fields }) =>
      Math.round(JSON.stringify(fields['description'] ?? '').length / 1_000),
    );

  it('is sent shorter once where that may be a limit, and the next one whole where it was none', async () => {
    const refused = jiraError(400, 'Budget over 1500 EUR needs a cost centre');
    const tracker = await startJira(refused, refused, created);
    await expect(tracker.createIssue(long)).rejects.toMatchObject({
      message: expect.stringContaining('Budget over 1500 EUR needs a cost centre'),
    });
    expect(lengths()).toHaveLength(2);
    expect(await tracker.createIssue(long)).toMatchObject({ due: [], note: null });
    const [whole, , next] = lengths();
    expect(next).toBe(whole);
  });

  it('is sent whole again without what Jira named besides', async () => {
    const refused = jiraError(400, "Rule 1500: Field 'labels' cannot be set. It is not on the appropriate screen.");
    const tracker = await startJira(refused, refused, created);
    expect(await tracker.createIssue(long)).toMatchObject({ due: [] });
    const [whole, shorter, last] = lengths();
    expect(shorter).toBeLessThan(whole ?? 0);
    expect(last).toBe(whole);
    expect(bodiesOf(jira, 'POST /issue').at(-1)?.fields).not.toHaveProperty('labels');
  });

  it.each(['Change freeze until 31.12.2026', 'Field customfield_10010 is required', 'Der Vorgangstyp 10100 fehlt'])(
    'is sent once where that is no limit: %s',
    async (said) => {
      const tracker = await startJira(jiraError(400, said));
      await expect(tracker.createIssue(long)).rejects.toMatchObject({ code: 'invalid_input' });
      expect(lengths()).toHaveLength(1);
    },
  );

  it('teaches a limit only where a shorter text was taken', async () => {
    const tooLong = jiraError(400, null, { description: 'It exceeds the allowed limit of 5,000 characters.' });
    const tracker = await startJira(tooLong, jiraError(400, null, { summary: 'Odd.' }), created, tooLong, created);
    await expect(tracker.createIssue(long)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await tracker.createIssue(long)).toMatchObject({ due: [] });
    expect(await tracker.createIssue(long)).toMatchObject({ due: ['rest'] });
    expect(await tracker.createIssue(long)).toMatchObject({ due: ['rest'] });
    const [first, second, third, fourth, fifth, last] = lengths();
    expect([third, fourth]).toEqual([first, first]);
    expect([second, fifth, last]).toEqual([second, second, second]);
    expect(second).toBeLessThan(first ?? 0);
  });

  it('keeps the shorter text where the next refusal is about something else', async () => {
    const tooLong = jiraError(400, 'It exceeds the allowed limit of 5,000 characters.');
    const off = { labels: "Field 'labels' cannot be set. It is not on the appropriate screen, or unknown." };
    const tracker = await startJira(tooLong, jiraError(400, null, off), created);
    expect(await tracker.createIssue(long)).toMatchObject({ due: ['rest'] });
    const [first, second, third] = lengths();
    expect(second).toBeLessThan(first ?? 0);
    expect(third).toBe(second);
  });
});
