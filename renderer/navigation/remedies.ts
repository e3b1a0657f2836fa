import type { ErrorCode } from '../../shared/errors.ts';
import type { Place } from './navigation.ts';

export type Part = 'slack' | 'jira' | 'model';

/** What a person can do about a failure, or what the program does meanwhile. */
export interface Remedy {
  words: string;
  /** Where it can be mended; null where there is nothing to do, or nothing to do here. */
  to: { label: string; place: Place } | { label: string; folder: 'data' | 'log' } | null;
}

const settings: Record<Part, NonNullable<Remedy['to']>> = {
  slack: { label: 'Slack settings', place: { page: 'Settings', section: 'slack' } },
  jira: { label: 'Jira settings', place: { page: 'Settings', section: 'jira' } },
  model: { label: 'Choose a model', place: { page: 'Model' } },
};

/** The way to mend a failure. `part`: what failed; null where that is not known. */
export function remedyFor(part: Part | null, code: ErrorCode): Remedy {
  const here = part === null ? { label: 'Settings', place: { page: 'Settings' as const } } : settings[part];
  switch (code) {
    case 'not_configured':
      return { words: 'It starts as soon as the settings are complete.', to: here };
    case 'unauthorized':
      return { words: 'Nothing is sent there again until the settings change.', to: here };
    case 'forbidden':
      return part === 'slack'
        ? { words: 'Once it is allowed in Slack, it works here within a minute.', to: here }
        : { words: 'Somebody who administers it has to allow it.', to: here };
    case 'not_found':
    case 'invalid_input':
    case 'bad_response':
      return { words: 'The settings can be changed and tested at once.', to: here };
    case 'rate_limited':
      return { words: 'It goes on by itself in a moment.', to: null };
    case 'unavailable':
      return { words: 'It is tried again by itself, and goes on where it stopped.', to: part === 'jira' ? here : null };
    case 'unconfirmed':
      return { words: 'It is looked for before anything is repeated, so nothing is filed twice.', to: null };
    case 'model_failed':
      return { words: 'Another model answers meanwhile.', to: settings.model };
    case 'storage_failed':
      return {
        words: 'See that the disk has room and that the data folder may be written to.',
        to: { label: 'Open the data folder', folder: 'data' },
      };
    case 'bug':
      return {
        words: 'Report it to the maintainers, with the log file.',
        to: { label: 'Show the log file', folder: 'log' },
      };
  }
}
