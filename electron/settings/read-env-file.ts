import { allRows, type SettingProblem } from '../../shared/settings.ts';
import { settingRows } from '../../shared/settings-table.ts';
import { parseEnvFile } from './env-file.ts';
import { withLineBreaks } from './escaped-newlines.ts';
import { nameHints, surelyMeant } from './nearest-name.ts';
import { readFile } from './read-file.ts';
import { isGiven } from './setting-layer.ts';

/** What may be set; the last one counts from the environment alone. */
const knownNames: readonly string[] = [...allRows.map(({ name }) => name), 'TICKET_AGENT_HOME'];

/**
 * What a `.env` file says, and what of it does not count. In one of our own every line is ours; in one of a folder that
 * anybody may have made only what is clearly meant for us is told. Messages never quote a value.
 */
export function readEnvFile(
  path: string,
  isOwn: boolean,
): { values: Record<string, string>; problems: SettingProblem[] } {
  const { text, problems } = readFile(path);
  const values: Record<string, string> = {};
  const nearest = nameHints(knownNames);
  const tell = (key: string, line: number, message: string) =>
    problems.push({ source: path, key, message: `Line ${line}: ${message}` });
  for (const { line, name, value: written, isDoubleQuoted, problem } of parseEnvFile(text)) {
    const isKnown = knownNames.includes(name);
    const kind = settingRows.find((row) => row.name === name)?.form.kind;
    const broken = isKnown && isDoubleQuoted && written !== null ? withLineBreaks(kind, written) : null;
    if (broken?.problem) tell(name, line, broken.problem);
    const value = broken?.value ?? written;
    // Whatever else stands before the `=` may be a secret by mistake.
    const shown = isKnown || /^[A-Z][A-Z0-9_]{0,40}$/.test(name) ? name : '';
    if (problem !== null && (isKnown || isOwn)) tell(isKnown ? name : '', line, problem);
    if (value === null) continue;
    if (isKnown) {
      if (isGiven(values[name]) && isGiven(value)) {
        tell(name, line, 'It is set more than once; the last line counts. Take the others out.');
      }
      if (isGiven(value) || values[name] === undefined) values[name] = value;
    } else if (isGiven(value)) {
      const near = isOwn ? nearest(name) : surelyMeant(name, knownNames);
      if (near !== null) tell(shown, line, `Unknown setting. Did you mean ${near}?`);
      else if (isOwn)
        tell(shown, line, `Unknown setting, so it is ignored. Variables of others count from the environment.`);
    }
  }
  return { values, problems };
}

/** Names among strangers' that are meant for settings and misspelt. */
export function strangeNames(values: Readonly<Record<string, unknown>>, source: string): SettingProblem[] {
  return Object.keys(values).flatMap((name) => {
    const near = isGiven(values[name]) ? surelyMeant(name, knownNames) : null;
    return near === null ? [] : [{ source, key: name, message: `Unknown setting. Did you mean ${near}?` }];
  });
}
