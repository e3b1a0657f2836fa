import { resolveSettings } from '../../electron/settings/resolve-settings.ts';
import type { SettingName, Settings } from '../../shared/settings.ts';

/** Settings with these values, as an environment holds them, and the defaults for the rest. */
export function settingsWith(values: Partial<Record<SettingName, string>>): Settings {
  const layer = { origin: 'environment', source: 'environment', values } as const;
  return resolveSettings([layer], { dataDir: '/nowhere', cwd: null, exists: () => false }).settings;
}
