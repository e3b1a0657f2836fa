import { describe, expect, it } from 'vitest';
import { allRows, settingNames } from '../../../shared/settings.ts';
import { mapRows } from '../../../shared/settings-table.ts';
import { settingChangeSchema } from '../../../shared/settings-view.ts';

const takes = (change: unknown) => settingChangeSchema.safeParse(change).success;
const nothingOf = (row: (typeof allRows)[number]) => ('form' in row ? '' : Array.isArray(row.default) ? [] : {});

describe('what the window may send of settings', () => {
  it.each(settingNames)('takes %s as a text, of 4000 characters at most', (name) => {
    expect([takes({ [name]: '' }), takes({ [name]: 'x'.repeat(4000) })]).toEqual([true, true]);
    for (const wrong of ['x'.repeat(4001), 7, null, undefined, {}, []]) expect(takes({ [name]: wrong })).toBe(false);
  });

  it.each(mapRows)('takes $name as the map or list that it is', (row) => {
    const { name } = row;
    expect([takes({ [name]: nothingOf(row) }), takes({ [name]: row.default })]).toEqual([true, true]);
    const other = Array.isArray(row.default) ? {} : [];
    for (const wrong of ['x', 7, null, undefined, other]) expect(takes({ [name]: wrong })).toBe(false);
  });

  it('takes entries by the rules of their row, and an empty text or null to forget one', () => {
    expect(takes({ label_to_issue_type: { Bug: 'x'.repeat(255), Task: '', Incident: ' ', Question: null } })).toBe(
      true,
    );
    expect(takes({ label_to_issue_type: { Bug: 'x'.repeat(256) } })).toBe(false);
    expect(takes({ label_to_issue_type: { Bug: ['Defect'] } })).toBe(false);
    expect(takes({ label_to_issue_type: { Defect: 'Bug' } })).toBe(false);
  });

  it('takes all at once, and no other name', () => {
    const all = Object.fromEntries(allRows.map((row) => [row.name, nothingOf(row)]));
    expect([takes(all), takes({ ...all, PATH: '/tmp' }), takes('all'), takes(null)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
