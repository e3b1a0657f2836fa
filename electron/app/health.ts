import type { DeskStatus, PartState } from '../../shared/desk-status.ts';
import type { AppError } from '../../shared/errors.ts';
import type { ModelState } from '../classifier/scoring/model-state.ts';
import type { SlackState } from '../slack/supervised-receiver.ts';

/** The line to Slack; whether a person paused it is not its own business. */
export type SlackPart = Omit<DeskStatus['slack'], 'paused'>;

const noLine = { since: null, desktops: null };

/** How the line to Slack is, for stdout, tray and window. */
export function slackPart(state: SlackState): SlackPart {
  switch (state.state) {
    case 'connecting':
      return { state: 'busy', line: 'connecting', message: null, ...noLine };
    case 'connected': {
      const { since, connections } = state;
      return { state: 'ok', line: 'connected', message: null, since, desktops: connections };
    }
    case 'unauthorized':
      return { state: 'trouble', line: 'unauthorized', message: state.message, ...noLine };
    case 'disconnected': {
      const isOff = state.code === 'stopped' || state.code === 'not_configured';
      const line = `disconnected ${state.code}`;
      return { state: isOff ? 'off' : 'trouble', line, message: state.message, ...noLine };
    }
  }
}

/** How Jira is: `error` is null where it works. */
export function jiraPart(error: AppError | null): PartState {
  if (error === null) return { state: 'ok', line: 'ok', message: null };
  return { state: error.code === 'not_configured' ? 'off' : 'trouble', line: error.code, message: error.message };
}

/** How the GGUF is. */
export function modelPart(state: ModelState): PartState {
  switch (state.state) {
    case 'none':
      return { state: 'off', line: 'none', message: state.reason };
    case 'loading':
      return { state: 'busy', line: `loading ${state.file}`, message: null };
    case 'loaded':
      return { state: 'ok', line: `loaded ${state.file} on ${state.device}`, message: null };
    case 'unloaded':
      return { state: 'off', line: `unloaded ${state.file}`, message: 'It is loaded again for the next ticket.' };
    case 'failed':
      return { state: 'trouble', line: `failed ${state.error.code}`, message: state.error.message };
  }
}
