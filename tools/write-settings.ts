import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type MapRow, type SettingPlace, type SettingRow, settingParts } from '../shared/setting-row.ts';
import { mapRows, settingRows } from '../shared/settings-table.ts';
import { manifestText } from './manifest-text.ts';
import { markdownTable } from './markdown-table.ts';
import { projectDir } from './paths.ts';

const markers = /(<!-- settings: npm run settings -->\n).*?(\n<!-- end of settings -->)/s;

/** What is made of `shared/settings-table.ts`, and of `shared/slack-manifest.ts`: each file with its text. */
export function settingsFiles(): { file: string; text: string }[] {
  const page = path.join(projectDir, 'docs', 'settings.md');
  return [
    { file: path.join(projectDir, 'config.yml'), text: configTemplate() },
    { file: path.join(projectDir, '.env.example'), text: envExample() },
    { file: path.join(projectDir, 'slack-manifest.yml'), text: manifestText() },
    { file: page, text: readFileSync(page, 'utf8').replace(markers, (_, start, end) => start + settingsTable() + end) },
  ];
}

const longestLine = 120;

/** A text as comment lines. */
function comment(text: string): string {
  const lines = ['#'];
  for (const word of text.replaceAll('`', '').split(' ')) {
    const last = lines.at(-1) ?? '';
    if (`${last} ${word}`.length > longestLine) lines.push(`# ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join('\n');
}

/** The commented file that a new data folder gets. */
function configTemplate(): string {
  const secrets = settingRows.flatMap(({ name, secret }) => (secret === null ? [] : [name]));
  const head = [
    "# AI Ticket Agent's settings. Take the # off a line to set it; the program goes on with it as soon as the file is saved.",
    '# This file counts in the data folder (the page Status names it) and in the folder where you start the program; where both',
    '# set something, the data folder does. What you save in the window, .env files and the environment win over either.',
    '# This file may have 64 kB.',
    `# Secrets (${secrets.join(', ')}) do not belong here:`,
    '# enter them in the window, or put them into a file named .env beside this one.',
  ].join('\n');
  const sections = Object.entries(settingParts).map(([wanted, title]) => {
    const settings = settingRows
      .filter(({ part, places }) => part === wanted && places.includes('config.yml'))
      .map(({ name, form, about, more, unset, example, places }) => {
        const hints = [
          form.kind === 'number' ? [form.words] : [],
          unset === undefined ? [] : [`not set: ${unset}`],
        ].flat();
        const hint = hints.length === 0 ? '' : ` ${comment(hints.join('; '))}`;
        return `${comment([about, more ?? [], whereOnly(places)].flat().join(' '))}\n# ${name}: ${example ?? form.default}${hint}`;
      });
    const maps = mapRows
      .filter(({ part, places }) => part === wanted && places.includes('config.yml'))
      .map(({ name, about, more, example, default: entries }) => {
        const lines =
          example === undefined
            ? Object.entries(entries).map(([key, value]) => `${key}: ${value}`)
            : example.split('\n');
        return `\n${comment([about, more ?? []].flat().join(' '))}\n# ${name}:\n${lines.map((line) => `#   ${line}`).join('\n')}`;
      });
    return [`# --- ${title} ---`, ...settings, ...maps].join('\n');
  });
  return `${[head, ...sections].join('\n\n')}\n`;
}

/** Says of what is never taken from the current folder where it counts. */
function whereOnly(places: readonly SettingPlace[]): string[] {
  return places.includes('.env') || !places.includes('DATA/.env') ? [] : ['Counts in the data folder only.'];
}

function envExample(): string {
  const parts = Object.keys(settingParts).toSorted((one, other) => Number(other === 'slack') - Number(one === 'slack'));
  const sections = parts.map((wanted) =>
    settingRows
      .filter(({ part, isInEnvExample }) => part === wanted && isInEnvExample)
      .map(({ name, about, places }) => {
        return `${comment([about, whereOnly(places)].flat().join(' '))}\n${name}=\n`;
      })
      .join(''),
  );
  const head =
    '# Copy to .env in the data folder, or here, and fill in. Empty lines count as not set. Never commit it.\n';
  return [head, ...sections.filter((section) => section !== '')].join('\n');
}

const placeWords: Record<SettingPlace, string> = {
  './config.yml': 'the current folder’s files',
  'config.yml': '`config.yml`',
  'settings.json': 'the window',
  '.env': 'the current folder’s files',
  'DATA/.env': '`.env` files',
  environment: 'the environment',
};

/** Where a setting cannot be set. */
function notIn({ places, window }: Pick<SettingRow | MapRow, 'places' | 'window'>): string {
  const excluded = Object.entries(placeWords).filter(([place]) =>
    place === 'settings.json' ? window === 'never' : !places.some((each) => each === place),
  );
  const isExcluded = (wanted: SettingPlace) => excluded.some(([place]) => place === wanted);
  const words = excluded.flatMap(([place, words]) => {
    // Where its like of the data folder is excluded as well, that says it.
    const isSaid = place === './config.yml' ? isExcluded('config.yml') : place === '.env' && isExcluded('DATA/.env');
    return isSaid ? [] : [words];
  });
  return [...new Set(words)].join(', ');
}

/** Every setting as a row in Markdown. */
function settingsTable(): string {
  const settings = settingRows.map((row) => {
    const { name, secret, form, about, unset } = row;
    const hasDefault = form.default !== null && !Array.isArray(form.default);
    const otherwise = hasDefault ? `\`${form.default}\`` : (unset ?? 'none');
    return [secret === null ? `\`${name}\`` : `\`${name}\` (secret)`, form.words, otherwise, about, notIn(row)];
  });
  const maps = mapRows.map((row) => [`\`${row.name}\``, row.words, row.unset ?? 'none', row.about, notIn(row)]);
  return markdownTable([['name', 'form', 'default', 'what it does', 'not in'], ...settings, ...maps], 5);
}

if (import.meta.main) for (const { file, text } of settingsFiles()) writeFileSync(file, text);
