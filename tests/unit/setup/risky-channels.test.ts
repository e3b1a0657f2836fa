import { expect, it } from 'vitest';
import { resolveSettings } from '../../../electron/settings/resolve-settings.ts';
import { riskyChanges } from '../../../electron/setup/risky-changes.ts';
import type { ChannelMap } from '../../../shared/channel-rules.ts';
import { writeChannel } from '../../../shared/channel-setting.ts';

function loaded(channels: ChannelMap) {
  const entries = Object.entries(channels).map(([name, rules]) => [name, writeChannel(rules)]);
  const layer = { origin: 'settings.json', source: '', values: { channels: Object.fromEntries(entries) } } as const;
  const resolved = resolveSettings([layer], { dataDir: '/nowhere', cwd: null, exists: () => false });
  return { ...resolved, uses: [], refusals: [], notices: [], overruled: [] };
}

it.each<[ChannelMap, ChannelMap, string[]]>([
  [{ ops: { neverCloud: true } }, {}, ['ops']],
  [{ ops: { neverCloud: true } }, { ops: { neverCloud: false } }, ['ops']],
  [{ default: { neverCloud: true } }, {}, ['all other channels']],
  [{ default: { neverCloud: true } }, { default: { neverCloud: true }, web: { neverCloud: false } }, ['web']],
  [{ C0123456789: { neverCloud: true } }, { C0123456789: { project: 'OPS' } }, ['C0123456789']],
  [{ ops: { neverCloud: true } }, { ops: { neverCloud: true, project: 'OPS' } }, []],
  [{ ops: { neverCloud: true } }, { default: { neverCloud: true } }, []],
  [{}, { ops: { neverCloud: true } }, []],
])('texts of channels that were kept from the cloud are let go by a person alone: %j to %j', (before, after, names) => {
  const risky = riskyChanges({ before: loaded(before), after: loaded(after), earlier: {} });
  const words = `Texts of ${names.join(', ')} are no longer kept from a cloud model.`;
  expect(risky).toEqual(names.length === 0 ? [] : [{ name: 'channels', words }]);
});
