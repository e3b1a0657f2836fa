import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createOldElectron, currentElectron, isAllowedBy } from '../../../electron/app/old-electron.ts';
import { resolveSettings } from '../../../electron/settings/resolve-settings.ts';

const outside = { slack: 'https://slack.com/api/', jira: 'https://team.atlassian.net' };
const here = ['http://127.0.0.1:4000/api/', 'http://localhost:1', 'https://[::1]/'];
const old = createOldElectron('33.2.1', false);

/** As far as the rule looks at them. */
function settingsWith(slackUrl: string, jiraUrl: string | null, token: string | null = 'x') {
  const { settings } = resolveSettings([], { dataDir: '/data', cwd: '/', exists: () => false });
  return {
    slack: { ...settings.slack, apiUrl: slackUrl, botToken: token, appToken: token },
    jira: { ...settings.jira, baseUrl: jiraUrl },
  };
}

it('knows which Electron is current', () => {
  const { devDependencies } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  expect(devDependencies.electron).toMatch(new RegExp(`^${currentElectron}\\.`));
});

it.each([
  ['Slack', outside.slack],
  ['Jira', outside.jira],
] as const)('refuses %s outside this machine on an old Electron, and says what to do', (service, address) => {
  expect(old.refusal(service, address)).toMatchObject({
    code: 'not_configured',
    message: expect.stringMatching(
      new RegExp(`^${service} is not connected.*Electron 33\\.2\\.1.*ALLOW_OLD_ELECTRON=true`),
    ),
  });
});

it.each([
  ['a current one', createOldElectron('45.4.1', false)],
  ['a newer one', createOldElectron('50.0.0', false)],
  ['plain Node', createOldElectron(undefined, false)],
  ['an old one that a person allowed', createOldElectron('33.2.1', true)],
])('refuses nothing on %s', (_which, electron) => {
  expect(electron.refusal('Slack', outside.slack)).toBeNull();
});

it.each(here)('refuses nothing at %s', (address) => {
  expect(old.refusal('Slack', address)).toBeNull();
  expect(old.notice(settingsWith(address, address))).toBeNull();
});

it('has a notice as long as the settings lead outside, allowed or not', () => {
  const [loopback = ''] = here;
  expect(old.notice(settingsWith(outside.slack, null))).toContain('on this machine only');
  expect(old.notice(settingsWith(loopback, outside.jira))).toContain('on this machine only');
  expect(createOldElectron('33.2.1', true).notice(settingsWith(outside.slack, outside.jira))).toContain('all the same');
  expect(old.notice(settingsWith(outside.slack, null, null))).toBeNull();
  expect(createOldElectron('45.4.1', false).notice(settingsWith(outside.slack, outside.jira))).toBeNull();
});

it('takes yes in a few forms, and nothing else', () => {
  expect(['true', 'TRUE', 'yes', '1', ' true '].map(isAllowedBy)).toEqual(Array(5).fill(true));
  expect(['', undefined, 'false', '0', 'truely', 'on'].map(isAllowedBy)).toEqual(Array(6).fill(false));
});
