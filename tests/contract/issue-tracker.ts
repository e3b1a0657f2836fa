import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IssueTracker } from '../../electron/tickets/ports/issue-tracker.ts';
import { defaultLabelToIssueType } from '../../shared/settings-table.ts';
import { type Decision, decisionSchema, type SentCreate } from '../../shared/ticket.ts';
import { draft } from '../unit/jira/draft.ts';
import { trackerMarksContract } from './tracker-marks.ts';
import { filed, type TrackerUnderTest } from './tracker-under-test.ts';

/** What every issue tracker does, whatever lies behind it. */
export function issueTrackerContract(name: string, make: () => Promise<TrackerUnderTest>): void {
  describe(`the issue tracker contract: ${name}`, () => {
    let made: TrackerUnderTest;
    let tracker: IssueTracker;
    beforeEach(async () => {
      made = await make();
      tracker = made.tracker;
    });
    afterEach(() => made.stop());

    const request = (project = 'KAN', sent: SentCreate | null = null) => {
      return { requestId: draft().requestId, receivedAt: draft().receivedAt, project, sent };
    };
    /** What is stored before a create is sent now. */
    const sent = async (project = 'KAN'): Promise<SentCreate> => {
      return { ...(await tracker.beforeCreate(project)), lookUntil: '2026-01-31T10:15:00.000Z' };
    };
    const decisionOn = (key: string) => decisionSchema.nullable().parse(made.property(key)?.['decision'] ?? null);
    const correction = { label: 'Task', from: 'Bug', by: 'U2', at: '2026-01-31T10:15:00.000Z', via: 'slack' } as const;
    const decision = (status: Decision['status']) => {
      return { requestId: draft().requestId, status, by: 'U2', at: '2026-01-31T10:15:00.000Z' };
    };

    it('files an issue that can then be looked at', async () => {
      const created = await filed(tracker, draft({ summary: 'Printer broken' }));
      expect(created).toMatchObject({ issueType: 'Bug', note: null });
      expect(created.url).toMatch(new RegExp(`^https?://.+/browse/${created.key}$`));
      const view = await tracker.getIssue(created.key);
      expect(view).toMatchObject({ id: created.id, key: created.key, url: created.url, summary: 'Printer broken' });
      expect(view).toMatchObject({ issueType: 'Bug', label: 'Bug', assignee: null, isOurs: true });
      expect(view.status).not.toBe('');
      expect(new Date(view.updatedAt).toISOString()).toBe(view.updatedAt);
    });

    it('files a Task, and says so, where the project lacks the type', async () => {
      const { classification } = draft();
      const created = await filed(tracker, draft({ classification: { ...classification, label: 'Incident' } }));
      expect(created).toMatchObject({
        issueType: 'Task',
        note: 'The project has no type Incident, so this is a Task.',
      });
    });

    it('finds an issue whose creation was not confirmed', async () => {
      await filed(tracker, draft({ requestId: 'b'.repeat(32) }));
      const before = await sent();
      made.loseNextAnswer();
      await expect(tracker.createIssue(draft())).rejects.toMatchObject({ code: 'unconfirmed' });
      const { issue } = await tracker.findCreated(request('KAN', before));
      expect(issue).toMatchObject({ key: 'KAN-2', issueType: 'Bug' });
      expect(issue?.url).toContain('/browse/KAN-2');
      expect(made.count()).toBe(2);
    });

    it('finds one of which an older program did not store where it was sent, and never is certain without', async () => {
      expect(await tracker.findCreated(request())).toEqual({ issue: null, isCertain: false });
      await filed(tracker, draft());
      made.catchUp();
      expect((await tracker.findCreated(request())).issue).toMatchObject({ key: 'KAN-1' });
    });

    it('names the newest key before a create, also that of one it has just made', async () => {
      expect(await tracker.beforeCreate('KAN')).toMatchObject({ project: 'KAN', anchorKey: 'KAN-0' });
      await filed(tracker, draft({ requestId: 'b'.repeat(32) }));
      await filed(tracker, draft({ requestId: 'c'.repeat(32), project: 'OPS', issueType: 'Task' }));
      expect(await tracker.beforeCreate('KAN')).toMatchObject({ project: 'KAN', anchorKey: 'KAN-1' });
      made.catchUp();
      expect(await tracker.beforeCreate('OPS')).toMatchObject({ project: 'OPS', anchorKey: 'OPS-1' });
    });

    it('puts on an issue what its create did not take, and says where it cannot', async () => {
      const long = draft({ text: 'word '.repeat(8_000) });
      const { key } = await tracker.createIssue(long);
      for (const part of ['property', 'description', 'rest'] as const) {
        expect(await tracker.supplement(key, part, long)).toEqual([]);
        expect(await tracker.supplement(key, part, long)).toEqual([]);
        await expect(tracker.supplement('KAN-404', part, long)).rejects.toMatchObject({ code: 'not_found' });
        await expect(tracker.supplement('KAN-1/x', part, long)).rejects.toMatchObject({ code: 'invalid_input' });
      }
    });

    it('takes the type that a person chose, in any case, and says so where the project lacks it', async () => {
      expect(await filed(tracker, draft({ issueType: 'task' }))).toMatchObject({ issueType: 'Task', note: null });
      expect(await filed(tracker, draft({ issueType: 'Epic' }))).toMatchObject({
        issueType: 'Task',
        note: 'The project has no type Epic, so this is a Task.',
      });
    });

    it('asks for a field that the project demands, and files the issue once a person has given it', async () => {
      made.demand('customfield_10050', 'Team');
      const wanted = draft();
      const missing = {
        code: 'invalid_input',
        message: expect.stringMatching(/field.*Team/),
        fields: ['customfield_10050'],
      };
      await expect(tracker.createIssue(wanted)).rejects.toMatchObject(missing);
      expect(made.count()).toBe(0);
      const team = { id: 'customfield_10050', name: 'Team', kind: 'text', required: true, options: [] };
      expect(await tracker.formFor(wanted)).toMatchObject({ issueType: 'Bug', fields: [team] });
      const given = draft({ wantedFields: { customfield_10050: 'Blue' } });
      expect(await tracker.formFor(given)).toMatchObject({ fields: [team] });
      expect(await filed(tracker, given)).toMatchObject({ key: 'KAN-1' });
    });

    it('tells which types a ticket can have in the project that a person chose', async () => {
      expect((await tracker.formFor(draft())).types).toEqual(expect.arrayContaining(['Task', 'Bug']));
      const there = { project: 'OPS', types: ['Task', 'Incident'] };
      expect(await tracker.formFor(draft({ project: there.project }))).toMatchObject({ types: there.types });
    });

    it('files into the project that a person chose, with that project’s types, and finds it there', async () => {
      const chosen = { issueType: 'Incident', project: 'OPS' };
      expect(await filed(tracker, draft(chosen))).toMatchObject({
        key: 'OPS-1',
        issueType: 'Incident',
        note: null,
      });
      made.catchUp();
      expect((await tracker.findCreated(request('OPS'))).issue).toMatchObject({ key: 'OPS-1', issueType: 'Incident' });
      // Issues move, so one of another project than the one that is asked for is found, too.
      expect((await tracker.findCreated(request())).issue).toMatchObject({ key: 'OPS-1' });
    });

    it.each(['NOPE', 'KAN/../OPS', 'K AN', '10?x=1'])('refuses the project %s', async (project) => {
      await expect(tracker.createIssue(draft({ project }))).rejects.toMatchObject({ code: 'invalid_input' });
      expect(made.count()).toBe(0);
    });

    it('is certain that there is no issue where the newest key has not moved, or all later ones are others', async () => {
      const before = await sent();
      expect(await tracker.findCreated(request('KAN', before))).toEqual({ issue: null, isCertain: true });
      await filed(tracker, draft({ requestId: 'b'.repeat(32) }));
      expect(await tracker.findCreated(request('KAN', before))).toEqual({ issue: null, isCertain: true });
    });

    it('says that there is no such issue', async () => {
      await expect(tracker.getIssue('KAN-404')).rejects.toMatchObject({ code: 'not_found' });
      await expect(tracker.recordDecision('KAN-404', decision('approved'))).rejects.toMatchObject({
        code: 'not_found',
      });
    });

    it('knows its own addresses from those of other sites', async () => {
      const { url, key } = await filed(tracker, draft());
      expect(await tracker.isOwnAddress(url)).toBe(true);
      expect(await tracker.isOwnAddress(`https://elsewhere.example/browse/${key}`)).toBe(false);
    });

    it('takes nothing for a key that is none', async () => {
      for (const key of ['', 'kan-1', 'KAN-1/../KAN-2', 'KAN-1?fields=x']) {
        await expect(tracker.getIssue(key)).rejects.toMatchObject({ code: 'invalid_input' });
        await expect(tracker.recordDecision(key, decision('approved'))).rejects.toMatchObject({
          code: 'invalid_input',
        });
        await expect(tracker.clearTest(key)).rejects.toMatchObject({ code: 'invalid_input' });
      }
    });

    it('says where the issue is, and whether one of ours is gone', async () => {
      const { key, url, issueType } = await filed(tracker, draft());
      const { place } = await tracker.recordDecision(key, decision('approved'));
      expect(place).toEqual({ key, url, issueType });
      expect(await tracker.isGone('KAN-404')).toBe(true);
      expect(await tracker.isGone(key)).toBe(false);
      await expect(tracker.isGone('KAN-1/x')).rejects.toMatchObject({ code: 'invalid_input' });
    });

    it('stores a decision, and the issue is still the one of its request', async () => {
      const { key } = await filed(tracker, draft());
      await tracker.recordDecision(key, decision('rejected'));
      expect(decisionOn(key)).toEqual({ status: 'rejected', by: 'U2', at: '2026-01-31T10:15:00.000Z' });
      const later = { ...decision('approved'), by: 'U3' };
      expect((await tracker.recordDecision(key, later)).decision).toMatchObject({ status: 'rejected', by: 'U2' });
      expect(decisionOn(key)).toMatchObject({ status: 'rejected', by: 'U2' });
      made.catchUp();
      expect((await tracker.findCreated(request())).issue?.key).toBe(key);
      expect((await tracker.getIssue(key)).label).toBe('Bug');
    });

    it('lets the click that came first stand, whichever is stored first', async () => {
      const { key } = await filed(tracker, draft());
      const late = { ...decision('approved'), by: 'U3', actionTs: '1769854502.000200' };
      const early = { ...decision('rejected'), actionTs: '1769854502.000100' };
      expect((await tracker.recordDecision(key, late)).decision).toMatchObject({ by: 'U3' });
      expect((await tracker.recordDecision(key, early)).decision).toMatchObject({ by: 'U2', status: 'rejected' });
      expect((await tracker.recordDecision(key, late)).decision).toMatchObject({ by: 'U2', status: 'rejected' });
      expect(decisionOn(key)).toMatchObject({ by: 'U2', actionTs: '1769854502.000100' });
    });

    it('tells what was decided and corrected, of several issues at once', async () => {
      const first = await filed(tracker, draft());
      const second = await filed(tracker, draft({ requestId: 'b'.repeat(32) }));
      await tracker.recordDecision(first.key, decision('rejected'));
      await tracker.relabel(second.key, { ...correction, requestId: 'b'.repeat(32) }, defaultLabelToIssueType);
      const marks = await tracker.readMarks([
        { key: first.key, requestId: draft().requestId },
        { key: second.key, requestId: 'b'.repeat(32) },
        { key: 'KAN-404', requestId: 'c'.repeat(32) },
      ]);
      expect(marks.size).toBe(2);
      expect(marks.get(draft().requestId)).toMatchObject({
        marks: { decision: { status: 'rejected' }, correction: null },
        place: { key: first.key, url: first.url, issueType: first.issueType },
      });
      expect(marks.get('b'.repeat(32))?.marks).toEqual({ decision: null, correction, unproven: null });
      expect(await tracker.readMarks([])).toEqual(new Map());
    });

    it('gives an issue the type of its corrected label, beside the decision, and says where it has none', async () => {
      const { key } = await filed(tracker, draft());
      await tracker.recordDecision(key, decision('approved'));
      const requestId = draft().requestId;
      expect(await tracker.relabel(key, { ...correction, requestId }, defaultLabelToIssueType)).toMatchObject({
        ...{ key, issueType: 'Task' },
        note: null,
      });
      expect(await tracker.getIssue(key)).toMatchObject({ issueType: 'Task', label: 'Task' });
      expect(decisionOn(key)).toMatchObject({ status: 'approved' });
      const incident = { ...correction, label: 'Incident', requestId } as const;
      expect(await tracker.relabel(key, incident, defaultLabelToIssueType)).toMatchObject({
        issueType: 'Task',
        note: expect.stringContaining('no type Incident'),
      });
      await expect(
        tracker.relabel(key, { ...incident, requestId: 'c'.repeat(32) }, defaultLabelToIssueType),
      ).rejects.toMatchObject({
        code: 'not_found',
      });
    });

    it('stores no decision on an issue that is another request’s', async () => {
      const { key } = await filed(tracker, draft({ requestId: 'b'.repeat(32) }));
      await expect(tracker.recordDecision(key, decision('approved'))).rejects.toMatchObject({
        code: 'not_found',
        message: expect.stringContaining(`${key} is another ticket’s issue now`),
      });
      expect(decisionOn(key)).toBeNull();
    });

    it('lists the project’s issues, newest first, with what they keep of their requests', async () => {
      const first = await filed(tracker, draft());
      await tracker.recordDecision(first.key, decision('rejected'));
      await filed(tracker, draft({ requestId: 'b'.repeat(32), summary: 'Second' }));
      await filed(tracker, draft({ requestId: 'c'.repeat(32), project: 'OPS' }));
      made.catchUp();
      const { issues, next } = await tracker.listIssues('KAN', null);
      expect(next).toBeNull();
      expect(issues.map(({ key }) => key)).toEqual(['KAN-2', 'KAN-1']);
      expect(issues[0]).toMatchObject({ summary: 'Second', requestId: 'b'.repeat(32), decision: null });
      expect(issues[1]).toMatchObject({
        id: first.id,
        url: first.url,
        issueType: 'Bug',
        requestId: draft().requestId,
        requester: draft().requester,
        channel: draft().channel,
        label: 'Bug',
        decision: { status: 'rejected', by: 'U2' },
      });
      for (const { createdAt } of issues) expect(new Date(createdAt).toISOString()).toBe(createdAt);
    });

    it('lists more than a page holds, page by page', async () => {
      for (let count = 0; count < 101; count += 1) await filed(tracker, draft());
      made.catchUp();
      const keys: string[] = [];
      let from: string | null = null;
      do {
        const page: Awaited<ReturnType<IssueTracker['listIssues']>> = await tracker.listIssues('KAN', from);
        expect(page.issues.length).toBeLessThanOrEqual(100);
        keys.push(...page.issues.map(({ key }) => key));
        from = page.next;
      } while (from !== null);
      expect(keys).toEqual(Array.from({ length: 101 }, (_, index) => `KAN-${101 - index}`));
    });

    it.each([
      [[], 'deleted'],
      [['delete'], 'closed'],
      [['delete', 'transition'], 'labelled'],
      [['delete', 'transition', 'edit'], 'left'],
    ] as const)('clears a test as far as the account may: without %j it is %s', async (forbidden, outcome) => {
      const { key } = await filed(tracker, draft());
      for (const what of forbidden) made.forbid(what);
      expect(await tracker.clearTest(key)).toBe(outcome);
      expect(made.count()).toBe(outcome === 'deleted' ? 0 : 1);
      if (outcome === 'closed') expect((await tracker.getIssue(key)).status).toBe('Done');
      expect(made.isTest(key)).toBe(outcome === 'labelled');
    });

    trackerMarksContract(() => made);

    it('is content with settings that work', async () => {
      await expect(tracker.check('KAN')).resolves.toBeUndefined();
    });

    it('says of everything that the login is refused', async () => {
      made.refuseLogin();
      const unauthorized = { code: 'unauthorized' };
      await expect(tracker.check('KAN')).rejects.toMatchObject(unauthorized);
      await expect(tracker.createIssue(draft())).rejects.toMatchObject(unauthorized);
      await expect(tracker.findCreated(request())).rejects.toMatchObject(unauthorized);
      await expect(tracker.getIssue('KAN-1')).rejects.toMatchObject(unauthorized);
      await expect(tracker.listIssues('KAN', null)).rejects.toMatchObject(unauthorized);
      await expect(tracker.recordDecision('KAN-1', decision('approved'))).rejects.toMatchObject(unauthorized);
      expect(made.count()).toBe(0);
    });
  });
}
