import { isOfCurrentFolder, type MapRow, type SettingPlace, type SettingRow } from '../../shared/setting-row.ts';
import { allRows, type SettingProblem } from '../../shared/settings.ts';
import { isGiven, type SettingLayer } from './setting-layer.ts';

type Row = Pick<SettingRow | MapRow, 'name' | 'places' | 'window'> & Partial<Pick<SettingRow, 'secret'>>;

/**
 * What a place says of the settings that it may set, by the table. Any other setting is a problem, and counts as if it did
 * not stand there; names that are no settings are left out. `problems`: what is wrong with the place already. `notTaken`:
 * those of the problems that tell of what is never taken from the current folder.
 */
export function permitted(
  { origin, source, values, problems = [] }: SettingLayer & { problems?: SettingProblem[] },
  rows: readonly Row[] = allRows,
): { layer: SettingLayer; problems: SettingProblem[]; notTaken: SettingProblem[] } {
  const given = rows.filter(({ name }) => isGiven(values[name]));
  const counting = given.filter(({ places }) => places.includes(origin));
  const refused = given.filter((row) => !counting.includes(row));
  const notTaken = refused.map((row) => ({ source, key: row.name, message: refusalIn(origin, row) }));
  return {
    layer: { origin, source, values: Object.fromEntries(counting.map(({ name }) => [name, values[name]])) },
    problems: [...problems, ...notTaken],
    notTaken: isOfCurrentFolder(origin) ? notTaken : [],
  };
}

const placeWords: Readonly<Record<SettingPlace, string>> = {
  './config.yml': 'the folder where npm was called',
  'config.yml': 'config.yml',
  'settings.json': 'settings.json',
  '.env': 'the folder where npm was called',
  'DATA/.env': 'the .env file in the data folder',
  environment: 'the environment',
};

function refusalIn(origin: SettingPlace, { places, window, secret = null }: Row): string {
  const why =
    secret !== null && (origin === './config.yml' || origin === 'config.yml')
      ? 'Secrets do not belong in this file.'
      : `This does not count from ${placeWords[origin]}.`;
  const others = [
    window === 'never' || !places.includes('settings.json') ? [] : ['the window'],
    places.includes('config.yml')
      ? [places.includes('./config.yml') ? 'config.yml' : 'config.yml in the data folder']
      : [],
    places.includes('DATA/.env') ? [places.includes('.env') ? 'a .env file' : placeWords['DATA/.env']] : [],
    places.includes('environment') ? ['the environment'] : [],
  ].flat();
  return `${why} Set it in ${others.join(', ').replace(/, (?=[^,]*$)/, ' or ')}.`;
}
