import type { AppError, ErrorCode } from '../../shared/errors.ts';

/** The same wherever they stand; the others may stand in a name that is quoted, as that of a file. */
const alwaysOwners =
  /\b(?:config\.ya?ml|settings\.json|tickets\.db|main\.log|slack-manifest)|(?:^|[\s“"'`(])\.env\b|\bcustomfield/i;
/** Names in our quotation marks, whole or cut at a sentence's end. */
const quoted = /“[^”]*(?:”|$)|^[^“”]*”/g;

/**
 * Words that only whoever runs a desktop can do something about: names of files, settings and variables (`JIRA_BASE_URL`, but
 * not the key `MY_PROJECT-7`), ids and codes, statuses of HTTP, paths and what an app in Slack is made of.
 */
const ownersWords = [
  /\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b(?!-\d)/,
  /\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b/,
  /\bE[A-Z]{4,60}\b/,
  /\bHTTPS?\b(?!:\/\/)/i,
  /(?<![-\w.#:/])[1-5]\d\d\b(?!\s?(?:characters|letters|words|[kKMG]B|bytes|m?s\b|seconds|minutes|hours|tickets|issues|[€$%]))/,
  /(?:^|\s)(?:~?\/[\w.-]+\/|[A-Z]:\\)/,
  /\b(?:xox[a-z]|xapp)-|\bOAuth\b|\bscopes?\b|\bSocket Mode\b|\bnpm\b/i,
];
/** Jira's id of a field of somebody's own, before or in the place of its name. */
const fieldId = /\b(?:customfield_\d+|cf\[\d+\])/g;

/** What happened, where no sentence of the error itself is for everybody. */
const inShort: Record<ErrorCode, string> = {
  invalid_input: 'it was not taken as it is.',
  not_configured: 'the desktop that answered is not set up completely.',
  unauthorized: 'the login of the desktop that answered was not accepted.',
  forbidden: 'that is not allowed.',
  not_found: 'something that it needs is not there.',
  rate_limited: 'a pause was asked for.',
  unavailable: 'the connection did not work.',
  unconfirmed: 'no clear answer came.',
  bad_response: 'the answer could not be understood.',
  model_failed: 'no model could answer.',
  storage_failed: 'the log on the desktop that answered could not be read or written.',
  bug: 'something unexpected went wrong.',
};
/** Codes whose messages name files and inner workings of somebody's computer. */
const inner: ReadonlySet<ErrorCode> = new Set(['storage_failed', 'bug']);

/** Characters that are looked at; Jira's own words can be long. */
const longest = 2_000;

/** Sentences of a text that say something to everybody; empty where none does. Whoever runs the desktop reads all in its window. */
export function forEverybody(text: string): string {
  const sentences = text
    .slice(0, longest)
    .replace(fieldId, 'a field')
    .split(/(?<=[.!?…]|[.!?…][”")])\s+/);
  let isDropped = false;
  return sentences
    .map((sentence) => sentence.replaceAll('a field: ', ''))
    .filter((sentence) => {
      // What such a word stands for is in the sentence before.
      const isAboutDropped = isDropped && /^(?:It|That)\b/.test(sentence);
      isDropped = isAboutDropped || isForOwner(sentence);
      return sentence !== '' && !isDropped;
    })
    .join(' ');
}

function isForOwner(sentence: string): boolean {
  const ours = sentence.replace(quoted, '');
  return alwaysOwners.test(sentence) || ownersWords.some((word) => word.test(ours));
}

/** What went wrong, in words for who asked, approves or decides. */
export function teammateWords({ code, message }: Pick<AppError, 'code' | 'message'>): string {
  const words = inner.has(code) ? '' : forEverybody(message);
  return words === '' ? inShort[code] : words;
}
