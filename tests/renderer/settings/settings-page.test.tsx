import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { allowPlainText, draftSetting } from '../../../renderer/features/settings/settings-draft.ts';
import { SettingsPage } from '../../../renderer/features/settings/settings-page.tsx';
import type { Place } from '../../../renderer/navigation/navigation.ts';
import { AppError } from '../../../shared/errors.ts';
import { settingNames } from '../../../shared/settings.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import type { Answers } from '../../fakes/bridge.ts';
import { fixed, nobody, saved, settingsView } from '../../fakes/settings-view.ts';
import { show } from '../show.tsx';

afterEach(() => {
  for (const name of settingNames) draftSetting(name, undefined);
  allowPlainText(false);
});

const place = (section?: Extract<Place, { page: 'Settings' }>['section']): Place =>
  section === undefined ? { page: 'Settings' } : { page: 'Settings', section };

/** The page over these settings; `saves` are what main was asked to save. */
function open(view: SettingsView, answers: Answers = {}, section?: Parameters<typeof place>[0]) {
  let current = view;
  const page = show(
    <SettingsPage />,
    { 'settings:read': () => current, 'owner:read': () => nobody, 'settings:save': () => current, ...answers },
    place(section),
  );
  const become = (next: SettingsView) => {
    current = next;
    act(() => page.bridge.change('settings'));
  };
  const saves = () =>
    page.bridge.asked.filter(({ channel }) => channel === 'settings:save').map(({ request }) => request);
  return { ...page, become, saves };
}

const save = () => screen.getByRole('button', { name: 'Save' });

describe('the page', () => {
  it('says why the settings could not be read, and asks again', async () => {
    let isBroken = true;
    const { user } = show(
      <SettingsPage />,
      {
        'settings:read': () => {
          if (isBroken) throw new AppError('storage_failed', 'The disk is gone.');
          return settingsView();
        },
        'owner:read': () => nobody,
      },
      place(),
    );
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is gone.');
    isBroken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('tab', { name: 'Slack' })).toBeTruthy();
  });

  it('opens the section that is asked for, and puts the focus there', async () => {
    open(settingsView(), {}, 'behaviour');
    const tab = await screen.findByRole('tab', { name: 'Behaviour' });
    expect(tab.getAttribute('aria-selected')).toBe('true');
    expect(document.activeElement).toBe(tab);
    expect(screen.getByRole('heading', { name: 'How long tickets are kept' })).toBeTruthy();
  });

  it('lists what is set and cannot be used', async () => {
    const problem = { source: '/data/config.yml', key: 'JIRA_EMAIL', message: 'Expected an email address.' };
    open(settingsView({}, { problems: [problem] }));
    const item = await screen.findByRole('listitem');
    expect(item.textContent).toContain('JIRA_EMAIL Expected an email address. In /data/config.yml.');
  });
});

it.each([
  ['config.yml', 'From config.yml. What you save here wins.'],
  ['./config.yml', 'From config.yml in the folder that the program was started in. What you save here wins.'],
] as const)('says of a value that %s has it, and that it can be changed here', async (origin, words) => {
  open(settingsView({ JIRA_PROJECT_KEY: { value: 'OPS', isSet: true, origin } }), {}, 'jira');
  expect(await screen.findByText(words)).toBeTruthy();
  expect(screen.getByDisplayValue('OPS')).toHaveProperty('readOnly', false);
});

describe('what is typed', () => {
  it('is saved for its section alone, and forgotten by the page then', async () => {
    const { user, saves, become } = open(settingsView());
    await user.type(await screen.findByLabelText('Bot token'), 'xoxb-1');
    await user.click(screen.getByRole('tab', { name: 'Behaviour' }));
    await user.click(screen.getByRole('switch', { name: 'Start at login' }));
    await user.click(screen.getByRole('tab', { name: /Slack/ }));
    await user.click(save());

    expect(saves()).toEqual([{ change: { SLACK_BOT_TOKEN: 'xoxb-1' }, allowPlainText: false }]);
    expect(await screen.findByText('Saved. Reconnecting…')).toBeTruthy();
    become(settingsView({ SLACK_BOT_TOKEN: saved() }));
    expect(await screen.findByRole('button', { name: 'Replace' })).toBeTruthy();
    expect(screen.queryByDisplayValue('xoxb-1')).toBeNull();
    expect(screen.getByRole('tab', { name: /Behaviour.*unsaved changes/ })).toBeTruthy();
  });

  it('survives that the settings are read again, and that the page is left', async () => {
    const first = open(settingsView());
    await first.user.type(await screen.findByLabelText('Bot token'), 'xoxb-12');
    first.become(settingsView({ SLACK_BOT_TOKEN: saved() }));
    expect(screen.getByLabelText('Bot token')).toHaveProperty('value', 'xoxb-12');
    first.unmount();

    open(settingsView());
    expect(await screen.findByLabelText('Bot token')).toHaveProperty('value', 'xoxb-12');
    expect(JSON.stringify(localStorage)).not.toContain('xoxb');
  });

  it('goes when it is discarded', async () => {
    const { user, saves } = open(settingsView({ SLACK_BOT_TOKEN: saved() }));
    await user.click(await screen.findByRole('button', { name: 'Replace' }));
    await user.type(screen.getByLabelText('Bot token'), 'xoxb-12');
    await user.click(screen.getByRole('button', { name: 'Discard changes' }));
    expect(screen.getByRole('button', { name: 'Replace' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    expect(saves()).toEqual([]);
  });

  it('stays, with the reason, when it could not be saved', async () => {
    const failing = {
      'settings:save': () => {
        throw new AppError('storage_failed', 'The disk is full.');
      },
    };
    const { user } = open(settingsView(), failing);
    await user.type(await screen.findByLabelText('Bot token'), 'xoxb-1{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.');
    expect(screen.getByLabelText('Bot token')).toHaveProperty('value', 'xoxb-1');
    expect(save()).toBeTruthy();
  });

  it('is not lost when more is typed while it is saved', async () => {
    let answer = (_: SettingsView) => {};
    const slow = {
      'settings:save': () =>
        new Promise<SettingsView>((resolve) => {
          answer = resolve;
        }),
    };
    const { user, saves } = open(settingsView(), slow);
    const field = await screen.findByLabelText('Bot token');
    await user.type(field, 'xoxb-1{Enter}');
    expect(await screen.findByText('Saving…')).toBeTruthy();
    await user.type(field, '2');
    await act(async () => answer(settingsView({ SLACK_BOT_TOKEN: saved() })));
    expect(saves()).toHaveLength(1);
    expect(screen.getByLabelText('Bot token')).toHaveProperty('value', 'xoxb-12');
    expect(screen.getByText('Unsaved changes')).toBeTruthy();
  });
});

describe('a secret', () => {
  it('is hidden while it is typed, unless the person wants to see it', async () => {
    const { user } = open(settingsView());
    const field = await screen.findByLabelText('Bot token');
    expect(field.getAttribute('type')).toBe('password');
    const group = within(screen.getByRole('tabpanel', { name: 'Slack' }));
    const [reveal] = group.getAllByRole('button', { name: 'Show what is typed' });
    reveal?.focus();
    await user.keyboard('{Enter}');
    expect(field.getAttribute('type')).toBe('text');
  });

  it('loses the blanks and quotation marks that were copied with it', async () => {
    const { user } = open(settingsView());
    await user.click(await screen.findByLabelText('Bot token'));
    await user.paste('  "xoxb-1-2" ');
    expect(screen.getByLabelText('Bot token')).toHaveProperty('value', 'xoxb-1-2');
  });

  it('is told apart at once when the two of Slack are swapped, and can be saved all the same', async () => {
    const { user, saves } = open(settingsView());
    await user.type(await screen.findByLabelText('Bot token'), 'xapp-1');
    expect(screen.getByText(/This is the app-level token/)).toBeTruthy();
    await user.click(save());
    expect(saves()).toHaveLength(1);
  });

  it('is forgotten once that is saved, and can be kept until then', async () => {
    const { user, saves } = open(settingsView({ SLACK_BOT_TOKEN: saved() }));
    await user.click(await screen.findByRole('button', { name: 'Forget' }));
    await user.click(screen.getByRole('button', { name: 'Keep it' }));
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Forget' }));
    await user.click(save());
    expect(saves()).toEqual([{ change: { SLACK_BOT_TOKEN: '' }, allowPlainText: false }]);
  });

  const leaked = /The old token leaked: do not trust what it signed/;

  it('can be said to have leaked when the bot token is replaced, and that goes with it alone', async () => {
    const { user, saves } = open(settingsView({ SLACK_BOT_TOKEN: saved(), SLACK_APP_TOKEN: saved() }));
    const [replaceBot] = await screen.findAllByRole('button', { name: 'Replace' });
    expect(screen.queryByRole('checkbox', { name: leaked })).toBeNull();
    await user.click(replaceBot ?? document.body);
    expect(screen.queryByRole('checkbox', { name: leaked })).toBeNull();
    await user.type(screen.getByLabelText('Bot token'), 'xoxb-2');
    const box = screen.getByRole('checkbox', { name: leaked });
    expect(box).toHaveProperty('checked', false);
    await user.click(box);
    await user.click(save());
    expect(saves()).toEqual([
      { change: { SLACK_BOT_TOKEN: 'xoxb-2' }, allowPlainText: false, isFormerTokenLeaked: true },
    ]);
    // What was said of that token is not said of the next one.
    act(() => draftSetting('SLACK_BOT_TOKEN', 'xoxb-3'));
    expect(screen.getByRole('checkbox', { name: leaked })).toHaveProperty('checked', false);
  });

  it('is trusted for a while where nobody says that it leaked, also after a change of mind', async () => {
    const { user, saves } = open(settingsView({ SLACK_BOT_TOKEN: saved() }));
    await user.click(await screen.findByRole('button', { name: 'Forget' }));
    await user.click(screen.getByRole('checkbox', { name: leaked }));
    await user.click(screen.getByRole('button', { name: 'Keep it' }));
    await user.type(screen.getByLabelText('App-level token'), 'xapp-1');
    await user.click(save());
    await user.click(screen.getByRole('button', { name: 'Replace' }));
    await user.type(screen.getByLabelText('Bot token'), 'xoxb-2');
    await user.click(save());
    expect(saves()).toEqual([
      { change: { SLACK_APP_TOKEN: 'xapp-1' }, allowPlainText: false },
      { change: { SLACK_BOT_TOKEN: 'xoxb-2' }, allowPlainText: false },
    ]);
  });

  it('can be said to have leaked later, too, as long as what it signed counts', async () => {
    const former = settingsView({ SLACK_BOT_TOKEN: saved() }, { trustsFormerToken: true });
    const { user, saves, become } = open(former);
    await user.click(await screen.findByRole('button', { name: 'The old token leaked' }));
    expect(saves()).toEqual([{ change: {}, allowPlainText: false, isFormerTokenLeaked: true }]);
    become(settingsView({ SLACK_BOT_TOKEN: saved() }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'The old token leaked' })).toBeNull());
  });

  it.each(['xoxe.xoxb-1-abc', 'xoxe-1-abc'])('named %s is told to be one that rotates', async (token) => {
    const { user } = open(settingsView());
    await user.type(await screen.findByLabelText('Bot token'), token);
    expect(screen.getByText(/token rotation is on, which is not supported/)).toBeTruthy();
  });

  it('is not asked about where there was none, or where it is fixed', async () => {
    const { user, become } = open(settingsView());
    await user.type(await screen.findByLabelText('Bot token'), 'xoxb-1');
    expect(screen.queryByRole('checkbox', { name: leaked })).toBeNull();
    become(settingsView({ SLACK_BOT_TOKEN: fixed('environment') }));
    expect(screen.queryByRole('checkbox', { name: leaked })).toBeNull();
  });

  it('is saved in plain text only when the person agrees to that', async () => {
    const { user, saves } = open(settingsView({}, { protection: 'plain_text' }));
    await user.type(await screen.findByLabelText('Bot token'), 'xoxb-1{Enter}');
    expect(saves()).toEqual([]);
    const panel = within(screen.getByRole('tabpanel', { name: /Slack/ }));
    const agree = panel.getByRole('checkbox', { name: 'Keep secrets in plain text in settings.json' });
    expect(document.activeElement).toBe(agree);
    await user.click(agree);
    await user.click(save());
    expect(saves()).toEqual([{ change: { SLACK_BOT_TOKEN: 'xoxb-1' }, allowPlainText: true }]);
  });

  it('cannot be changed where the environment fixes it, which names the variable', async () => {
    open(settingsView({ SLACK_BOT_TOKEN: fixed('environment') }));
    const field = await screen.findByRole('group', { name: 'Bot token' });
    expect(within(field).queryAllByRole('button')).toEqual([]);
    expect(screen.getByText(/Fixed by the environment variable SLACK_BOT_TOKEN/)).toBeTruthy();
  });
});

describe('a test', () => {
  const report = {
    ok: false,
    findings: [{ level: 'problem' as const, message: 'Slack does not know this bot token.' }],
  };

  it('is made with what is typed, and its report goes when that changes', async () => {
    const { user, bridge } = open(settingsView(), { 'settings:test': () => report });
    await user.type(await screen.findByLabelText('Bot token'), 'xoxb-1');
    await user.click(screen.getByRole('button', { name: 'Test the bot token' }));
    expect(await screen.findByText('Slack does not know this bot token.')).toBeTruthy();
    expect(screen.getByText(/Does not work yet/)).toBeTruthy();
    expect(bridge.asked).toContainEqual({
      channel: 'settings:test',
      request: { target: 'slack_bot', change: { SLACK_BOT_TOKEN: 'xoxb-1' } },
    });
    await user.type(screen.getByLabelText('Bot token'), '2');
    expect(screen.queryByText('Slack does not know this bot token.')).toBeNull();
  });

  it('says that it runs, and does not start twice', async () => {
    let answer = (_: typeof report) => {};
    const { user, bridge } = open(settingsView(), {
      'settings:test': () =>
        new Promise<typeof report>((resolve) => {
          answer = resolve;
        }),
    });
    const button = await screen.findByRole('button', { name: 'Test the bot token' });
    await user.click(button);
    expect(screen.getByText('Asking Slack…')).toBeTruthy();
    await user.click(button);
    expect(bridge.asked.filter(({ channel }) => channel === 'settings:test')).toHaveLength(1);
    await act(async () => answer(report));
    expect(document.activeElement).toBe(button);
  });
});

describe('behaviour', () => {
  it('refuses a number of days that makes no sense, and points to it', async () => {
    const { user, saves } = open(settingsView(), {}, 'behaviour');
    const field = await screen.findByLabelText('Remove texts after … days');
    await user.type(field, '0{Enter}');
    expect(saves()).toEqual([]);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await user.clear(field);
    await user.type(field, '30');
    expect(field.getAttribute('aria-invalid')).not.toBe('true');
    expect(screen.getByText(/Saving removes texts of tickets that are older than 30 days/)).toBeTruthy();
    await user.click(save());
    expect(saves()).toEqual([{ change: { DELETE_TEXTS_AFTER_DAYS: '30' }, allowPlainText: false }]);
  });

  it('keeps for ever again when the number is emptied', async () => {
    const { user, saves } = open(settingsView({ DELETE_TICKETS_AFTER_DAYS: saved('90') }), {}, 'behaviour');
    await user.clear(await screen.findByLabelText('Remove tickets after … days'));
    expect(screen.queryByText(/Saving removes/)).toBeNull();
    await user.click(save());
    expect(saves()).toEqual([{ change: { DELETE_TICKETS_AFTER_DAYS: '' }, allowPlainText: false }]);
  });

  it('says who may do what, and saves nothing that main would refuse', async () => {
    const { user, saves } = open(settingsView(), {}, 'behaviour');
    await user.click(await screen.findByRole('switch', { name: 'People of other workspaces may decide' }));
    const limit = screen.getByLabelText('Tickets a person may file in a minute');
    await user.clear(limit);
    await user.type(limit, '-3');
    await user.type(screen.getByLabelText('More projects for /ticket_status'), 'OPS, KAN-7');
    await user.click(save());
    expect(saves()).toEqual([]);
    expect(limit.getAttribute('aria-invalid')).toBe('true');

    await user.clear(limit);
    await user.type(limit, '0');
    await user.type(screen.getByLabelText('More projects for /ticket_status'), '{Backspace}{Backspace}');
    await user.click(save());
    const change = { EXTERNAL_MAY_DECIDE: 'true', TICKETS_PER_MINUTE: '0', STATUS_PROJECTS: 'OPS, KAN' };
    expect(saves()).toEqual([{ change, allowPlainText: false }]);
  });

  it.each([
    [',', true],
    ['"OPS"', true],
    ['OPS,', false],
    ['"*"', false],
    ['‘*’', false],
  ])('takes %s for projects or not, as main does', async (text, isFault) => {
    const { user, saves } = open(settingsView(), {}, 'behaviour');
    const field = await screen.findByLabelText('More projects for /ticket_status');
    await user.type(field, text);
    await user.click(save());
    expect(saves()).toHaveLength(isFault ? 0 : 1);
    expect(field.getAttribute('aria-invalid') === 'true').toBe(isFault);
  });

  it('needs no saving when a switch is back where it was', async () => {
    const { user } = open(settingsView(), {}, 'behaviour');
    const approval = await screen.findByRole('switch', { name: 'Notify me when approval is asked' });
    await user.click(approval);
    expect(save()).toBeTruthy();
    await user.click(approval);
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Save' })).toBeNull());
  });
});

describe('OpenAI', () => {
  it('names the host that would be sent tickets, as it is typed', async () => {
    const { user, saves } = open(settingsView(), {}, 'openai');
    await user.click(await screen.findByRole('switch', { name: 'Allow sending tickets to api.openai.com' }));
    const address = screen.getByLabelText('Base URL');
    await user.clear(address);
    await user.type(address, 'https://llm.acme.example/v1');
    expect(screen.getByRole('switch', { name: 'Allow sending tickets to llm.acme.example' })).toHaveProperty(
      'checked',
      true,
    );
    await user.click(save());
    expect(saves()).toEqual([
      { change: { OPENAI_ALLOWED: 'true', OPENAI_BASE_URL: 'https://llm.acme.example/v1' }, allowPlainText: false },
    ]);
  });
});
