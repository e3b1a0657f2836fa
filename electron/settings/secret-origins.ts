import { isOfCurrentFolder, type SettingOrigin } from '../../shared/setting-row.ts';
import { boundSecrets, type SecretAddress, type SecretName, type SettingProblem } from '../../shared/settings.ts';
import { settingRows } from '../../shared/settings-table.ts';
import type { ResolvedSettings } from './resolve-settings.ts';
import { textIn, withoutSecrets } from './settings-values.ts';

/** What is known of where secrets may go. */
export interface KnownOrigins {
  /** The origin for which each secret in settings.json was saved. */
  saved: Partial<Record<SecretName, string>>;
  /** The origin that a secret from elsewhere was last sent to, and by which place that was its address. */
  used(name: SecretName, secret: string): { origin: string; by: SettingOrigin } | undefined;
  /** Secrets that a person has just typed, knowing the address. */
  entered: readonly SecretName[];
  /** What settings.json says about an address, where another place wins over it. */
  savedAddress(name: SecretAddress): unknown;
}

/** A secret, and the address that is set for it. It must not leave main. */
export interface SecretUse {
  name: SecretName;
  address: SecretAddress;
  called: 'token' | 'key';
  secret: string;
  /** The origin as `originOf` has it. */
  origin: string;
  /** Where the secret came from, and where its address did. */
  from: SettingOrigin;
  by: SettingOrigin;
}

/** A secret that is not sent to the address that is set now, and counts as absent. */
export interface SecretRefusal extends SecretUse {
  /** What it was meant for; null where that is not known. */
  meantFor: string | null;
  /** A person may allow it, since nothing but the change of address stands against it. */
  mayBeAllowed: boolean;
  /** Which address it was meant for, which one is set now and by which place, and what to do. */
  message: string;
}

export interface JudgedSettings extends ResolvedSettings {
  uses: SecretUse[];
  refusals: SecretRefusal[];
}

/**
 * Whether a place may lead a secret from elsewhere than the window to another origin without anybody being asked: who
 * can write there could read or replace the secret as well. A shared config.yml and the window may not.
 */
const mayMove: Readonly<Record<SettingOrigin, boolean>> = {
  default: false,
  './config.yml': false,
  'config.yml': false,
  'settings.json': false,
  '.env': false,
  'DATA/.env': true,
  environment: true,
};

/**
 * Scheme, host and port of a checked address; behind Atlassian's gateway, which serves all sites, its site as well.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#other-integrations
 */
export function originOf(address: string): string {
  const { origin, hostname, pathname } = new URL(address);
  const site = hostname === 'api.atlassian.com' ? /^\/ex\/jira\/[^/]+/.exec(pathname)?.[0] : undefined;
  return site === undefined ? origin : origin + site.toLowerCase();
}

/** The settings without those secrets that were not meant for the address they would be sent to. */
export function judgeSecrets(
  resolved: ResolvedSettings,
  known: KnownOrigins,
  sourceOf: (place: SettingOrigin) => string,
): JudgedSettings {
  const { origins } = resolved;
  const uses: SecretUse[] = [];
  const refusals: SecretRefusal[] = [];
  for (const { name, sentTo: address, called } of boundSecrets) {
    const secret = textIn(resolved.settings, name);
    const url = textIn(resolved.settings, address);
    if (secret === null || url === null) continue;
    const [from, by] = [origins[name], origins[address]];
    const use: SecretUse = { name, called, address, secret, origin: originOf(url), from, by };
    const refused = use.from === 'settings.json' ? judgeSaved(use, known) : judgeGiven(use, known);
    if (refused === null) uses.push(use);
    else refusals.push(refusalOf(use, refused));
  }
  const problems: SettingProblem[] = refusals.map(({ name, by, message }) => ({
    source: sourceOf(by),
    key: name,
    message,
  }));
  const without = new Set(refusals.map(({ name }) => name));
  return {
    ...resolved,
    settings: withoutSecrets(resolved.settings, without),
    problems: [...problems, ...resolved.problems],
    uses,
    refusals,
  };
}

/** Why it is refused; null where it is not. */
type Refused = Pick<SecretRefusal, 'meantFor' | 'mayBeAllowed'> | null;

/**
 * Saved in the window: for one origin, whoever changes the address. One from before that was noted binds itself now, but
 * not to what leads Slack's or OpenAI's away from the default in files that are shared.
 */
function judgeSaved({ name, address, origin, by }: SecretUse, known: KnownOrigins): Refused {
  // Whoever types it in the window did not write the current folder's file, and may not know of it.
  if (known.entered.includes(name) && !isOfCurrentFolder(by)) return null;
  const meantFor = known.saved[name] ?? originOrNull(address, known.savedAddress(address));
  const isShared = by === 'config.yml' && name !== 'JIRA_API_TOKEN';
  const isMeant = meantFor === null ? !isOfCurrentFolder(by) && !isShared : meantFor === origin;
  return isMeant ? null : { meantFor, mayBeAllowed: false };
}

/** Judges a secret from a file or the environment: by the origin of its first use, unless a place may move it. */
function judgeGiven({ name, secret, origin, from, by }: SecretUse, known: KnownOrigins): Refused {
  const used = known.used(name, secret);
  const meantFor = used?.origin ?? null;
  if (isOfCurrentFolder(by)) return isOfCurrentFolder(from) ? null : { meantFor, mayBeAllowed: false };
  const isMoved = used !== undefined && used.origin !== origin;
  // An address that is no longer given was taken away by the place that gave it.
  if (!isMoved || mayMove[by] || (by === 'default' && mayMove[used.by])) return null;
  return { meantFor, mayBeAllowed: true };
}

/** Origin of an address as a person saved it: Jira's may be that of any page. */
function originOrNull(name: SecretAddress, address: unknown): string | null {
  const rule = settingRows.find((row) => row.name === name)?.form.rule;
  const read = typeof address === 'string' ? rule?.safeParse(address.trim()).data : null;
  return typeof read === 'string' ? originOf(read) : null;
}

const placeWords: Readonly<Record<SettingOrigin, string>> = {
  default: 'the default',
  './config.yml': 'config.yml in the folder where npm was called',
  'config.yml': 'config.yml',
  'settings.json': 'the page Settings',
  '.env': 'the .env file in the folder where npm was called',
  'DATA/.env': 'the .env file in the data folder',
  environment: 'the environment',
};

function refusalOf(use: SecretUse, refused: NonNullable<Refused>): SecretRefusal {
  const { address, called: what, origin, from, by } = use;
  const { meantFor } = refused;
  const verb = from === 'settings.json' ? 'saved' : 'used';
  const before = meantFor === null ? '' : `The ${what} was ${verb} for ${meantFor}. `;
  const now = `The address is now ${origin} (${address}, by ${placeWords[by]}), and the ${what} is not sent there by itself. `;
  return { ...use, ...refused, message: `${before}${now}${advice(use, refused)}` };
}

function ownSecretsOnly(by: SettingOrigin): string {
  return by === '.env'
    ? 'That file’s addresses get no secrets but its own.'
    : 'That file’s addresses get no secrets but those of the .env file beside it.';
}

function advice({ address, called: what, from, by }: SecretUse, { mayBeAllowed }: NonNullable<Refused>): string {
  if (from === 'settings.json' && isOfCurrentFolder(by)) {
    return `${ownSecretsOnly(by)} Set ${address} in another place, then enter the ${what} again in Settings if it is meant for that address.`;
  }
  if (from === 'settings.json') return `Enter the ${what} again in Settings if it is meant for that address.`;
  if (mayBeAllowed) {
    return `Allow it in Settings if it is meant for that address, or set the address where the ${what} is set, in ${placeWords[from]}.`;
  }
  const where = isOfCurrentFolder(by) ? `${ownSecretsOnly(by)} ` : '';
  return `${where}Set ${address} where the ${what} is set, in ${placeWords[from]}, or take it out of that file.`;
}
