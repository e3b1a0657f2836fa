import { screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import type { ModelView } from '../../../shared/model-view.ts';
import type { TestTicket } from '../../../shared/settings-view.ts';
import { anUntouchedStatus } from '../../fakes/app-status.ts';
import { anEmptyModelView } from '../../fakes/model-view.ts';
import { saved, settingsView } from '../../fakes/settings-view.ts';
import { keepingMain, showGuide } from './show-guide.tsx';

afterEach(() => localStorage.clear());

const everything = settingsView({
  SLACK_BOT_TOKEN: saved(),
  SLACK_APP_TOKEN: saved(),
  JIRA_BASE_URL: saved('https://acme.example'),
  JIRA_EMAIL: saved('ana@acme.example'),
  JIRA_API_TOKEN: saved(),
  JIRA_PROJECT_KEY: saved('KAN'),
});

describe('the model', () => {
  const unmeasured = { folder: null, estimate: null, measured: null };
  const file = {
    path: '/home/ana/big.gguf',
    name: 'big.gguf',
    bytes: 2.5e9,
    facts: null,
    problem: null,
    ...unmeasured,
  };

  it('may be a file that the person points at, and is not waited for', async () => {
    let model: ModelView = anEmptyModelView();
    const answers = keepingMain(everything, {
      'model:read': () => model,
      'model:browse': () => file.path,
      'model:choose': ({ path }) => {
        const state = { state: 'loading' as const, file: file.name, device: null, message: null };
        model = { ...anEmptyModelView(), state, chosen: path, files: [{ ...file, isChosen: true }] };
        return model;
      },
    });
    const { user, bridge, requests } = showGuide(answers, 'model');
    await screen.findByText('The built-in model answers (linear-1).');
    await user.click(screen.getByRole('button', { name: 'Choose a file…' }));
    await screen.findByText(/Loading big.gguf/);
    expect(requests('model:choose').map(({ request }) => request)).toEqual([{ path: file.path }]);
    expect(screen.getByRole('button', { name: 'Next' })).toHaveProperty('disabled', false);
    model = { ...model, state: { state: 'failed', file: file.name, device: null, message: 'It is cut off.' } };
    bridge.change('status');
    await screen.findByText(/could not be loaded, so the built-in model answers. It is cut off./);
  });

  it('may be one of those found; one that cannot be used says why', async () => {
    const files = [
      { ...file, isChosen: false },
      { ...file, path: '/data/models/no.gguf', name: 'no.gguf', isChosen: false, problem: 'This is not a GGUF file.' },
    ];
    const answers = keepingMain(everything, {
      'model:read': () => ({ ...anEmptyModelView(), files }),
      'model:choose': () => {
        throw new AppError('storage_failed', 'The disk is full.');
      },
    });
    const { user } = showGuide(answers, 'model');
    await screen.findByText('This is not a GGUF file.');
    expect(screen.queryByRole('button', { name: 'Use no.gguf' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Use big.gguf' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.');
  });

  it('is not asked of anybody who cancels', async () => {
    const { user, requests } = showGuide(keepingMain(everything, { 'model:browse': () => null }), 'model');
    await user.click(await screen.findByRole('button', { name: 'Choose a file…' }));
    expect(requests('model:choose')).toEqual([]);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('the test ticket', () => {
  const ticket: TestTicket = {
    key: 'KAN-12',
    url: 'https://acme.example/browse/KAN-12',
    issueType: 'Task',
    label: 'Incident',
    note: 'The project has no type Incident.',
    outcome: 'closed',
  };

  it('shows what it became and what became of it, also after a look at another step', async () => {
    const { user, requests } = showGuide(keepingMain(everything, { 'guide:test-ticket': () => ticket }), 'test');
    const text = await screen.findByLabelText('What somebody might write');
    await user.clear(text);
    await user.type(text, 'The mail server is down{Enter}');
    await screen.findByText(/It works: KAN-12 was filed in/);
    expect(requests('guide:test-ticket').map(({ request }) => request)).toEqual([{ text: 'The mail server is down' }]);
    for (const words of ['Incident', 'The project has no type Incident.', /Closed again/]) {
      screen.getByText(words);
    }
    await user.click(screen.getByRole('button', { name: 'Back' }));
    await user.click(screen.getByRole('button', { name: 'Test ticket, done' }));
    screen.getByText(/It works: KAN-12 was filed in/);
  });

  it('says what is missing first, and does not stand in the way', async () => {
    const view = settingsView({ SLACK_BOT_TOKEN: saved(), SLACK_APP_TOKEN: saved(), JIRA_PROJECT_KEY: saved('KAN') });
    const { user } = showGuide(keepingMain(view), 'test');
    expect(await screen.findByRole('button', { name: 'File a test ticket' })).toHaveProperty('disabled', true);
    screen.getByText(/Nothing can be filed before that/);
    expect(screen.getByRole('button', { name: 'Finish' })).toHaveProperty('disabled', false);
    await user.click(screen.getByRole('button', { name: 'Go to Jira' }));
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Sign in to Jira' }));
  });

  it('can be tried again after a failure', async () => {
    let isDown = true;
    const answers = keepingMain(everything, {
      'guide:test-ticket': () => {
        if (isDown) throw new AppError('unavailable', 'Jira cannot be reached.');
        return { ...ticket, outcome: 'deleted' };
      },
    });
    const { user } = showGuide(answers, 'test');
    await user.click(await screen.findByRole('button', { name: 'File a test ticket' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Jira cannot be reached.');
    isDown = false;
    await user.click(screen.getByRole('button', { name: 'File a test ticket' }));
    await screen.findByText(/Deleted again/);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('counts as done where tickets were filed before', async () => {
    const status = { ...anUntouchedStatus(), log: { ...anUntouchedStatus().log, tickets: 3 } };
    showGuide(keepingMain(everything, { 'status:read': () => status }), 'test');
    await screen.findByRole('button', { name: 'Test ticket, done' });
  });
});

describe('the end', () => {
  it('turns on starting at login at once', async () => {
    const { user, requests } = showGuide(keepingMain(everything), 'test');
    await user.click(await screen.findByRole('switch', { name: /Start at login/ }));
    expect(requests('settings:save').map(({ request }) => request)).toEqual([
      { change: { START_AT_LOGIN: 'true' }, allowPlainText: false },
    ]);
    expect(screen.getByRole('switch', { name: /Start at login/ })).toHaveProperty('checked', true);
  });

  it('leads to who decides from this desktop', async () => {
    const { user, places } = showGuide(keepingMain(everything), 'test');
    await user.click(await screen.findByRole('button', { name: 'Say whose desktop this is' }));
    expect(places.at(-1)).toEqual({ page: 'Settings', section: 'owner' });
  });
});
