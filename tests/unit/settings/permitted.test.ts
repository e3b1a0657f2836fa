import { expect, it } from 'vitest';
import { permitted } from '../../../electron/settings/permitted.ts';
import { type SettingPlace, settingOrigins } from '../../../shared/setting-row.ts';
import { allRows } from '../../../shared/settings.ts';

const places = settingOrigins.filter((origin): origin is SettingPlace => origin !== 'default');

it.each(places)(
  'takes from %s what its row lets in alone, whatever the kind of setting, and says where else',
  (place) => {
    const others = places.filter((each) => each !== place);
    const rows = [
      { name: 'IN', places: [place], window: 'typed' },
      { name: 'OUT', places: others, window: 'typed' },
      { name: 'SECRET', places: others, window: 'never', secret: { sentTo: 'IN', called: 'key' } },
    ] as const;
    const layer = {
      origin: place,
      source: '/file',
      values: { IN: 'a', OUT: ['b'], SECRET: 'c', unknown: 'd', NONE: '' },
    };
    const found = permitted(layer, rows);
    expect(found.layer).toEqual({ ...layer, values: { IN: 'a' } });
    const message = expect.stringMatching(/^(This does not count from|Secrets do not belong in) .* Set it in .*\.$/);
    expect(found.problems).toEqual([
      { source: '/file', key: 'OUT', message },
      { source: '/file', key: 'SECRET', message },
    ]);
  },
);

const messageOf = (origin: SettingPlace, name: string) =>
  permitted({ origin, source: '', values: { [name]: 'x' } }).problems.map(({ message }) => message);

it('names all places that a setting may stand in, and no other', () => {
  expect(messageOf('config.yml', 'JIRA_API_TOKEN')).toEqual([
    'Secrets do not belong in this file. Set it in the window, a .env file or the environment.',
  ]);
  expect(messageOf('.env', 'OPENAI_ALLOWED')).toEqual([
    'This does not count from the folder where npm was called. Set it in the window, config.yml in the data folder, the .env file in the data folder or the environment.',
  ]);
  expect(messageOf('./config.yml', 'DELETE_TEXTS_AFTER_DAYS')).toEqual([
    'This does not count from the folder where npm was called. Set it in the window, config.yml in the data folder, the .env file in the data folder or the environment.',
  ]);
  expect(messageOf('./config.yml', 'JIRA_API_TOKEN')).toEqual([
    'Secrets do not belong in this file. Set it in the window, a .env file or the environment.',
  ]);
  expect(messageOf('environment', 'label_to_issue_type')).toEqual([
    'This does not count from the environment. Set it in the window or config.yml.',
  ]);
  expect(messageOf('DATA/.env', 'jira_default_fields')).toEqual([
    'This does not count from the .env file in the data folder. Set it in config.yml.',
  ]);
});

it('keeps what is wrong with the place, and takes nothing empty for set', () => {
  const problems = [{ source: '/file', key: '', message: 'It is a folder.' }];
  const values = Object.fromEntries(allRows.map(({ name }) => [name, ' ']));
  expect(permitted({ origin: '.env', source: '/file', values, problems })).toEqual({
    layer: { origin: '.env', source: '/file', values: {} },
    problems,
    notTaken: [],
  });
});
