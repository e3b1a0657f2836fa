import { describe, expect, it } from 'vitest';
import { allRows, mapNames, settingNames } from '../../../shared/settings.ts';
import { settingChangeSchema } from '../../../shared/settings-view.ts';

const takes = (change: unknown) => settingChangeSchema.safeParse(change).success;

describe('what the window may send of settings', () => {
  it.each(settingNames)('takes %s as a text, of 4000 characters at most', (name) => {
    expect([takes({ [name]: '' }), takes({ [name]: 'x'.repeat(4000) })]).toEqual([true, true]);
    for (const wrong of ['x'.repeat(4001), 7, null, undefined, {}, []]) expect(takes({ [name]: wrong })).toBe(false);
  });

  it.each(mapNames)('takes %s as a map, whose entries are forgotten by an empty text or null', (name) => {
    for (const wrong of ['x', 7, null, undefined, [], [['Bug', 'Defect']]])
      expect(takes({ [name]: wrong })).toBe(false);
    expect([takes({ [name]: {} }), takes({ [name]: { Bug: 'Defect' } })]).toEqual([true, true]);
    expect([takes({ [name]: { Bug: '' } }), takes({ [name]: { Bug: null } })]).toEqual([true, true]);
  });

  it('takes entries by the rules of their row alone', () => {
    expect(takes({ label_to_issue_type: { Bug: 'x'.repeat(255), Task: 'Chore' } })).toBe(true);
    expect(takes({ label_to_issue_type: { Bug: 'x'.repeat(256) } })).toBe(false);
    expect(takes({ label_to_issue_type: { Bug: ['Defect'] } })).toBe(false);
    expect(takes({ label_to_issue_type: { Defect: 'Bug' } })).toBe(false);
  });

  it('takes all at once, and no other name', () => {
    const all = Object.fromEntries(allRows.map((row) => [row.name, 'form' in row ? '' : {}]));
    expect([takes(all), takes({ ...all, PATH: '/tmp' }), takes('all'), takes(null)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
