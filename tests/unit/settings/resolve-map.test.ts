import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { resolveMap } from '../../../electron/settings/resolve-map.ts';
import { map, wholeEntry } from '../../../shared/setting-row.ts';

const words = { part: 'people', about: '', words: '', entries: 'data', window: 'never' } as const;
const none: Record<string, unknown> = {};

/** A map of maps with any keys. */
const channels = map({
  ...words,
  name: 'channels',
  key: 'channels',
  keyRule: z.string(),
  readEntry: wholeEntry(z.strictObject({ project: z.string('Expected a key.').optional() })),
  default: none,
  knownNames: [],
});
/** A list of maps. */
const approvals = map({
  ...words,
  name: 'approvals',
  key: 'approvals',
  keyRule: z.string(),
  readEntry: wholeEntry(z.object({ needed: z.number('Expected a number.').default(1) })),
  default: [],
  knownNames: [],
});

const layers = (name: string, config: unknown, saved?: unknown) => [
  { origin: 'config.yml' as const, source: 'config.yml', values: { [name]: config } },
  { origin: 'settings.json' as const, source: 'settings.json', values: { [name]: saved } },
];

describe('a map', () => {
  it('is merged entry by entry', () => {
    const given = layers('channels', { ops: { project: 'OPS' }, web: {} }, { web: { project: 'WEB' } });
    expect(resolveMap(channels, given)).toEqual({
      value: { ops: { project: 'OPS' }, web: { project: 'WEB' } },
      layer: given[1],
      places: { ops: ['config.yml'], web: ['config.yml', 'settings.json'] },
      problems: [],
      notTaken: [],
    });
  });

  it('goes on without an entry that cannot be used, and says where it stands and what is wrong', () => {
    const given = layers('channels', { ops: { project: 7 } }, { it: { project: 'IT' } });
    const { value, problems } = resolveMap(channels, given);
    expect(value).toEqual({ it: { project: 'IT' } });
    expect(problems).toEqual([{ source: 'config.yml', key: 'channels.ops.project', message: 'Expected a key.' }]);
  });

  it('never lets an earlier entry through for a bad one', () => {
    const given = layers('channels', { ops: { project: 'OLD' } }, { ops: { project: 7 } });
    expect(resolveMap(channels, given).value).toEqual({});
  });
});

describe('a list', () => {
  it('counts as a whole: the last one', () => {
    expect(resolveMap(approvals, layers('approvals', [{ needed: 1 }, { needed: 2 }], [{ needed: 3 }])).value).toEqual([
      { needed: 3 },
    ]);
  });

  it('goes on without an entry that cannot be used', () => {
    const { value, problems } = resolveMap(approvals, layers('approvals', [{ needed: 'x' }, {}]));
    expect(value).toEqual([{ needed: 1 }]);
    expect(problems).toEqual([{ source: 'config.yml', key: 'approvals.0.needed', message: 'Expected a number.' }]);
  });

  it('is absent where it is something else, whatever an earlier place says', () => {
    const { value, problems } = resolveMap(approvals, layers('approvals', [{ needed: 2 }], { needed: 2 }));
    expect(value).toEqual([]);
    expect(problems).toMatchObject([{ source: 'settings.json', message: expect.stringContaining('Expected a list') }]);
  });

  it('has its default where no place has any', () => {
    const { value, layer } = resolveMap({ ...approvals, default: [{ needed: 5 }] }, layers('approvals', null));
    expect([value, layer]).toEqual([[{ needed: 5 }], null]);
  });
});
