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
    count: () => tracker.issues.length,
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
      projects: [{ key: 'KAN', issueTypes: ['Task', 'Bug', { name: 'Incident', subtask: true }] }],
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
      count: () => site.issues.length,
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
