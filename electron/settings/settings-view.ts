import type { SettingOrigin } from '../../shared/setting-row.ts';
import type { SettingName } from '../../shared/settings.ts';
import { settingRows } from '../../shared/settings-table.ts';
import type { SettingsView, SettingView } from '../../shared/settings-view.ts';
import type { ResolvedSettings } from './resolve-settings.ts';
import type { JudgedSettings } from './secret-origins.ts';
import { mapsIn, textIn } from './settings-values.ts';

const fixingOrigins: ReadonlySet<SettingOrigin> = new Set(['.env', 'DATA/.env', 'environment']);

/** Whether what the window saves would have no effect, because a value from here wins. */
export function isFixedBy(origin: SettingOrigin): boolean {
  return fixingOrigins.has(origin);
}

/** The settings as the window may see them: of a secret only whether there is one. */
export function settingsView(
  {
    settings,
    origins,
    entryPlaces,
    problems,
    refusals = [],
  }: ResolvedSettings & Partial<Pick<JudgedSettings, 'refusals'>>,
  rest: Pick<SettingsView, 'protection' | 'trustsFormerToken'>,
): SettingsView {
  return {
    settings: settingRows.map(({ name, secret, window }) => {
      const value = textIn(settings, name);
      return {
        name,
        value: secret === null ? value : null,
        isSet: value !== null && origins[name] !== 'default',
        isSecret: secret !== null,
        origin: origins[name],
        isFixed: isFixedBy(origins[name]) || window === 'never',
        refusal: refusalOf(name, refusals),
      };
    }),
    maps: mapsIn(settings),
    entryPlaces,
    problems,
    ...rest,
  };
}

function refusalOf(name: SettingName, refusals: JudgedSettings['refusals']): SettingView['refusal'] {
  const refusal = refusals.find((each) => each.name === name);
  if (refusal === undefined) return null;
  const { message, origin, mayBeAllowed } = refusal;
  return { message, origin, mayBeAllowed };
}
