import { isGiven, type LoadedSettings } from './resolve-settings.ts';
import type { SettingsChange } from './saved-settings.ts';
import { isFixedBy, settingValues } from './settings-view.ts';

/** Addresses that the window may change and that are sent a secret. */
const secretOf = {
  JIRA_BASE_URL: { secret: 'JIRA_API_TOKEN', words: 'API token' },
  OPENAI_BASE_URL: { secret: 'OPENAI_API_KEY', words: 'API key' },
} as const;
export type SecretAddress = keyof typeof secretOf;

/**
 * Why this change may not send the secret that is set to this address: it leads to another origin than before without
 * bringing the secret along. null where nothing speaks against it. `after`: the settings with the change.
 */
export function movedAddress(
  address: SecretAddress,
  { before, after, change }: { before: LoadedSettings; after: LoadedSettings; change: SettingsChange },
): string | null {
  const { secret, words } = secretOf[address];
  const former = originOf(before, address);
  const next = originOf(after, address);
  const isFixed = isFixedBy(after.origins[secret]);
  const isSet = after.origins[secret] !== 'default';
  const isBrought = isGiven(change[secret]) && !isFixed;
  // Without an address, too: the one after would count as the first.
  if (former === null || former === next || !isSet || isBrought) return null;
  const problem = after.problems.find(({ key }) => key === address);
  if (problem !== undefined) return `${address}: ${problem.message}`;
  if (isFixed) {
    return `${secret} is fixed by ${after.origins[secret]}, and it is not sent to a new address by itself. Change both there.`;
  }
  if (next === null) {
    return `Remove the ${words} along with the address: it would be sent to the next one.`;
  }
  return `The address is another one. Enter the ${words} again: it is not sent to a new address by itself.`;
}

/** null where there is no usable address. */
function originOf({ settings, problems }: LoadedSettings, address: SecretAddress): string | null {
  const value = settingValues(settings)[address];
  // A wrong address of OpenAI's would read as the default one.
  if (typeof value !== 'string' || problems.some(({ key }) => key === address)) return null;
  return new URL(value).origin;
}
