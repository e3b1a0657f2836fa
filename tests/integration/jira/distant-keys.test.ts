import { afterEach, describe, expect, it } from 'vitest';
import { createJiraSite, type JiraSite, type JiraSiteOptions } from '../../../stand-ins/jira/site.ts';
import { dataCenters } from '../../contract/data-centers.ts';
import { draft } from '../../unit/jira/draft.ts';
import { trackerFor } from './scripted-jira.ts';

const { requestId, receivedAt } = draft();
const lookUntil = receivedAt;

let site: JiraSite;
afterEach(() => site.close());

/** The tracker of a program that begins now, on a site whose index does not know what is made from now on. */
async function start(options: JiraSiteOptions, fill: () => void) {
  site = await createJiraSite({ ...options, indexLagMs: 1e9 });
  fill();
  return restarted();
}

function restarted() {
  const { baseUrl, email, apiToken } = site;
  return trackerFor(baseUrl, { deployment: null, email, apiToken });
}

/** An issue of somebody else's, made so long ago that the index knows it. */
const another = () =>
  site.addIssue({ projectKey: 'KAN', issueType: 'Bug', fields: { summary: 'x' }, createdAt: Date.now() - 2e9 });

/** Makes issues and takes them away again. */
function tidyUp(count: number): void {
  for (const { key } of Array.from({ length: count }, another)) site.removeIssue(key);
}

/** Sends a create whose answer is lost, before or after it took effect; what is known of it. */
async function lose(tracker: ReturnType<typeof restarted>, fault: 'cut' | 'cut_after_commit' = 'cut_after_commit') {
  const target = await tracker.beforeCreate('KAN');
  site.failNext('createIssue', fault);
  await expect(tracker.createIssue(draft())).rejects.toMatchObject({ code: 'unconfirmed' });
  return { requestId, receivedAt, project: 'KAN', sent: { ...target, lookUntil } };
}

describe('a lost create behind many keys that are gone', () => {
  it.each<[string, JiraSiteOptions, number]>([
    ['a Data Center', dataCenters.keeping, 249],
    ['a Data Center, at the limit', dataCenters.forgetful, 499],
    ['Cloud', {}, 249],
    ['Cloud, at the limit', {}, 499],
  ])('is found where nothing of the project was ever seen: %s', async (_name, options, gone) => {
    const tracker = await start(options, () => tidyUp(gone));
    const look = await lose(tracker);
    expect(look.sent.anchorKey).toBe('KAN-0');
    expect((await restarted().findCreated(look)).issue?.key).toBe(`KAN-${gone + 1}`);
  });

  it.each<[string, JiraSiteOptions, number]>([
    ['a Data Center', dataCenters.keeping, 60],
    ['a Data Center, at the limit', dataCenters.forgetful, 98],
    ['Cloud', {}, 300],
    ['Cloud, at the limit', {}, 498],
  ])('is found behind the newest issue that is left: %s', async (_name, options, gone) => {
    const fill = () => {
      another();
      tidyUp(gone);
    };
    const tracker = await start(options, fill);
    const look = await lose(tracker);
    expect(look.sent.anchorKey).toBe('KAN-1');
    expect((await restarted().findCreated(look)).issue?.key).toBe(`KAN-${gone + 2}`);
  });

  const makes: [string, JiraSiteOptions][] = [
    ['a Data Center', dataCenters.forgetful],
    ['Cloud', {}],
  ];

  it.each(makes)(
    'is found behind any number of them once another of ours was made there: %s',
    async (_name, options) => {
      const fill = () => {
        another();
        tidyUp(700);
      };
      const tracker = await start(options, fill);
      const look = await lose(tracker);
      await tracker.createIssue(draft({ requestId: 'b'.repeat(32) }));
      expect((await tracker.findCreated(look)).issue?.key).toBe('KAN-702');
    },
  );

  it.each(makes)('is not thought absent where one of ours is behind what is gone: %s', async (_name, options) => {
    const tracker = await start(options, () => tidyUp(700));
    const look = await lose(tracker);
    site.removeIssue('KAN-701');
    await tracker.createIssue(draft({ requestId: 'b'.repeat(32) }));
    expect(await tracker.findCreated(look)).toEqual({ issue: null, isCertain: false });
  });

  it.each(makes)('is known not to be there where the one of ours was removed as well: %s', async (_name, options) => {
    const tracker = await start(options, () => another());
    const look = await lose(tracker, 'cut');
    const { key } = await tracker.createIssue(draft({ requestId: 'b'.repeat(32) }));
    site.removeIssue(key);
    expect(await tracker.findCreated(look)).toEqual({ issue: null, isCertain: true });
  });

  it.each<[string, JiraSiteOptions, number, number]>([
    ['a Data Center', dataCenters.keeping, 1, 100],
    ['a Data Center of which nothing was seen', dataCenters.keeping, 0, 500],
    ['Cloud', {}, 1, 600],
  ])('ends where the documentation says, until the index knows it: %s', async (_name, options, issues, gone) => {
    const tracker = await start(options, () => {
      for (let count = 0; count < issues; count += 1) another();
      tidyUp(gone);
    });
    const look = await lose(tracker);
    expect(await restarted().findCreated(look)).toEqual({ issue: null, isCertain: true });
    site.setIndexLag(0);
    expect((await restarted().findCreated(look)).issue?.key).toBe(`KAN-${issues + gone + 1}`);
  });
});

describe('a lost create in a project that has another key now, which issues do not have that were made since', () => {
  const renames: [string, JiraSiteOptions, number][] = [
    ['a Data Center', dataCenters.forgetful, 0],
    ['a Data Center with issues', dataCenters.keeping, 3],
    ['Cloud', {}, 0],
    ['Cloud with issues', {}, 3],
  ];

  it.each(renames)('is found where it was renamed before: %s', async (_name, options, issues) => {
    const fill = () => {
      for (let count = 0; count < issues; count += 1) another();
      site.renameProject('KAN', 'NEW');
    };
    const look = await lose(await start(options, fill));
    expect((await restarted().findCreated(look)).issue?.key).toBe(`NEW-${issues + 1}`);
  });

  it.each(renames)(
    'is found where it was renamed after its newest key was asked for: %s',
    async (_name, options, issues) => {
      const fill = () => {
        for (let count = 0; count < issues; count += 1) another();
      };
      const tracker = await start(options, fill);
      await tracker.beforeCreate('KAN');
      site.renameProject('KAN', 'NEW');
      const look = await lose(tracker);
      expect(look.sent.anchorKey).toBe(`KAN-${issues}`);
      expect((await tracker.findCreated(look)).issue?.key).toBe(`NEW-${issues + 1}`);
    },
  );

  it.each(renames)('is known not to be there: %s', async (_name, options, issues) => {
    const fill = () => {
      for (let count = 0; count < issues; count += 1) another();
    };
    const tracker = await start(options, fill);
    await tracker.beforeCreate('KAN');
    site.renameProject('KAN', 'NEW');
    const look = await lose(tracker, 'cut');
    expect(await tracker.findCreated(look)).toEqual({ issue: null, isCertain: true });
  });

  it.each(renames)(
    'begins behind the newest issue though no search knows the old key: %s',
    async (_name, options, issues) => {
      const tracker = await start(options, () => {
        for (let count = 0; count < issues; count += 1) another();
        site.renameProject('KAN', 'NEW');
      });
      const body = { errorMessages: ["The value 'KAN' does not exist for the field 'project'."], errors: {} };
      site.failWhile(({ query }) => (query.get('jql') ?? '').includes('"KAN"'), { status: 400, body });
      expect(await tracker.beforeCreate('KAN')).toMatchObject({ anchorKey: `NEW-${issues}` });
    },
  );

  it.each([
    { status: 403 },
    { status: 401, body: { code: 401, message: 'Unauthorized; scope does not match' } },
    { status: 200, body: {} },
  ])('is looked for by the old key where Jira does not tell the new one (%o)', async (fault) => {
    const tracker = await start({}, () => another());
    const look = await lose(tracker, 'cut');
    site.failWhile(({ operation }) => operation === 'getProject', fault);
    expect(await tracker.findCreated(look)).toEqual({ issue: null, isCertain: true });
  });

  it.each(renames)('is found where the project is given by its id: %s', async (_name, options, issues) => {
    const fill = () => {
      for (let count = 0; count < issues; count += 1) another();
    };
    const tracker = await start(options, fill);
    const id = site.projects[0]?.id ?? '';
    const target = await tracker.beforeCreate(id);
    site.renameProject('KAN', 'NEW');
    site.failNext('createIssue', 'cut_after_commit');
    await expect(tracker.createIssue(draft({ project: id }))).rejects.toMatchObject({ code: 'unconfirmed' });
    const look = { requestId, receivedAt, project: id, sent: { ...target, lookUntil } };
    expect((await tracker.findCreated(look)).issue?.key).toBe(`NEW-${issues + 1}`);
  });
});
