import type { AppStatus } from '../../shared/app-status.ts';
import type { Activity } from '../../shared/ticket-list.ts';

/** A desktop on which everything works. */
export function aStatus(change: Partial<AppStatus> = {}): AppStatus {
  return {
    slack: {
      state: 'ok',
      code: 'connected',
      detail: null,
      since: '2026-03-02T08:00:00.000Z',
      desktops: 2,
      paused: false,
    },
    jira: { state: 'ok', code: 'ok', detail: null },
    model: { state: 'ok', code: 'loaded', detail: null, file: 'tiny.gguf', device: 'cpu' },
    log: {
      ...{ tickets: 12, bytes: 81_920, diskFree: 80e9, message: null, recovery: null },
      backup: { at: '2026-03-02T08:00:00.000Z', message: null },
    },
    disk: { state: 'ok', code: 'ok', detail: null },
    lastError: null,
    attention: 0,
    unfinished: 0,
    notices: [],
    version: '1.2.3',
    dataDir: '/home/ana/desk',
    demo: false,
    ...change,
  };
}

/** A desktop on which nothing is set up, and no ticket was ever filed. */
export function anUntouchedStatus(): AppStatus {
  const unset = { state: 'off', code: 'not_configured', detail: null } as const;
  return aStatus({
    slack: { ...unset, ...noLine },
    jira: unset,
    model: { state: 'off', code: 'none', detail: null, file: null, device: null },
    log: { tickets: 0, bytes: 0, diskFree: null, message: null, backup: { at: null, message: null }, recovery: null },
  });
}

export const noLine = { since: null, desktops: null, paused: false };

export function anActivity(change: Partial<Activity> = {}): Activity {
  return {
    at: '2026-03-02T08:00:00.000Z',
    requestId: 'r1',
    issueKey: 'KAN-1',
    summary: 'The VPN drops',
    step: 'announced',
    status: 'created',
    errorCode: null,
    source: 'builtin',
    ...change,
  };
}
