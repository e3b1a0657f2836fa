import type { AppError } from '../shared/errors.ts';
import type { PartState } from '../shared/ipc.ts';
import type { SlackState } from './slack/supervised-receiver.ts';

/** How the line to Slack is, for stdout, tray and window. */
export function slackPart(state: SlackState): PartState {
  switch (state.state) {
    case 'connecting':
      return { state: 'busy', line: 'connecting', message: null };
    case 'connected':
      return { state: 'ok', line: 'connected', message: null };
    case 'unauthorized':
      return { state: 'trouble', line: 'unauthorized', message: state.message };
    case 'disconnected':
      return {
        state: state.code === 'stopped' || state.code === 'not_configured' ? 'off' : 'trouble',
        line: `disconnected ${state.code}`,
        message: state.message,
      };
  }
}

/** How Jira is: `error` is null where it works. */
export function jiraPart(error: AppError | null): PartState {
  if (error === null) return { state: 'ok', line: 'ok', message: null };
  return { state: error.code === 'not_configured' ? 'off' : 'trouble', line: error.code, message: error.message };
}
