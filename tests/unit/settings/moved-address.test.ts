import { describe, expect, it } from 'vitest';
import type { SettingsChange } from '../../../electron/settings/apply-change.ts';
import { movedAddress } from '../../../electron/settings/moved-address.ts';
import { resolveSettings } from '../../../electron/settings/resolve-settings.ts';
import { judgeSecrets } from '../../../electron/settings/secret-origins.ts';
import { type SecretName, secretNames } from '../../../shared/settings.ts';

const ours = 'https://ours.example';
const theirs = 'https://theirs.example';

/** The settings with these values saved, each secret of them for `ours`; a person has just typed those of `entered`. */
function loaded(values: Readonly<Record<string, unknown>>, entered: readonly SecretName[] = []) {
  const layer = { origin: 'settings.json', source: 'settings.json', values } as const;
  const resolved = resolveSettings([layer], { dataDir: '/data', cwd: null, exists: () => false });
  const savedFor = Object.fromEntries(secretNames.map((name) => [name, ours]));
  const known = { saved: savedFor, used: () => undefined, entered, savedAddress: () => undefined };
  return judgeSecrets(resolved, known, (place) => place);
}

function move(address: 'SLACK_API_URL' | 'JIRA_BASE_URL', saved: Record<string, string>, change: SettingsChange) {
  const entered = secretNames.filter((name) => name in change);
  return movedAddress(address, { before: loaded(saved), after: loaded({ ...saved, ...change }, entered), change });
}

describe('an address that two secrets go to', () => {
  const both = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
  const saved = { ...both, SLACK_API_URL: `${ours}/` };
  const moved = { SLACK_API_URL: `${theirs}/` };

  it.each([
    [['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'], {}],
    [['SLACK_APP_TOKEN'], { SLACK_BOT_TOKEN: 'xoxb-2' }],
    [['SLACK_BOT_TOKEN'], { SLACK_APP_TOKEN: 'xapp-2' }],
    [[], { SLACK_BOT_TOKEN: 'xoxb-2', SLACK_APP_TOKEN: 'xapp-2' }],
  ])('asks for %j again where the change brings %j', (names, brought) => {
    const words = move('SLACK_API_URL', saved, { ...moved, ...brought });
    const asked = Object.keys(both).filter((name) => words?.includes(`Enter ${name} again`));
    expect([asked, words === null]).toEqual([names, names.length === 0]);
  });
});

it('is of one secret, in words that need no name', () => {
  const saved = { JIRA_BASE_URL: ours, JIRA_API_TOKEN: 'token' };
  expect(move('JIRA_BASE_URL', saved, { JIRA_BASE_URL: theirs })).toMatch(
    /^The address is another one\. Enter the API token again: .* It was saved for https:\/\/ours\.example\.$/,
  );
  expect(move('JIRA_BASE_URL', saved, { JIRA_BASE_URL: '' })).toBe(
    'Remove the API token along with the address: it would be of no use.',
  );
});
