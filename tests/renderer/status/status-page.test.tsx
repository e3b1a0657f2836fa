import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { StatusPage } from '../../../renderer/features/status/status-page.tsx';
import { AppError } from '../../../shared/errors.ts';
import { anActivity, aStatus, noLine } from '../../fakes/app-status.ts';
import { show } from '../show.tsx';

describe('the page Status', () => {
  it('says of each connection how it is', async () => {
    show(<StatusPage />, { 'status:read': () => aStatus({ attention: 2 }), 'activity:read': () => [] });
    const slack = within(await screen.findByRole('region', { name: 'Slack' }));
    slack.getByText('Connected');
    slack.getByText('2 desktops were online then');
    within(screen.getByRole('region', { name: 'Model' })).getByText('tiny.gguf, on cpu');
    screen.getByText('Tickets are taken and filed. 2 tickets need attention.');
    await screen.findByText('Nothing has happened yet');
  });

  it('leads from a refused token to the settings of Slack, and offers no pause without a line', async () => {
    const slack = {
      state: 'trouble',
      code: 'unauthorized',
      detail: 'Slack does not accept a token.',
      ...noLine,
    } as const;
    const { places, user } = show(<StatusPage />, {
      'status:read': () => aStatus({ slack }),
      'activity:read': () => [],
    });
    const trouble = within(await screen.findByRole('region', { name: 'What is wrong' }));
    trouble.getByText(/Slack does not accept a token\./);
    await user.click(trouble.getByRole('button', { name: 'Slack settings' }));
    expect(places).toEqual([{ page: 'Settings', section: 'slack' }]);
    expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
  });

  it.each([
    ['a captcha', true, /Nothing is sent there again before a person tries/],
    ['a login page or a revoked token', false, /It is tried again by itself after 15 s, 30 s \.\.\. 15 min/],
  ])('says what comes after %s, and has Jira asked again now', async (_, needsPerson, words) => {
    const jira = { state: 'trouble', code: 'unauthorized', detail: 'Jira wants a login.', needsPerson } as const;
    const { bridge, user } = show(<StatusPage />, {
      'status:read': () => aStatus({ jira }),
      'activity:read': () => [],
      'desk:try-now': () => {},
    });
    const trouble = within(await screen.findByRole('region', { name: 'What is wrong' }));
    trouble.getByText(words);
    trouble.getByRole('button', { name: 'Jira settings' });
    await user.click(trouble.getByRole('button', { name: 'Try now' }));
    const asked = bridge.asked.filter(({ channel }) => channel === 'desk:try-now');
    expect(asked.map(({ request }) => request)).toEqual([{ part: 'jira' }]);
  });

  it('offers no other try of a part that is not set up, or of the model', async () => {
    const jira = { state: 'off', code: 'not_configured', detail: 'Jira is not set up.' } as const;
    const model = {
      state: 'trouble',
      code: 'model_failed',
      detail: 'It is cut short.',
      file: null,
      device: null,
    } as const;
    show(<StatusPage />, { 'status:read': () => aStatus({ jira, model }), 'activity:read': () => [] });
    await screen.findByRole('button', { name: 'Choose a model' });
    expect(screen.queryByRole('button', { name: 'Try now' })).toBeNull();
  });

  it('pauses and resumes, and says what that means', async () => {
    let paused = false;
    const { bridge, user } = show(<StatusPage />, {
      'status:read': () => aStatus({ slack: { ...aStatus().slack, paused } }),
      'activity:read': () => [],
      'desk:pause': (request) => {
        paused = request.paused;
        bridge.change('status');
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Pause', description: /closes the line to Slack/ }));
    within(screen.getByRole('region', { name: 'Slack' })).getByText('Paused');
    await user.click(await screen.findByRole('button', { name: 'Resume' }));
    await screen.findByRole('button', { name: 'Pause' });
    expect(bridge.asked.filter(({ channel }) => channel === 'desk:pause').map(({ request }) => request)).toEqual([
      { paused: true },
      { paused: false },
    ]);
  });

  it('lists what happened as it happens, and opens its ticket', async () => {
    let activities = [anActivity()];
    const { bridge, places, user } = show(<StatusPage />, {
      'status:read': () => aStatus(),
      'activity:read': () => activities,
    });
    await screen.findByRole('button', { name: /Waiting for approval/ });
    activities = [anActivity({ step: 'done', status: 'approved', requestId: 'r2' }), ...activities];
    bridge.change('tickets');
    await user.click(await screen.findByRole('button', { name: /Approved/ }));
    expect(places).toEqual([{ page: 'Tickets', requestId: 'r2' }]);
  });

  it('shows a long history only when asked', async () => {
    const { user } = show(<StatusPage />, {
      'status:read': () => aStatus(),
      'activity:read': () => Array.from({ length: 20 }, (_, index) => anActivity({ requestId: `r${index}` })),
    });
    await user.click(await screen.findByRole('button', { name: 'Show 12 more' }));
    expect(screen.getAllByRole('button', { name: /Waiting for approval/ })).toHaveLength(20);
  });

  it('tells the last error in plain words, and where the log file lies', async () => {
    const lastError = { at: '2026-03-02T08:00:00.000Z', code: 'bug', message: 'Something went wrong.' } as const;
    const { bridge, user } = show(<StatusPage />, {
      'status:read': () => aStatus({ lastError }),
      'activity:read': () => [],
      'folder:open': () => undefined,
    });
    const panel = within(await screen.findByRole('region', { name: 'Last error' }));
    panel.getByText('Something went wrong. Report it to the maintainers, with the log file.');
    await user.click(panel.getByRole('button', { name: 'Show the log file' }));
    expect(bridge.asked).toContainEqual({ channel: 'folder:open', request: { what: 'log' } });
  });

  it('opens the data folder and copies its path; a folder that cannot be opened says so', async () => {
    const { bridge, user } = show(<StatusPage />, {
      'status:read': () => aStatus(),
      'activity:read': () => [],
      'clipboard:write': () => undefined,
      'folder:open': () => {
        throw new AppError('not_found', 'There is no such folder.');
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Copy path' }));
    await user.click(screen.getByRole('button', { name: 'Open folder' }));
    expect(bridge.asked).toContainEqual({ channel: 'clipboard:write', request: { text: '/home/ana/desk' } });
    expect((await screen.findByRole('alert')).textContent).toBe('There is no such folder.');
  });

  it('keeps what it knows where asking again fails, and can start from nothing', async () => {
    let fails = true;
    const { bridge, user } = show(<StatusPage />, {
      'status:read': () => {
        if (fails) throw new AppError('storage_failed', 'The log could not be read.');
        return aStatus();
      },
      'activity:read': () => [],
    });
    await screen.findByText('The status could not be read');
    fails = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText('Connected');
    fails = true;
    bridge.change('status');
    await screen.findByText('This may be out of date');
    screen.getByText('Connected');
  });
});
