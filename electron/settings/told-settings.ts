import type { SettingOrigin } from '../../shared/setting-row.ts';
import { describeProblem, type SettingProblem, settingNames } from '../../shared/settings.ts';
import type { ResolvedSettings } from './resolve-settings.ts';
import type { SettingLayer } from './setting-layer.ts';
import { textIn } from './settings-values.ts';

/** Sentences on what files say that people should know of without looking for it. */
export interface ToldSettings {
  /** Files that are broken as a whole, and what is not taken from the current folder. */
  notices: string[];
  /** What a config.yml says in vain, because a later place says something else. */
  overruled: string[];
}

const placeWords: Readonly<Record<SettingOrigin, string>> = {
  default: 'the default',
  './config.yml': 'config.yml in the folder where npm was called',
  'config.yml': 'config.yml in the data folder',
  'settings.json': 'the window',
  '.env': 'the .env file in the folder where npm was called',
  'DATA/.env': 'the .env file in the data folder',
  environment: 'the environment',
};

/** Finds what is to be told of these settings. `notTaken`, `problems`: of all places. */
export function toldOf(
  { settings, origins }: Pick<ResolvedSettings, 'settings' | 'origins'>,
  layers: readonly SettingLayer[],
  { notTaken, problems }: { notTaken: readonly SettingProblem[]; problems: readonly SettingProblem[] },
): ToldSettings {
  const files = layers.filter(({ origin }) => origin === './config.yml' || origin === 'config.yml');
  const overruled = files.flatMap(({ origin, source, values }) =>
    settingNames
      .filter((name) => name in values && origins[name] !== origin && String(values[name]) !== textIn(settings, name))
      .map((name) => `${name} of ${source} does not count: ${placeWords[origins[name]]} says something else.`),
  );
  return {
    notices: [...problems.filter(({ key }) => key === ''), ...together(notTaken)].map(describeProblem),
    overruled,
  };
}

/** Those of a file that say the same as one. */
function together(problems: readonly SettingProblem[]): SettingProblem[] {
  const alike = new Map<string, SettingProblem>();
  for (const problem of problems) {
    const about = `${problem.source}\n${problem.message}`;
    const known = alike.get(about);
    alike.set(about, known === undefined ? problem : { ...known, key: `${known.key}, ${problem.key}` });
  }
  return [...alike.values()];
}
