import type { z } from 'zod';
import type { Form } from './setting-forms.ts';

/** Where a value came from; a later one wins. `./` and `.env`: of the current folder. */
export const settingOrigins = [
  ...(['default', './config.yml', 'config.yml', 'settings.json'] as const),
  ...(['.env', 'DATA/.env', 'environment'] as const),
] as const;
export type SettingOrigin = (typeof settingOrigins)[number];
/** What may set a setting. The window saves into settings.json. */
export type SettingPlace = Exclude<SettingOrigin, 'default'>;

const everywhere: readonly SettingPlace[] = settingOrigins.filter((origin) => origin !== 'default');

/** Whether it is a file of the current folder, which may be any folder that somebody unpacked. */
export function isOfCurrentFolder(origin: SettingOrigin): boolean {
  return origin === './config.yml' || origin === '.env';
}

/** All but the current folder's files: for consents, what widens rights, deletions, and files that native code reads. */
export const trustedPlaces: readonly SettingPlace[] = everywhere.filter((place) => !isOfCurrentFolder(place));

/** The parts of `Settings`, in the order of config.yml, with their headings there. */
export const settingParts = {
  jira: 'Jira',
  channels: 'Channels',
  model: 'Model on this machine',
  classification: 'Classification',
  openai: 'OpenAI',
  people: 'Who may do what',
  behaviour: 'Behaviour',
  slack: 'Slack: only for a proxy or a test server',
} as const;

type SettingPart = keyof typeof settingParts;

interface Described<Name extends string, Part extends SettingPart, Key extends string> {
  name: Name;
  /** What goes on with a new value, and where it stands: `jira` and `email` make `settings.jira.email`. */
  part: Part;
  key: Key;
  /** What it does, in a sentence, for config.yml and the documentation. */
  about: string;
  /** What whoever sets it in config.yml should know besides. */
  more?: string;
  /** What holds where nothing is set, if no default says it; `none` unless given. */
  unset?: string;
  /** Another setting without which it does nothing; `otherwise` says so where no place says anything of that. */
  needs?: { setting: string; otherwise: string };
  /** What the commented line in config.yml sets, where that is not the default. */
  example?: string;
}

interface SecretFacts<Address extends string | null> {
  /** The setting with the address that it is sent to and bound to; null: it goes nowhere but where it says itself. */
  sentTo: Address;
  called: 'token' | 'key';
}

/** A field that the window draws by itself; one without stands where a page puts it, or nowhere. */
export interface SettingField {
  panel: 'behaviour' | 'people' | 'removal';
  label: string;
  help: string;
  placeholder?: string;
  /** What may be entered instead of what the form expects: `or nothing for 10`. */
  orElse?: string;
}

/** A setting with a single value, which is text in every place. */
export interface SettingRow<
  Name extends string = string,
  Part extends SettingPart = SettingPart,
  Key extends string = string,
  Value = unknown,
  Secret extends SecretFacts<string | null> | null = SecretFacts<string | null> | null,
> extends Described<Name, Part, Key> {
  form: Form<Value>;
  /** Secrets are write-only from the window, encrypted at rest, refused in config.yml and redacted from log files. */
  secret: Secret;
  places: readonly SettingPlace[];
  /** What the window may save: anything typed; only to forget it, since main saves what it offered (`advice`); nothing. */
  window: 'typed' | { advice: string } | 'never';
  field: SettingField | null;
  /** Whether it stands in .env.example. */
  isInEnvExample: boolean;
}

export function setting<const Name extends string, const Part extends SettingPart, const Key extends string, Value>(
  row: Described<Name, Part, Key> & { form: Form<Value> } & Partial<
      Pick<SettingRow, 'places' | 'window' | 'field' | 'isInEnvExample'>
    >,
): SettingRow<Name, Part, Key, Value, null> {
  return { places: everywhere, window: 'typed', field: null, isInEnvExample: false, ...row, secret: null };
}

export function secret<
  const Name extends string,
  const Part extends SettingPart,
  const Key extends string,
  const Address extends string | null,
>({
  sentTo,
  called,
  ...row
}: Described<Name, Part, Key> & SecretFacts<Address> & { form: Form<string | null> }): SettingRow<
  Name,
  Part,
  Key,
  string | null,
  SecretFacts<Address>
> {
  const places = everywhere.filter((place) => place !== './config.yml' && place !== 'config.yml');
  return { places, window: 'typed', field: null, isInEnvExample: true, ...row, secret: { sentTo, called } };
}

export type MapOrList = Readonly<Record<string, unknown>> | readonly unknown[];

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Something in an entry that cannot be used. */
export interface EntryFault {
  /** Keys that lead to it within the entry. */
  path: readonly PropertyKey[];
  message: string;
  /** Names one of which it was most likely meant to be, where it is unknown; else none. */
  known?: readonly string[];
  /** Whether it is not taken from where it stands, and counts elsewhere. */
  isNotTaken?: boolean;
}

/** Reads an entry: what can be used of it, undefined where nothing can, and what cannot. */
export type ReadEntry<Value = unknown> = (entry: unknown) => { value: Value | undefined; faults: EntryFault[] };

/** Reads an entry by a rule that takes it whole or not at all. */
export function wholeEntry<Value>(rule: z.ZodType<Value>): ReadEntry<Value> {
  return (entry) => {
    const { data, error } = rule.safeParse(entry);
    return { value: data, faults: (error?.issues ?? []).map(({ path, message }) => ({ path, message })) };
  };
}

/** A setting with a map or a list: config.yml and settings.json only, since `.env` files and the environment know text alone. */
export interface MapRow<
  Name extends string = string,
  Part extends SettingPart = SettingPart,
  Key extends string = string,
  Value extends MapOrList = MapOrList,
> extends Described<Name, Part, Key> {
  /** Takes the key of each entry, and may give it another form; any in a list. */
  keyRule: z.ZodType<string>;
  /** Takes each entry, or what of it can be used. Complaints name the expected form. */
  readEntry: ReadEntry;
  /** The same for what the current folder says, which can give no consent; as others unless given. */
  readStrangers?: ReadEntry;
  /**
   * Whether entries are text, taken as it was written, or data, as YAML reads them; `data below`: text but for what stands
   * under these keys of an entry.
   */
  entries: 'text' | 'data' | { dataBelow: readonly string[] };
  /** Counts where no place says otherwise; says whether it is a map or a list. */
  default: Value;
  /** What an unknown key may be meant for. */
  knownNames: readonly string[];
  /** The form in a few words, for the documentation. */
  words: string;
  places: readonly SettingPlace[];
  window: SettingRow['window'];
}

export function map<
  const Name extends string,
  const Part extends SettingPart,
  const Key extends string,
  Value extends MapOrList,
>(row: Omit<MapRow<Name, Part, Key, Value>, 'places'>): MapRow<Name, Part, Key, Value> {
  return { ...row, places: ['./config.yml', 'config.yml', 'settings.json'] };
}
