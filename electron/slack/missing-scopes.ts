import { type ScopeUse, scopeUses } from '../../shared/slack-manifest.ts';

/** What an owner of the app does about it; adds the events and shortcuts of a newer manifest as well. */
export const addScopes =
  'To change that, put this program’s slack-manifest.yml in the place of the manifest under App Manifest in the app’s ' +
  'settings in Slack (or add scopes under OAuth & Permissions > Bot Token Scopes), save, and install the app again.';

/** What an app with these scopes lacks, each with the scopes that are missing of it. */
export function missingScopes(granted: readonly string[]): ScopeUse[] {
  return scopeUses
    .map((use) => ({ ...use, scopes: use.scopes.filter((scope) => !granted.includes(scope)) }))
    .filter(({ scopes }) => scopes.length > 0);
}

/** What people should know of an app with these scopes; null where it lacks none. */
export function scopeNotice(granted: readonly string[]): string | null {
  const missing = missingScopes(granted);
  if (missing.length === 0) return null;
  const losses = missing.map(({ scopes, loss }) => `${loss} (${scopes.join(', ')})`);
  const rest = missing.some(({ isNeeded }) => isNeeded) ? '' : ' Everything else works.';
  return `The Slack app lacks scopes that this program asks for: ${losses.join('; ')}.${rest} ${addScopes}`;
}
