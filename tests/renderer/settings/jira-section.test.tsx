import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { draftEntry, draftSetting } from '../../../renderer/features/settings/settings-draft.ts';
import { SettingsPage } from '../../../renderer/features/settings/settings-page.tsx';
import { AppError } from '../../../shared/errors.ts';
import { labels } from '../../../shared/labels.ts';
import { settingNames } from '../../../shared/settings.ts';
import type { SettingsView, SettingView } from '../../../shared/settings-view.ts';
import type { Answers } from '../../fakes/bridge.ts';
import {
  cloudFound,
  dataCenterFound,
  fixed,
  jiraSaved,
  jiraTypes,
  nobody,
  saved,
  settingsView,
} from '../../fakes/settings-view.ts';
import { show } from '../show.tsx';

afterEach(() => {
  for (const name of settingNames) draftSetting(name, undefined);
  for (const label of labels) draftEntry('label_to_issue_type', label, undefined);
});

const projects = {
  projects: [
    { id: '10000', key: 'KAN', name: 'Service desk' },
    { id: '10001', key: 'OPS', name: 'Operations' },
  ],
  isCut: false,
};

function open(view: SettingsView, answers: Answers = {}) {
  const page = show(
    <SettingsPage />,
    {
      'settings:read': () => view,
      'owner:read': () => nobody,
      'settings:save': () => view,
      'jira:detect': () => cloudFound,
      'jira:projects': () => projects,
      'jira:types': () => jiraTypes,
      ...answers,
    },
    { page: 'Settings', section: 'jira' },
  );
  const asked = (channel: string) =>
    page.bridge.asked.filter((ask) => ask.channel === channel).map(({ request }) => request);
  return { ...page, asked };
}

const project = () => screen.findByRole('combobox', { name: 'Project' });

describe('a token that was meant for another address', () => {
  const refusal = {
    message: 'The token was saved for https://acme.atlassian.net. The address is now https://other.example.',
    origin: 'https://other.example',
    mayBeAllowed: false,
  };
  const refusedBy = (over: Partial<SettingView>) => settingsView({ ...jiraSaved, JIRA_API_TOKEN: over });

  it('is asked for again, in words, and tested with what is typed', async () => {
    const view = refusedBy({ origin: 'settings.json', refusal });
    const { user, asked } = open(view, { 'settings:test': () => ({ ok: true, findings: [] }) });
    expect(await screen.findByText(refusal.message)).toBeTruthy();
    expect(screen.getByText('Not used')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Send it there…' })).toBeNull();
    await user.type(screen.getByLabelText('API token'), 'typed-again');
    expect(screen.queryByText(refusal.message)).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Test Jira' }));
    expect(asked('settings:test')).toEqual([{ target: 'jira', change: { JIRA_API_TOKEN: 'typed-again' } }]);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(asked('settings:save')).toMatchObject([{ change: { JIRA_API_TOKEN: 'typed-again' } }]);
  });

  it('can be allowed where the environment has it, by a dialog of main’s', async () => {
    const view = refusedBy({ origin: 'environment', isFixed: true, refusal: { ...refusal, mayBeAllowed: true } });
    const { user, asked } = open(view, { 'settings:allow-address': () => view });
    await user.click(await screen.findByRole('button', { name: 'Send it there…' }));
    expect(asked('settings:allow-address')).toEqual([{ name: 'JIRA_API_TOKEN', origin: refusal.origin }]);
  });
});

describe('with an account that is saved', () => {
  it('offers its projects by key and name', async () => {
    const { user, asked } = open(settingsView(jiraSaved));
    const field = await project();
    await screen.findByRole('combobox', { name: 'Project', description: 'Service desk' });
    await user.clear(field);
    await user.type(field, 'oper');
    await user.click(await screen.findByRole('option', { name: /OPS/ }));
    expect(field).toHaveProperty('value', 'OPS');
    await waitFor(() =>
      expect(asked('jira:types').at(-1)).toEqual({ change: { JIRA_PROJECT_KEY: 'OPS', label_to_issue_type: {} } }),
    );
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(asked('settings:save')).toEqual([{ change: { JIRA_PROJECT_KEY: 'OPS' }, allowPlainText: false }]);
  });

  it('shows what each kind of ticket becomes, and why it is another type', async () => {
    open(settingsView(jiraSaved));
    expect(await screen.findByText('The project has no type Incident, so this is a Bug.')).toBeTruthy();
    const incident = {
      name: 'Issue type for Incident',
      description: 'The project has no type Incident, so this is a Bug.',
    };
    expect(screen.getByRole('combobox', incident)).toBeTruthy();
  });

  it('previews a changed type and saves that one alone', async () => {
    const { user, asked } = open(settingsView(jiraSaved));
    await screen.findByText('The project has no type Incident, so this is a Bug.');
    const field = screen.getByRole('combobox', { name: 'Issue type for Incident' });
    await user.clear(field);
    await user.click(await screen.findByRole('option', { name: 'Task' }));
    await waitFor(() =>
      expect(asked('jira:types').at(-1)).toEqual({
        change: { JIRA_PROJECT_KEY: 'KAN', label_to_issue_type: { Incident: 'Task' } },
      }),
    );
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(asked('settings:save')).toEqual([
      { change: { label_to_issue_type: { Incident: 'Task' } }, allowPlainText: false },
    ]);
  });

  it('lets names be typed when Jira cannot be asked, and says why it cannot', async () => {
    const { user, asked } = open(settingsView(jiraSaved), {
      'jira:projects': () => {
        throw new AppError('unavailable', 'Jira could not be reached.');
      },
    });
    expect(await screen.findByText(/Jira could not be reached/)).toBeTruthy();
    const field = await project();
    await user.clear(field);
    await user.type(field, 'web');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(asked('settings:save')).toEqual([{ change: { JIRA_PROJECT_KEY: 'web' }, allowPlainText: false }]);
  });
});

describe('with an account that is typed', () => {
  const typed = { JIRA_BASE_URL: saved('https://acme.atlassian.net'), JIRA_EMAIL: saved('helpdesk@acme.example') };

  it('asks Jira nothing until the person looks, and then with what is typed', async () => {
    const { user, asked } = open(settingsView(typed));
    await project();
    expect(screen.getByRole('button', { name: 'Look up projects' })).toHaveProperty('disabled', true);
    await user.type(screen.getByLabelText('API token'), 'secret');
    expect(asked('jira:projects')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Look up projects' }));
    expect(asked('jira:projects')).toEqual([{ change: { JIRA_API_TOKEN: 'secret' } }]);
    await user.type(screen.getByLabelText('API token'), '2');
    expect(asked('jira:projects')).toHaveLength(1);
  });

  it('looks by itself once a test has passed', async () => {
    const { user, asked } = open(settingsView(typed), {
      'settings:test': () => ({ ok: true, findings: [{ level: 'ok', message: 'Signed in.' }] }),
    });
    await user.type(await screen.findByLabelText('API token'), 'secret');
    await user.click(screen.getByRole('button', { name: 'Test Jira' }));
    expect(await screen.findByText('Signed in.')).toBeTruthy();
    await waitFor(() => expect(asked('jira:projects')).toEqual([{ change: { JIRA_API_TOKEN: 'secret' } }]));
  });
});

describe('which Jira it is', () => {
  const type = async (user: ReturnType<typeof open>['user'], address: string) =>
    user.type(await screen.findByLabelText('Address of your site'), address);
  const email = () => screen.queryByLabelText('Email of the Atlassian account');

  it('is asked once nobody types any more, without the token, and the form asks for what that Jira takes', async () => {
    const { user, asked } = open(settingsView(), { 'jira:detect': () => dataCenterFound });
    await type(user, 'jira.example.com/jira/');
    await screen.findByText('Found Jira Data Center 9.12.4 at jira.example.com.');
    screen.getByText('Read as https://jira.example.com/jira');
    expect(asked('jira:detect')).toEqual([{ change: { JIRA_BASE_URL: 'jira.example.com/jira/' }, byPerson: false }]);
    screen.getByLabelText('Personal access token');
    expect(email()).toBeNull();
    await user.type(screen.getByLabelText('Personal access token'), 'pat');
    await user.click(screen.getByRole('button', { name: 'Look up projects' }));
    await waitFor(() => expect(asked('jira:projects')).toHaveLength(1));
    expect(asked('jira:detect')).toHaveLength(1);
  });

  it('is known of a team’s name alone', async () => {
    const { user } = open(settingsView());
    await type(user, 'acme');
    await screen.findByText('Read as https://acme.atlassian.net');
    expect(email()).not.toBeNull();
    screen.getByLabelText('API token');
  });

  it('can be said where nobody could find out', async () => {
    const finding = { level: 'problem' as const, message: 'jira.example.com answers with a login page.' };
    const { user, asked } = open(settingsView(), {
      'jira:detect': () => ({ deployment: null, finding, needsPerson: false }),
    });
    await type(user, 'jira.example.com');
    await screen.findByText(finding.message);
    await user.click(screen.getByRole('button', { name: 'Ask again' }));
    await waitFor(() => expect(asked('jira:detect')).toHaveLength(2));
    await screen.findByText(finding.message);
    await user.selectOptions(screen.getByLabelText('Which Jira it is'), 'Jira Data Center');
    expect(email()).toBeNull();
    await user.type(screen.getByLabelText('Personal access token'), 'pat');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    const change = { JIRA_BASE_URL: 'jira.example.com', JIRA_DEPLOYMENT: 'datacenter', JIRA_API_TOKEN: 'pat' };
    expect(asked('settings:save')).toEqual([{ change, allowPlainText: false }]);
  });

  it('is asked of another Jira than the one that is set only by a person', async () => {
    const { user, asked } = open(settingsView(jiraSaved), {
      'jira:detect': ({ byPerson }) =>
        byPerson ? dataCenterFound : { deployment: null, finding: null, needsPerson: true },
    });
    await user.click(await screen.findByRole('button', { name: 'Find out which Jira this is' }));
    await screen.findByText(/Found Jira Data Center/);
    expect(asked('jira:detect').map((request) => request)).toMatchObject([{ byPerson: false }, { byPerson: true }]);
  });

  it('is not asked of what is no address, which is said in words', async () => {
    const { user, asked } = open(settingsView());
    await type(user, 'ana@example.com');
    await screen.findByText(/That is an email address/);
    expect(asked('jira:detect')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(asked('settings:save')).toEqual([]);
  });

  it('needs a word of a person where the address is not encrypted', async () => {
    const { user, asked } = open(settingsView());
    await type(user, 'http://jira.example.com:8080');
    await screen.findByText('This address is not encrypted');
    await user.click(screen.getByRole('button', { name: 'It is a Data Center in my network' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    const change = { JIRA_BASE_URL: 'http://jira.example.com:8080', JIRA_DEPLOYMENT: 'datacenter' };
    expect(asked('settings:save')).toEqual([{ change, allowPlainText: false }]);
  });
});

describe('a project that the address names', () => {
  it('is proposed where none is chosen, and follows the address', async () => {
    const { user } = open(settingsView());
    const address = await screen.findByLabelText('Address of your site');
    await user.type(address, 'acme.atlassian.net/browse/OPS-7');
    await screen.findByText(/names project OPS, which is proposed/);
    expect(await project()).toHaveProperty('value', 'OPS');
    await user.clear(address);
    await user.type(address, 'acme.atlassian.net/browse/WEB-7');
    await screen.findByText(/names project WEB, which is proposed/);
    // Whoever takes it out again is not asked twice.
    await user.clear(await project());
    expect(screen.getByText('The address names project WEB.')).toBeTruthy();
    expect(await project()).toHaveProperty('value', '');
  });

  it('never takes the place of a chosen one by itself', async () => {
    const { user } = open(settingsView({ JIRA_PROJECT_KEY: saved('KAN') }));
    await user.type(await screen.findByLabelText('Address of your site'), 'acme.atlassian.net/browse/OPS-7');
    await screen.findByText('The address names project OPS, and KAN is chosen for the tickets.');
    expect(await project()).toHaveProperty('value', 'KAN');
    await user.click(screen.getByRole('button', { name: 'Use OPS' }));
    expect(await project()).toHaveProperty('value', 'OPS');
  });
});

it('never sends what is fixed elsewhere, and shows it', async () => {
  draftSetting('JIRA_EMAIL', 'typed@acme.example');
  const { user, asked } = open(settingsView({ JIRA_EMAIL: fixed('.env', 'fixed@acme.example') }));
  const field = await screen.findByLabelText('Email of the Atlassian account');
  expect(field).toHaveProperty('value', 'fixed@acme.example');
  expect(field).toHaveProperty('readOnly', true);
  await user.type(screen.getByLabelText('Address of your site'), 'https://a.example');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(asked('settings:save')).toEqual([{ change: { JIRA_BASE_URL: 'https://a.example' }, allowPlainText: false }]);
});

it('opens the page where tokens are made', async () => {
  const { user, asked } = open(settingsView(), { 'page:open': () => undefined });
  const panel = within(await screen.findByRole('tabpanel', { name: 'Jira' }));
  await user.click(panel.getByRole('button', { name: 'Create a token' }));
  expect(asked('page:open')).toEqual([{ page: 'atlassian_tokens' }]);
});
