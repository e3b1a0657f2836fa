import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { draftEntry, draftSetting } from '../../../renderer/features/settings/settings-draft.ts';
import { SettingsPage } from '../../../renderer/features/settings/settings-page.tsx';
import { AppError } from '../../../shared/errors.ts';
import { labels } from '../../../shared/labels.ts';
import { settingNames } from '../../../shared/settings.ts';
import type { SettingsView, SettingView } from '../../../shared/settings-view.ts';
import type { Answers } from '../../fakes/bridge.ts';
import { fixed, jiraSaved, jiraTypes, nobody, saved, settingsView } from '../../fakes/settings-view.ts';
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

it('says that Data Center does not work yet, and goes back to Cloud', async () => {
  const { user, asked } = open(settingsView({ JIRA_DEPLOYMENT: { ...saved('datacenter'), origin: 'config.yml' } }));
  await user.click(await screen.findByRole('button', { name: 'Use Jira Cloud' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(asked('settings:save')).toEqual([{ change: { JIRA_DEPLOYMENT: 'cloud' }, allowPlainText: false }]);
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
