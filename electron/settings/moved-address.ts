import { boundSecrets, type SecretAddress, type SecretName } from '../../shared/settings.ts';
import { settingRows } from '../../shared/settings-table.ts';
import type { SettingsChange } from './apply-change.ts';
import { type JudgedSettings, originOf, type SecretRefusal } from './secret-origins.ts';
import { isGiven } from './setting-layer.ts';
import { textIn } from './settings-values.ts';
import { isFixedBy } from './settings-view.ts';

interface Move {
  before: JudgedSettings;
  /** The settings with the change. */
  after: JudgedSettings;
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
export const movableAddresses = [...new Set(boundSecrets.map(({ sentTo }) => sentTo))].filter((address) =>
  settingRows.some(({ name, window }) => name === address && window === 'typed'),
);

/**
 * Why this change may not be made: it leads secrets that are set to another origin than they are meant for without
 * bringing them along. null where nothing speaks against it.
 */
export function movedAddress(address: SecretAddress, move: Move): string | null {
  const secrets = boundSecrets.filter(({ sentTo }) => sentTo === address);
  const words = secrets.flatMap(({ name, called }) => {
    const what = secrets.length === 1 ? `the API ${called}` : name;
    return whyNot(name, address, what, move) ?? [];
  });
  return words.length === 0 ? null : [...new Set(words)].join(' ');
}

/** What speaks against it for one of them. `what`: how that is called in words. */
function whyNot(secret: SecretName, address: SecretAddress, what: string, move: Move): string | null {
  const { before, after, change } = move;
  const refusal = newRefusals(move).find(({ name }) => name === secret);
  if (refusal !== undefined) return address in change ? wordsOf(refusal, what) : `${secret}: ${refusal.message}`;
  const former = originIn(before, address);
  const isFixed = isFixedBy(after.origins[secret]);
  const isSet = after.origins[secret] !== 'default';
  const isBrought = isGiven(change[secret]) && !isFixed;
  if (former === null || !(address in change) || !isSet || isBrought) return null;
  const problem = after.problems.find(({ key }) => key === address);
  if (problem !== undefined) return `${address}: ${problem.message}`;
  if (originIn(after, address) !== null) return null;
  return isFixed ? null : `Remove ${what} along with the address: it would be of no use.`;
}

function wordsOf({ name, from, meantFor }: SecretRefusal, what: string): string {
  if (isFixedBy(from)) {
    return `${name} is fixed by ${from}, and it is not sent to a new address by itself. Saving the address asks whether it may go there. Or change both in that place.`;
  }
  const was = meantFor === null ? '' : ` It was saved for ${meantFor}.`;
  return `The address is another one. Enter ${what} again: it is not sent to a new address by itself.${was}`;
}

/** null where there is no usable address. */
function originIn({ settings, problems }: JudgedSettings, address: SecretAddress): string | null {
  const value = textIn(settings, address);
  // A wrong address of OpenAI's would read as the default one.
  if (value === null || problems.some(({ key }) => key === address)) return null;
  return originOf(value);
}
