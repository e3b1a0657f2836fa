import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { allRows, type SettingProblem } from '../../shared/settings.ts';
import { errorCode } from '../files/error-code.ts';
import { nameHints } from './nearest-name.ts';
import { fileProblem, readFile } from './read-file.ts';
import { keepAsWritten } from './written-yaml.ts';

const knownKeys: readonly string[] = allRows.map(({ name }) => name);

/** Writes the commented template where there is no config.yml yet. */
export function createConfigFile(path: string, templatePath: string): SettingProblem[] {
  if (existsSync(path)) return [];
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Whoever edited the template means it where it lies; here it would win over later edits, and be trusted.
    const template = readFileSync(templatePath, 'utf8').replace(/^(?=[^#\r\n])/gm, '# ');
    writeFileSync(path, template, { flag: 'wx' });
    return [];
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === 'EEXIST') return [];
    return [fileProblem(path, `The file could not be created (${code}). Check who may write to its folder.`)];
  }
}

export interface ConfigFile {
  values: Record<string, unknown>;
  problems: SettingProblem[];
  /** Whether it is broken as a whole, so that nobody knows what it says. */
  isUnknown: boolean;
}

/**
 * What config.yml says of settings, also of those that it may not set. Unknown keys and bad syntax are problems; in one of a
 * folder that anybody may have made only where the file is clearly meant for us. Messages never quote the file, which may
 * hold a secret by mistake.
 */
export function readConfigFile(path: string, isOwn = true): ConfigFile {
  const { text, problems } = readFile(path);
  const parsed = parse(text);
  const isOurs = isOwn || namesOurs(text);
  if ('problem' in parsed) {
    return {
      values: {},
      problems: isOurs ? [...problems, fileProblem(path, parsed.problem)] : problems,
      isUnknown: isOurs,
    };
  }
  const isUnknown = problems.length > 0;
  const nearest = nameHints(knownKeys);
  problems.push(...parsed.conversions.map(({ key, message }) => ({ source: path, key, message })));
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(parsed.values)) {
    if (knownKeys.includes(key)) values[key] = value;
    else if (isOurs || nearest(key) !== null) {
      const near = nearest(key);
      const message = near
        ? `Unknown setting. Did you mean ${near}?`
        : 'Unknown setting. See the template for all names.';
      problems.push({ source: path, key, message });
    }
  }
  return { values, problems, isUnknown };
}

type Parsed = { values: Record<string, unknown>; conversions: ReturnType<typeof keepAsWritten> };

function parse(text: string): Parsed | { problem: string } {
  const lineCounter = new LineCounter();
  // A lone star is an alias in YAML, and would take the whole file with it.
  const quoted = text.replace(/^([A-Z_]{1,64}:[ \t]*)\*(?=[ \t]*(?:#|\r?$))/gm, '$1"*"');
  const document = parseYaml(quoted, lineCounter);
  if (document === null) return { problem: 'It is nested too deep, so the whole file is ignored.' };
  const error = document.errors[0];
  if (error) {
    const { line } = lineCounter.linePos(error.pos[0]);
    const known: Record<string, string> = {
      DUPLICATE_KEY: 'sets a name for a second time',
      MULTIPLE_DOCS: 'begins a second document',
      BAD_DQ_ESCAPE: 'has a backslash in double quotation marks, which mean something else by it',
    };
    const what = known[error.code] ?? 'is not valid YAML';
    const expected =
      error.code === 'BAD_DQ_ESCAPE'
        ? 'Put the value in single quotation marks.'
        : 'Expected `NAME: value` once on each line, and spaces, never tabs, before the entries of a map.';
    return { problem: `Line ${line} ${what}, so the whole file is ignored. ${expected}` };
  }
  const conversions = keepAsWritten(quoted, document, lineCounter);
  const content = toPlain(document);
  if (content === null) return { values: {}, conversions };
  if (typeof content === 'object' && !Array.isArray(content)) return { values: { ...content }, conversions };
  return { problem: 'Expected `NAME: value` on each line, so the whole file is ignored.' };
}

/** null where it is nested deeper than the parser can go. */
function parseYaml(text: string, lineCounter: LineCounter): ReturnType<typeof parseDocument> | null {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, schema: 'core', merge: false, logLevel: 'error' });
  } catch {
    return null;
  }
}

/** The plain value; undefined where an alias cannot be resolved, and where aliases of aliases would make too much. */
function toPlain(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS();
  } catch {
    return undefined;
  }
}

/** Whether a line sets something of ours, taken into use or not. */
function namesOurs(text: string): boolean {
  const names = new Set(text.split('\n').map((line) => line.replace(/^# ?/, '').split(':', 1)[0]?.trim()));
  return knownKeys.some((key) => names.has(key));
}
