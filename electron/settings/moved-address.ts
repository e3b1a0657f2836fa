import { type SecretAddress, secretRows } from '../../shared/settings.ts';
import { settingRows } from '../../shared/settings-table.ts';
import type { SettingsChange } from './apply-change.ts';
import type { LoadedSettings } from './load-settings.ts';
import { originOf, type SecretRefusal } from './secret-origins.ts';
import { isGiven } from './setting-layer.ts';
import { textIn } from './settings-values.ts';
import { isFixedBy } from './settings-view.ts';

interface Move {
  before: LoadedSettings;
  /** The settings with the change. */
  after: LoadedSettings;
  change: SettingsChange;
  /** What a person has allowed. */
  allowed?: readonly SecretRefusal[];
}

/** The secrets that would go nowhere any more because of this change. */
export function newRefusals({ before, after, allowed = [] }: Omit<Move, 'change'>): SecretRefusal[] {
  const known = [...before.refusals, ...allowed];
  return after.refusals.filter(
    ({ name, origin }) => !known.some((each) => each.name === name && each.origin === origin),
  );
}

/** The addresses that the window may change and that are sent a secret. */
export const movableAddresses = secretRows.flatMap(({ secret }) =>
  settingRows.some(({ name, window }) => name === secret.sentTo && window === 'typed') ? [secret.sentTo] : [],
);

/**
 * Why this change may not be made: it leads a secret that is set to another origin than it is meant for without bringing
 * it along. null where nothing speaks against it.
 */
export function movedAddress(address: SecretAddress, { before, after, change, allowed = [] }: Move): string | null {
  const row = secretRows.find((each) => each.secret.sentTo === address);
  if (row === undefined) return null;
  const { name: secret } = row;
  const refusal = newRefusals({ before, after, allowed }).find(({ name }) => name === secret);
  if (refusal !== undefined) return address in change ? wordsOf(refusal) : `${secret}: ${refusal.message}`;
  const former = originIn(before, address);
  const isFixed = isFixedBy(after.origins[secret]);
  const isSet = after.origins[secret] !== 'default';
  const isBrought = isGiven(change[secret]) && !isFixed;
  if (former === null || !(address in change) || !isSet || isBrought) return null;
  const problem = after.problems.find(({ key }) => key === address);
  if (problem !== undefined) return `${address}: ${problem.message}`;
  if (originIn(after, address) !== null) return null;
  return isFixed ? null : `Remove the API ${row.secret.called} along with the address: it would be of no use.`;
}

function wordsOf({ name, called, from, meantFor }: SecretRefusal): string {
  if (isFixedBy(from)) {
    return `${name} is fixed by ${from}, and it is not sent to a new address by itself. Saving the address asks whether it may go there. Or change both in that place.`;
  }
  const was = meantFor === null ? '' : ` It was saved for ${meantFor}.`;
  return `The address is another one. Enter the API ${called} again: it is not sent to a new address by itself.${was}`;
}

/** null where there is no usable address. */
function originIn({ settings, problems }: LoadedSettings, address: SecretAddress): string | null {
  const value = textIn(settings, address);
  // A wrong address of OpenAI's would read as the default one.
  if (value === null || problems.some(({ key }) => key === address)) return null;
  return originOf(value);
}
