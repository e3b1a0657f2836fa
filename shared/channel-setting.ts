import { z } from 'zod';
import { type ChannelEntry, type ChannelRules, channelKey } from './channel-rules.ts';
import { keysOf } from './keys-of.ts';
import { labels } from './labels.ts';
import { plainText, projectKey, yesOrNo } from './setting-forms.ts';
import { type EntryFault, isMap, type ReadEntry, wholeEntry } from './setting-row.ts';

/** What a rule is called in config.yml and in settings.json. */
const writtenNames = {
  project: 'project',
  labelToIssueType: 'label_to_issue_type',
  labels: 'labels',
  defaults: 'defaults',
  answer: 'answer',
  emoji: 'emoji',
  threadReplies: 'thread_replies',
  jsmComments: 'jsm_comments',
  neverCloud: 'never_cloud',
} as const satisfies Record<keyof ChannelRules, string>;

const knownNames = Object.values(writtenNames);

export const issueTypeExpected = 'Expected the name of an issue type, such as Task.';

/** Reads a single value, of which YAML may have made a number or a boolean. */
function text<Value>(rule: z.ZodType<Value>): ReadEntry<Value> {
  const read = wholeEntry(rule);
  return (entry) =>
    typeof entry === 'string' || typeof entry === 'number' || typeof entry === 'boolean'
      ? read(String(entry).trim())
      : fault('Expected a single value, not a list or a map.');
}

function oneOf<const Name extends string>(...names: readonly [Name, ...Name[]]): ReadEntry<Name> {
  const rule = z
    .string()
    .toLowerCase()
    .pipe(z.enum(names, `Expected ${names.join(' or ')}.`));
  return text(rule);
}

const emojiExpected =
  'Expected the name that Slack shows for the emoji between colons, such as rotating_light, or "" for none.';

/** The name of an emoji, in Slack's colons or without, its skin tone left out. */
const emojiName = z
  .string()
  .transform((name) => name.toLowerCase().replace(/^:|:{1,2}skin-tone-\d:?$|:$/g, ''))
  .refine((name) => /^[^\s:"]{0,100}$/.test(name) && !/\p{Extended_Pictographic}/u.test(name), emojiExpected);

/** Reads several of a kind, which may stand as a list or with commas between them. */
const readLabels: ReadEntry<string[]> = (entry) => {
  const given = typeof entry === 'string' ? entry.split(',') : entry;
  if (!Array.isArray(given)) return fault('Expected a list of labels.');
  const rule = wholeEntry(plainText('Expected a label of 255 characters at most.'));
  const read = given.filter((label) => label !== null && label !== '').map(rule);
  return {
    value: read.flatMap(({ value }) => value ?? []),
    faults: read.flatMap(({ faults }, index) => faults.map((each) => ({ ...each, path: [index, ...each.path] }))),
  };
};

const readTypes: ReadEntry<ChannelRules['labelToIssueType']> = (entry) => {
  if (!isMap(entry)) return fault('Expected a map: one indented `label: issue type` on each line.');
  const faults: EntryFault[] = [];
  const value: { -readonly [Label in keyof ChannelRules['labelToIssueType']]: string } = {};
  for (const [label, type] of Object.entries(entry)) {
    const known = labels.find((each) => each === label);
    if (known === undefined) {
      faults.push({ path: [label], message: `Unknown label. Expected one of ${labels.join(', ')}.`, known: labels });
      continue;
    }
    if (type === null || type === '') continue;
    const read = wholeEntry(plainText(issueTypeExpected))(type);
    if (read.value !== undefined) value[known] = read.value;
    faults.push(...read.faults.map((each) => ({ ...each, path: [label, ...each.path] })));
  }
  return { value, faults };
};

const readDefaults: ReadEntry<ChannelRules['defaults']> = (entry) =>
  isMap(entry) ? { value: entry, faults: [] } : fault('Expected a map: one indented `field: value` on each line.');

/** Whoever writes something there means to keep texts from the cloud. */
const readNeverCloud: ReadEntry<boolean> = (entry) => {
  const { value, faults } = text(yesOrNo(true).rule)(entry);
  return { value: value ?? true, faults };
};

const readers: { [Key in keyof ChannelRules]: ReadEntry<ChannelRules[Key]> } = {
  project: text(projectKey().rule),
  labelToIssueType: readTypes,
  labels: readLabels,
  defaults: readDefaults,
  answer: oneOf('channel', 'requester'),
  emoji: text(emojiName),
  threadReplies: oneOf('marked', 'all', 'off'),
  jsmComments: oneOf('internal', 'public'),
  neverCloud: readNeverCloud,
};

function fault(message: string): { value: undefined; faults: EntryFault[] } {
  return { value: undefined, faults: [{ path: [], message }] };
}

/** The channel's name, or its id, as one that is compared with others. */
export const channelKeyRule = z
  .string()
  .transform(channelKey)
  .refine((key) => key !== '', 'Expected the name of a channel, its id, or default.');

/** Reads what is said of one channel; what cannot be used there counts as absent, alone. */
export const readChannel: ReadEntry<Partial<ChannelRules>> = (entry) => {
  if (!isMap(entry)) {
    return fault(
      'Expected rules such as `project: OPS`, each on a line indented further than the channel. A name with # stands in quotation marks.',
    );
  }
  const rules: Readonly<Record<string, unknown>> = entry;
  const value: Partial<ChannelRules> = {};
  const faults: EntryFault[] = [];
  function take<Key extends keyof ChannelRules>(key: Key): void {
    const name = writtenNames[key];
    const given = rules[name];
    // An empty text is a rule where it turns something off.
    if (given === undefined || given === null || (given === '' && key !== 'emoji')) return;
    const read = readers[key](given);
    if (read.value !== undefined) value[key] = read.value;
    faults.push(...read.faults.map((each) => ({ ...each, path: [name, ...each.path] })));
  }
  for (const key of keysOf(readers)) take(key);
  for (const name of Object.keys(rules)) {
    if (knownNames.some((each) => each === name)) continue;
    faults.push({
      path: [name],
      message: `Unknown rule. Expected one of ${knownNames.join(', ')}.`,
      known: knownNames,
    });
  }
  return { value, faults };
};

/**
 * Reads the same in a file of the current folder, which can keep texts from the cloud, or from customers, and not let them go
 * there.
 */
export const readStrangersChannel: ReadEntry<ChannelEntry> = (entry) => {
  const { value, faults } = readChannel(entry);
  if (value === undefined) return { value, faults };
  const taken: ChannelEntry = { ...value, isOfCurrentFolder: true };
  const refused: EntryFault[] = [];
  for (const { rule, widened, what } of consents) {
    if (taken[rule] !== widened) continue;
    delete taken[rule];
    const message = `${what} does not count from the folder where npm was called. Set it in the window or in config.yml in the data folder.`;
    refused.push({ path: [writtenNames[rule]], message, isNotTaken: true });
  }
  return { value: taken, faults: [...faults, ...refused] };
};

/** What lets more people or programs read what stands in a channel. */
const consents = [
  { rule: 'neverCloud', widened: false, what: 'That a text may go to the cloud' },
  { rule: 'jsmComments', widened: 'public', what: 'That customers may read comments' },
] as const;

/** The rules of a channel as files hold them. */
export function writeChannel(rules: Partial<ChannelRules>): Record<string, unknown> {
  const given = keysOf(writtenNames).filter((key) => rules[key] !== undefined);
  return Object.fromEntries(given.map((key) => [writtenNames[key], rules[key]]));
}
