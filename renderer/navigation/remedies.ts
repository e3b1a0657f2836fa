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

/** What becomes of a login that was refused. */
const afterCaptcha =
  'Nothing is sent there again before a person tries: with Try now on the page Status, or with the test in Settings.';
const afterRefusal =
  'It is tried again by itself after 15 s, 30 s ... 15 min, and at once when you try or test it here, or change the settings.';
const afterAny =
  'It is tried again by itself after 15 s, 30 s ... 15 min; after a captcha only when you try or test it here.';

/**
 * The way to mend a failure. `part`: what failed; null where that is not known. `needsPerson`: whether nothing is tried
 * before a person has it tried.
 */
export function remedyFor(part: Part | null, code: ErrorCode, needsPerson = false): Remedy {
  const here = part === null ? { label: 'Settings', place: { page: 'Settings' as const } } : settings[part];
  switch (code) {
    case 'not_configured':
      return { words: 'It starts as soon as the settings are complete.', to: here };
    case 'unauthorized':
      return { words: needsPerson ? afterCaptcha : part === null ? afterAny : afterRefusal, to: here };
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
