import { screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { isFirstStart } from '../../../renderer/features/guide/guide-memory.ts';
import { AppError } from '../../../shared/errors.ts';
import { anUntouchedStatus } from '../../fakes/app-status.ts';
import { fixed, saved, settingsView } from '../../fakes/settings-view.ts';
import { keepingMain, showGuide } from './show-guide.tsx';

afterEach(() => localStorage.clear());

const step = (name: RegExp) => within(screen.getByRole('navigation', { name: 'Steps' })).getByRole('button', { name });

describe('the doors', () => {
  it('lead to the first step, whose heading takes the focus', async () => {
    const { user } = showGuide(keepingMain());
    const connect = await screen.findByRole('button', { name: 'Connect your team' });
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1, name: 'Welcome' }));
    await user.click(connect);
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 2, name: 'Create the Slack app' }));
    expect(step(/Slack app/).getAttribute('aria-current')).toBe('step');
  });

  it('keep the guide open once its first settings are saved', async () => {
    const { places } = showGuide(keepingMain());
    await screen.findByRole('heading', { name: 'Welcome' });
    expect(places).toEqual([{ page: 'Guide' }]);
  });

  it('lead to the first step that is not done, and say how many are', async () => {
    const view = settingsView({ SLACK_BOT_TOKEN: saved(), SLACK_APP_TOKEN: saved() });
    const { user } = showGuide(keepingMain(view));
    await screen.findByText('2 of 6 steps are done.');
    await user.click(screen.getByRole('button', { name: 'Go on connecting' }));
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 2, name: 'Sign in to Jira' }));
  });

  it('start the demo, and say why it did not start', async () => {
    let tries = 0;
    const { user } = showGuide(
      keepingMain(settingsView(), {
        'demo:start': () => {
          tries += 1;
          if (tries === 1) throw new AppError('unavailable', 'The demo is running already.');
        },
      }),
    );
    const start = await screen.findByRole('button', { name: 'Try the demo' });
    await user.click(start);
    expect((await screen.findByRole('alert')).textContent).toContain('The demo is running already.');
    await user.click(start);
    await screen.findByText(/The demo opens in its own window/);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('the steps', () => {
  it('show what is done wherever it was done, and what is in trouble', async () => {
    const view = settingsView({
      SLACK_BOT_TOKEN: fixed('environment'),
      SLACK_APP_TOKEN: fixed('.env'),
      JIRA_BASE_URL: saved('https://acme.example'),
      JIRA_EMAIL: saved('ana@acme.example'),
      JIRA_API_TOKEN: saved(),
    });
    const jira = { state: 'trouble', code: 'unauthorized', detail: 'Jira refused the token.' } as const;
    showGuide(keepingMain(view, { 'status:read': () => ({ ...anUntouchedStatus(), jira }) }), 'slack-app');
    await screen.findByRole('button', { name: 'Slack tokens, done' });
    step(/^Jira, needs a look$/);
    step(/^Project and types$/);
  });

  it('can all be passed with the keyboard without doing anything, up to the tickets', async () => {
    const { user, places } = showGuide(keepingMain(), 'slack-app');
    await screen.findByRole('heading', { name: 'Create the Slack app' });
    for (const [button, heading] of [
      ['Next', 'Paste the two tokens'],
      ['Skip for now', 'Sign in to Jira'],
      ['Skip for now', 'Choose where tickets go'],
      ['Skip for now', 'The model is there already'],
      ['Next', 'File a test ticket'],
    ] as const) {
      screen.getByRole('button', { name: button }).focus();
      await user.keyboard('{Enter}');
      expect(document.activeElement).toBe(screen.getByRole('heading', { level: 2, name: heading }));
    }
    await user.click(screen.getByRole('button', { name: 'Finish' }));
    expect(places.at(-1)).toEqual({ page: 'Tickets' });
    expect(localStorage.getItem('guide')).toBeNull();
  });

  it('are gone on with where they were left', async () => {
    const { user, unmount } = showGuide(keepingMain(), 'jira');
    await screen.findByRole('heading', { name: 'Sign in to Jira' });
    await user.click(step(/Model/));
    unmount();
    showGuide(keepingMain());
    const heading = await screen.findByRole('heading', { name: 'The model is there already' });
    expect(document.activeElement).toBe(heading);
  });

  it('lead back to the doors', async () => {
    const { user } = showGuide(keepingMain(), 'slack-app');
    await user.click(await screen.findByRole('button', { name: 'Back' }));
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1, name: 'Welcome' }));
  });

  it('give a way on where main does not answer', async () => {
    let isBroken = true;
    const read = keepingMain()['settings:read'];
    const { user } = showGuide(
      keepingMain(settingsView(), {
        'settings:read': (request) => {
          if (isBroken || read === undefined) throw new AppError('storage_failed', 'The disk is full.');
          return read(request);
        },
      }),
    );
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.');
    isBroken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('heading', { name: 'Welcome' });
  });
});

describe('the window begins with the guide', () => {
  const someSet = settingsView({ SLACK_BOT_TOKEN: saved() });

  it('as long as nothing is set up', () => {
    expect(isFirstStart(settingsView())).toBe(true);
    expect(isFirstStart(someSet)).toBe(false);
  });

  it('while the guide is under way, and not after “Do this later”', async () => {
    const { user, places } = showGuide(keepingMain(someSet), 'jira');
    await screen.findByRole('heading', { name: 'Sign in to Jira' });
    expect(isFirstStart(someSet)).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Do this later' }));
    expect(places.at(-1)).toEqual({ page: 'Tickets' });
    expect(isFirstStart(someSet)).toBe(false);
  });
});
