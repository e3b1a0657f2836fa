import { z } from 'zod';
import { openJira } from '../../electron/jira/api/open-jira.ts';
import { createJiraTracker } from '../../electron/jira/jira-tracker.ts';
import { createMarkSeal } from '../../electron/jira/marks/mark-seal.ts';
import type { MarkKeys } from '../../electron/network/mark-key.ts';
import { AppError } from '../../shared/errors.ts';
import { toField } from '../../stand-ins/jira/field-kinds.ts';
import { createJiraSite, type JiraSiteOptions } from '../../stand-ins/jira/site.ts';
import { createFakeIssueTracker } from '../fakes/issue-tracker.ts';
import { dataCenters } from './data-centers.ts';
import { issueTrackerContract } from './issue-tracker.ts';
import { contractKeys } from './tracker-marks.ts';

issueTrackerContract('the fake', async () => {
  const tracker = createFakeIssueTracker(['Task', 'Bug']);
  tracker.markKeys = contractKeys;
  return {
    tracker,
    loseNextAnswer: () => tracker.failNext('createIssue', new AppError('unconfirmed', 'Lost.'), 'after'),
    refuseLogin: () => tracker.failAlways(new AppError('unauthorized', 'No.')),
    forbid: (what) => tracker.refused.add(what),
    demand: (id, name) => tracker.demanded.push({ id, name, kind: 'text', required: true, options: [], help: null }),
    catchUp() {},
    count: () => tracker.issues.length,
    isTest: (key) => tracker.issues.some((issue) => issue.key === key && issue.isTest),
    property: (key) => tracker.issues.find((issue) => issue.key === key)?.property,
    setProperty(key, value) {
      const issue = tracker.issues.find((each) => each.key === key);
      if (issue !== undefined) Object.assign(issue, { property: value });
    },
    useKeys(keys) {
      tracker.markKeys = keys;
    },
    stop: async () => {},
  };
});

const propertySchema = z.record(z.string(), z.unknown()).optional();

/** A site whose search does not know new issues yet shows that the numbers after the newest are read. */
const indexLagMs = 600_000;
const servers: Record<string, JiraSiteOptions> = {
  'Jira Cloud': {},
  'Jira Cloud with an index that lags': { indexLagMs },
  'a Data Center': dataCenters.keeping,
  'a Data Center behind a path, with an index that lags': { ...dataCenters.behindPath, indexLagMs },
  'a Data Center that ignores properties': dataCenters.forgetful,
  'a Data Center that ignores properties, with an index that lags': { ...dataCenters.forgetful, indexLagMs },
};
for (const [name, options] of Object.entries(servers)) {
  issueTrackerContract(name, async () => {
    const site = await createJiraSite({
      ...options,
      projects: [
        { key: 'KAN', issueTypes: ['Task', 'Bug', { name: 'Incident', subtask: true }] },
        { key: 'OPS', issueTypes: ['Task', 'Incident'] },
      ],
    });
    let markKeys: MarkKeys | null = contractKeys;
    const tracker = createJiraTracker({
      api: openJira({ deployment: null, baseUrl: site.baseUrl, email: site.email, apiToken: site.apiToken }),
      seal: createMarkSeal(() => markKeys),
    });
    const issueOf = (key: string) => site.issues.find((issue) => issue.key === key);
    return {
      tracker,
      loseNextAnswer: () => site.failNext('createIssue', 'cut_after_commit'),
      refuseLogin: () => {
        site.account.apiToken = 'another one';
      },
      forbid: (what) => site.setPermission('KAN', what, false),
      demand: (id, name) => site.projects[0]?.fields.push(toField({ id, name, required: true })),
      catchUp: () => site.setIndexLag(0),
      count: () => site.issues.length,
      isTest(key) {
        const labels = site.issues.find((issue) => issue.key === key)?.fields['labels'];
        return Array.isArray(labels) && labels.includes('test') && labels.includes('ticket-agent');
      },
      property: (key) => propertySchema.parse(issueOf(key)?.properties['ticket-agent']),
      setProperty(key, value) {
        const properties = issueOf(key)?.properties;
        if (value === undefined) delete properties?.['ticket-agent'];
        else if (properties !== undefined) properties['ticket-agent'] = value;
      },
      useKeys(keys) {
        markKeys = keys;
      },
      stop: () => site.close(),
    };
  });
}
