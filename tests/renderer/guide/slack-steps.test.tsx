import { screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { draftSetting } from '../../../renderer/features/settings/settings-draft.ts';
import { AppError } from '../../../shared/errors.ts';
import { anUntouchedStatus } from '../../fakes/app-status.ts';
import { fixed, saved, settingsView } from '../../fakes/settings-view.ts';
import { keepingMain, showGuide } from './show-guide.tsx';

afterEach(() => {
  localStorage.clear();
  draftSetting('SLACK_BOT_TOKEN', undefined);
  draftSetting('SLACK_APP_TOKEN', undefined);
});

const tokens = { SLACK_BOT_TOKEN: 'xoxb-1-2-three', SLACK_APP_TOKEN: 'xapp-1-A-2-three' };

async function enterTokens(user: ReturnType<typeof showGuide>['user']) {
  await user.type(await screen.findByLabelText('Bot token'), tokens.SLACK_BOT_TOKEN);
  await user.type(screen.getByLabelText('App-level token'), tokens.SLACK_APP_TOKEN);
}

describe('the Slack app', () => {
  it('is made on Slack’s page with the manifest filled in, which can be read and copied first', async () => {
    const { user, requests } = showGuide(keepingMain(), 'slack-app');
    await user.click(await screen.findByRole('button', { name: /Create the app on Slack's page/ }));
    expect(requests('guide:new-app')).toHaveLength(1);
    await user.click(await screen.findByRole('button', { name: 'Copy the manifest' }));
    expect(requests('clipboard:write')).toHaveLength(1);
    expect(screen.queryByText(/Paste the manifest/)).toBeNull();
  });

  it('is made by pasting a manifest that is too long for a link', async () => {
    const text = 'display_information:\n  name: AI Ticket Agent\n';
    const answers = keepingMain(settingsView(), { 'guide:manifest': () => ({ text, fitsInAddress: false }) });
    const { user, requests } = showGuide(answers, 'slack-app');
    await screen.findByText(/Paste the manifest/);
    await user.click(await screen.findByRole('button', { name: 'Copy the manifest' }));
    await screen.findByRole('button', { name: 'Copied' });
    expect(requests('clipboard:write')[0]?.request).toEqual({
      text: 'display_information:\n  name: AI Ticket Agent\n',
    });
    await user.click(screen.getByRole('button', { name: /Open Slack's app page/ }));
    expect(requests('page:open')[0]?.request).toEqual({ page: 'slack_apps' });
  });

  it('says where the manifest is when it cannot be read', async () => {
    const answers = keepingMain(settingsView(), {
      'guide:manifest': () => {
        throw new AppError('not_found', 'The manifest is missing.');
      },
    });
    showGuide(answers, 'slack-app');
    expect((await screen.findByRole('alert')).textContent).toContain('slack-manifest.yml');
    expect(screen.getByRole('button', { name: 'Next' })).toHaveProperty('disabled', false);
  });
});

describe('the tokens', () => {
  it('are both tested, then saved and forgotten by the window, with Enter alone', async () => {
    const { user, requests, container } = showGuide(keepingMain(), 'slack-tokens');
    await enterTokens(user);
    expect(requests('settings:test')).toEqual([]);
    await user.keyboard('{Enter}');
    await screen.findByText('Works. Saved.');
    expect(requests('settings:test').map(({ request }) => request)).toEqual([
      { target: 'slack_bot', change: tokens },
      { target: 'slack_app', change: tokens },
    ]);
    expect(requests('settings:save').map(({ request }) => request)).toEqual([
      { change: tokens, allowPlainText: false },
    ]);
    expect(container.innerHTML).not.toContain('three');
    expect(JSON.stringify(localStorage)).not.toContain('three');
    expect(screen.getByRole('button', { name: 'Next' })).toHaveProperty('disabled', false);
    screen.getByText('/invite @ticket_agent');
  });

  it('are not saved when something stands in the way, unless the person insists', async () => {
    const findings = [{ level: 'problem' as const, message: 'The bot lacks the scope chat:write.' }];
    const answers = keepingMain(settingsView(), {
      'settings:test': ({ target }) => (target === 'slack_bot' ? { ok: false, findings } : { ok: true, findings: [] }),
    });
    const { user, requests } = showGuide(answers, 'slack-tokens');
    await enterTokens(user);
    await user.click(screen.getByRole('button', { name: 'Test and save' }));
    await screen.findByText('The bot lacks the scope chat:write.');
    screen.getByText('Not saved: see what was found.');
    expect(requests('settings:save')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Save anyway' }));
    await screen.findByText('Saved as it is.');
    expect(requests('settings:save')).toHaveLength(1);
  });

  it('can be saved where the test itself fails', async () => {
    const answers = keepingMain(settingsView(), {
      'settings:test': () => {
        throw new AppError('unavailable', 'Slack cannot be reached.');
      },
    });
    const { user, requests } = showGuide(answers, 'slack-tokens');
    await enterTokens(user);
    await user.keyboard('{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('Slack cannot be reached.');
    await user.click(screen.getByRole('button', { name: 'Save anyway' }));
    await screen.findByText('Saved as it is.');
    expect(requests('settings:save')).toHaveLength(1);
  });

  it('stay where saving fails', async () => {
    const answers = keepingMain(settingsView(), {
      'settings:save': () => {
        throw new AppError('storage_failed', 'The disk is full.');
      },
    });
    const { user } = showGuide(answers, 'slack-tokens');
    await enterTokens(user);
    await user.keyboard('{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.');
    expect(screen.getByLabelText('Bot token')).toHaveProperty('value', tokens.SLACK_BOT_TOKEN);
  });

  it('are asked about where one is replaced that may have leaked', async () => {
    const { user, requests } = showGuide(keepingMain(settingsView({ SLACK_BOT_TOKEN: saved() })), 'slack-tokens');
    await user.click((await screen.findAllByRole('button', { name: 'Replace' }))[0] ?? document.body);
    await user.type(screen.getByLabelText('Bot token'), tokens.SLACK_BOT_TOKEN);
    await user.click(screen.getByRole('checkbox', { name: /The old token leaked/ }));
    await user.click(screen.getByRole('button', { name: 'Test and save' }));
    await screen.findByText('Works. Saved.');
    expect(requests('settings:save')[0]?.request).toEqual({
      change: { SLACK_BOT_TOKEN: tokens.SLACK_BOT_TOKEN },
      allowPlainText: false,
      isFormerTokenLeaked: true,
    });
  });

  it('are kept in plain text only after the person agreed', async () => {
    const { user, requests } = showGuide(keepingMain(settingsView({}, { protection: 'plain_text' })), 'slack-tokens');
    await enterTokens(user);
    await user.keyboard('{Enter}');
    const consent = await screen.findByRole('checkbox', { name: /plain text/ });
    await screen.findByText('Works, but is not saved yet.');
    expect(document.activeElement).toBe(consent);
    expect(requests('settings:save')).toEqual([]);
    await user.click(consent);
    await user.click(screen.getByRole('button', { name: 'Test and save' }));
    await screen.findByText('Works. Saved.');
    expect(requests('settings:save')[0]?.request).toEqual({ change: tokens, allowPlainText: true });
  });

  it('cannot be changed here when the environment fixes them, and can be tested', async () => {
    const view = settingsView({ SLACK_BOT_TOKEN: fixed('environment'), SLACK_APP_TOKEN: fixed('DATA/.env') });
    const { user, requests } = showGuide(keepingMain(view), 'slack-tokens');
    await screen.findByText(/the environment variable SLACK_BOT_TOKEN/);
    screen.getByText(/the .env file in the data folder/);
    expect(screen.queryByRole('textbox')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Test' }));
    await screen.findByText('Works.');
    expect(requests('settings:test')).toHaveLength(2);
    expect(requests('settings:save')).toEqual([]);
  });

  it('show how the line to Slack is, as it changes', async () => {
    const view = settingsView({ SLACK_BOT_TOKEN: saved(), SLACK_APP_TOKEN: saved() });
    let slack = {
      ...anUntouchedStatus().slack,
      state: 'busy' as 'busy' | 'trouble' | 'ok',
      detail: null as string | null,
    };
    const answers = keepingMain(view, { 'status:read': () => ({ ...anUntouchedStatus(), slack }) });
    const { user, bridge, places } = showGuide(answers, 'slack-tokens');
    await screen.findByText('Slack: connecting…');
    slack = { ...slack, state: 'trouble', detail: 'Slack refused the tokens.' };
    bridge.change('status');
    expect((await screen.findByRole('alert')).textContent).toContain('Slack refused the tokens.');
    await user.click(screen.getByRole('button', { name: 'Look at Status' }));
    expect(places.at(-1)).toEqual({ page: 'Status' });
    slack = { ...slack, state: 'ok', detail: null };
    bridge.change('status');
    await screen.findByText('Slack: connected');
  });
});
