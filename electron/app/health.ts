import type { AppStatus, DiskHealth, JiraHealth, ModelHealth, SlackHealth } from '../../shared/app-status.ts';
import type { AppError } from '../../shared/errors.ts';
import type { ModelState } from '../classifier/scoring/model-state.ts';
import type { SlackState } from '../slack/supervised-receiver.ts';

/** Free bytes below which people are warned, and below which nothing may fit any more. */
const low = 500e6;
const full = 50e6;

const noLine = { since: null, desktops: null };

/** Health of the line to Slack; whether a person paused it is not its own business. */
export function slackHealth(line: SlackState): SlackHealth {
  switch (line.state) {
    case 'connecting':
      return { state: 'busy', code: 'connecting', detail: null, ...noLine };
    case 'connected': {
      const { since, connections } = line;
      return { state: 'ok', code: 'connected', detail: null, since, desktops: connections };
    }
    case 'unauthorized':
      return { state: 'trouble', code: 'unauthorized', detail: line.message, ...noLine };
    case 'disconnected': {
      const { code, message } = line;
      const isOff = code === 'stopped' || code === 'not_configured';
      return { state: isOff ? 'off' : 'trouble', code, detail: message, ...noLine };
    }
  }
}

/** Health of Jira: `error` is null where it works. */
export function jiraHealth(error: AppError | null): JiraHealth {
  if (error === null) return { state: 'ok', code: 'ok', detail: null };
  const { code, message: detail, needsPerson } = error;
  return { state: code === 'not_configured' ? 'off' : 'trouble', code, detail, ...(needsPerson && { needsPerson }) };
}

/** Health of the GGUF. */
export function modelHealth(model: ModelState): ModelHealth {
  const noFile = { file: null, device: null };
  switch (model.state) {
    case 'none':
      return { state: 'off', code: 'none', detail: model.reason, ...noFile };
    case 'loading':
      return { state: 'busy', code: 'loading', detail: null, file: model.file, device: null };
    case 'loaded':
      return { state: 'ok', code: 'loaded', detail: null, file: model.file, device: model.device };
    case 'unloaded': {
      const detail = 'It is loaded again for the next ticket.';
      return { state: 'off', code: 'unloaded', detail, file: model.file, device: null };
    }
    case 'failed':
      return { state: 'trouble', code: model.error.code, detail: model.error.message, file: model.file, device: null };
  }
}

/** Health of the disk with this many bytes free; null where that is not known. */
export function diskHealth(free: number | null, folder: string): DiskHealth {
  if (free === null || free >= low) return { state: 'ok', code: 'ok', detail: null };
  const left = `${Math.floor(free / 1e6)} MB are left on the disk of ${folder}, where tickets are kept.`;
  return free < full
    ? { state: 'trouble', code: 'full', detail: `${left} New ones may be refused at any moment.` }
    : { state: 'trouble', code: 'low', detail: `${left} Without room, no new ones can be taken.` };
}

export type Health = Pick<AppStatus, 'jira' | 'model' | 'disk'> & { slack: SlackHealth };

/** What stdout says of each part: `slack: disconnected closed`, `model: loaded tiny.gguf on cpu`. */
const lines: { [Part in keyof Health]: (health: Health[Part]) => string } = {
  slack: ({ state, code }) =>
    state === 'ok' || state === 'busy' || code === 'unauthorized' ? code : `disconnected ${code}`,
  jira: ({ code }) => code,
  disk: ({ code }) => code,
  model({ state, code, file, device }) {
    if (state === 'trouble') return `failed ${code}`;
    if (code === 'loaded') return `loaded ${file} on ${device}`;
    return file === null ? code : `${code} ${file}`;
  },
};

/** The line that stdout gets when this part changes. */
export function healthLine<Part extends keyof Health>(part: Part, health: Health[Part]): string {
  return `${part}: ${lines[part](health)}`;
}
