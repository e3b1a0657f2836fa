import { screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { draftEntry, draftSetting } from '../../../renderer/features/settings/settings-draft.ts';
import { labels } from '../../../shared/labels.ts';
import { settingNames } from '../../../shared/settings.ts';
import { defaultLabelToIssueType } from '../../../shared/settings-table.ts';
import type { JiraTypes } from '../../../shared/settings-view.ts';
import { dataCenterFound, saved, settingsView } from '../../fakes/settings-view.ts';
import { keepingMain, showGuide } from './show-guide.tsx';

afterEach(() => {
  localStorage.clear();
  for (const name of settingNames) draftSetting(name, undefined);
  for (const label of labels) draftEntry('label_to_issue_type', label, undefined);
});

const login = {
  JIRA_BASE_URL: saved('https://acme.example'),
  JIRA_EMAIL: saved('ana@acme.example'),
  JIRA_API_TOKEN: saved(),
};

const projects = { projects: [{ id: '1', key: 'KAN', name: 'Service desk' }], isCut: false };
const types: JiraTypes = {
  types: ['Task', 'Bug', 'Story'],
  preview: {
    Task: { issueType: 'Task', reason: null, note: null },
    Bug: { issueType: 'Bug', reason: null, note: null },
    Incident: { issueType: 'Task', reason: null, note: 'The project has no type Incident, so this becomes a Task.' },
    'Feature Request': { issueType: defaultLabelToIssueType['Feature Request'], reason: null, note: null },
    Question: { issueType: 'Task', reason: null, note: null },
  },
};

describe('Jira', () => {
  it('is tested and saved with address, email and token', async () => {
    const { user, requests } = showGuide(keepingMain(), 'jira');
    const change = {
      JIRA_BASE_URL: 'https://acme.example',
      JIRA_EMAIL: 'ana@acme.example',
      JIRA_API_TOKEN: 'secret-1',
    };
    await user.type(await screen.findByLabelText('Address of your site'), change.JIRA_BASE_URL);
    await user.type(screen.getByLabelText('Email of the Atlassian account'), change.JIRA_EMAIL);
    await user.type(screen.getByLabelText('API token'), `${change.JIRA_API_TOKEN}{Enter}`);
    await screen.findByText('Works. Saved.');
    expect(requests('settings:test').map(({ request }) => request)).toEqual([{ target: 'jira', change }]);
    expect(requests('settings:save').map(({ request }) => request)).toEqual([{ change, allowPlainText: false }]);
    await user.click(screen.getByRole('button', { name: 'Next' }));
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Choose where tickets go' }));
  });

  it('keeps what was typed while another step is looked at', async () => {
    const { user } = showGuide(keepingMain(), 'jira');
    await user.type(await screen.findByLabelText('Email of the Atlassian account'), 'ana@acme.example');
    await user.click(screen.getByRole('button', { name: 'Back' }));
    await user.click(screen.getByRole('button', { name: 'Skip for now' }));
    expect(screen.getByLabelText('Email of the Atlassian account')).toHaveProperty('value', 'ana@acme.example');
  });

  it('asks a Data Center’s people for a personal access token alone, and saves what was set before', async () => {
    const main = keepingMain(settingsView(), {
      'jira:detect': () => dataCenterFound,
      'jira:open-tokens': () => undefined,
    });
    const { user, requests } = showGuide(main, 'jira');
    await user.type(await screen.findByLabelText('Address of your site'), 'jira.example.com/browse/OPS-7');
    await screen.findByText('Found Jira Data Center 9.12.4 at jira.example.com.');
    expect(screen.queryByLabelText('Email of the Atlassian account')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Create a personal access token' }));
    const address = { JIRA_BASE_URL: 'jira.example.com/browse/OPS-7' };
    expect(requests('jira:open-tokens').map(({ request }) => request)).toEqual([{ change: address }]);
    await user.type(screen.getByLabelText('Personal access token'), 'pat-1{Enter}');
    await screen.findByText('Works. Saved.');
    const change = { ...address, JIRA_API_TOKEN: 'pat-1' };
    expect(requests('settings:save').map(({ request }) => request)).toEqual([{ change, allowPlainText: false }]);
    // Its project is proposed in the next step.
    await user.click(screen.getByRole('button', { name: 'Next' }));
    expect(await screen.findByRole('combobox', { name: 'Project' })).toHaveProperty('value', 'OPS');
  });

  it('is tested again with Enter where it is done already', async () => {
    const { user, requests } = showGuide(keepingMain(settingsView(login)), 'jira');
    await user.click(await screen.findByLabelText('Email of the Atlassian account'));
    await user.keyboard('{Enter}');
    await screen.findByText('Works.');
    expect(requests('settings:test').map(({ request }) => request)).toEqual([{ target: 'jira', change: {} }]);
    expect(requests('settings:save')).toEqual([]);
  });
});

describe('the project', () => {
  it('is offered by Jira, with what each kind of ticket becomes, and saved with a changed type', async () => {
    const answers = keepingMain(settingsView(login), { 'jira:projects': () => projects, 'jira:types': () => types });
    const { user, requests } = showGuide(answers, 'project');
    await user.click(await screen.findByRole('combobox', { name: 'Project' }));
    await user.click(await screen.findByRole('option', { name: /Service desk/ }));
    await screen.findByText('Becomes Bug');
    screen.getByText('The project has no type Incident, so this becomes a Task.');
    const incident = screen.getByRole('combobox', { name: 'Issue type for Incident' });
    await user.clear(incident);
    await user.type(incident, 'Story');
    await user.click(screen.getByRole('button', { name: 'Test and save' }));
    await screen.findByText('Works. Saved.');
    expect(requests('settings:save').map(({ request }) => request)).toEqual([
      { change: { JIRA_PROJECT_KEY: 'KAN', label_to_issue_type: { Incident: 'Story' } }, allowPlainText: false },
    ]);
  });

  it('can be typed before Jira can be asked, and says what would help', async () => {
    const { user, requests } = showGuide(keepingMain(), 'project');
    await screen.findByText('Jira cannot be asked yet');
    await user.type(screen.getByRole('combobox', { name: 'Project' }), 'OPS');
    await user.click(screen.getByRole('button', { name: 'Test and save' }));
    await screen.findByText('Works. Saved.');
    expect(requests('settings:save')[0]?.request).toEqual({
      change: { JIRA_PROJECT_KEY: 'OPS' },
      allowPlainText: false,
    });
    await user.click(screen.getByRole('button', { name: 'Go to Jira' }));
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Sign in to Jira' }));
  });
});
