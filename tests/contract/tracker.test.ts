import { createJiraSite } from '../../electron/demo/jira-site.ts';
import { createJiraTracker } from '../../electron/jira/jira-tracker.ts';
import { AppError } from '../../shared/errors.ts';
import { defaultLabelToIssueType } from '../../shared/settings.ts';
import { decisionSchema } from '../../shared/ticket.ts';
import { createFakeIssueTracker } from '../fakes/issue-tracker.ts';
import { issueTrackerContract } from './issue-tracker.ts';

issueTrackerContract('the fake', async () => {
  const tracker = createFakeIssueTracker(['Task', 'Bug']);
  return {
    tracker,
    loseNextAnswer: () => tracker.failNext('createIssue', new AppError('unconfirmed', 'Lost.'), 'after'),
    refuseLogin: () => tracker.failAlways(new AppError('unauthorized', 'No.')),
    forbid: (what) => tracker.refused.add(what),
    catchUp() {},
    count: () => tracker.issues.length,
    isTest: (key) => tracker.issues.some((issue) => issue.key === key && issue.isTest),
    decisionOn: (key) => tracker.issues.find((issue) => issue.key === key)?.decision ?? null,
    stop: async () => {},
  };
});

/** A site whose search does not know new issues yet shows that the numbers after the newest are read. */
for (const [name, indexLagMs] of [
  ['Jira Cloud', 0],
  ['Jira Cloud with an index that lags', 600_000],
] as const) {
  issueTrackerContract(name, async () => {
    const site = await createJiraSite({
      indexLagMs,
      projects: [
        { key: 'KAN', issueTypes: ['Task', 'Bug', { name: 'Incident', subtask: true }] },
        { key: 'OPS', issueTypes: ['Task', 'Incident'] },
      ],
    });
    const tracker = createJiraTracker({
      baseUrl: site.baseUrl,
      email: site.email,
      apiToken: site.apiToken,
      project: 'KAN',
      labelToIssueType: defaultLabelToIssueType,
      defaultFields: {},
    });
    return {
      tracker,
      loseNextAnswer: () => site.failNext('createIssue', 'cut_after_commit'),
      refuseLogin: () => {
        site.account.apiToken = 'another one';
      },
      forbid: (what) => site.setPermission('KAN', what, false),
      catchUp: () => site.setIndexLag(0),
      count: () => site.issues.length,
      isTest(key) {
        const labels = site.issues.find((issue) => issue.key === key)?.fields['labels'];
        return Array.isArray(labels) && labels.includes('test') && labels.includes('ticket-agent');
      },
      decisionOn(key) {
        const property = site.issues.find((issue) => issue.key === key)?.properties['ticket-agent'];
        const stored: unknown =
          typeof property === 'object' && property !== null ? Reflect.get(property, 'decision') : null;
        return decisionSchema.nullable().parse(stored ?? null);
      },
      stop: () => site.close(),
    };
  });
}
