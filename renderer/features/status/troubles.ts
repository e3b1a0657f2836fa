import type { DeskStatus } from '../../../shared/desk-status.ts';
import { type ErrorCode, errorCodes } from '../../../shared/errors.ts';
import { fileSize } from '../../components/figures.ts';
import { type Part, type Remedy, remedyFor } from './remedies.ts';

/** Something that keeps this desktop from its work, now. */
export interface Trouble {
  part: Part | 'disk';
  tone: 'problem' | 'warning';
  title: string;
  message: string;
  remedy: Remedy;
}

/** Below this the log may soon be unable to grow, in bytes. */
const scarceDisk = 500e6;

/** What is wrong right now, the most urgent first. */
export function troublesOf(status: DeskStatus): Trouble[] {
  const troubles: Trouble[] = [];
  for (const part of ['slack', 'jira', 'model'] as const) {
    const { state, line, message } = status[part];
    const code = codeOf(line);
    const isMissing = part !== 'model' && state === 'off' && code === 'not_configured';
    if (state !== 'trouble' && !isMissing) continue;
    troubles.push({
      part,
      tone: isMissing || part === 'model' ? 'warning' : 'problem',
      title: isMissing ? `${names[part]} is not set up` : titles[part](code),
      message: message ?? '',
      remedy: remedyFor(part, code),
    });
  }
  const { diskFree } = status.log;
  if (diskFree !== null && diskFree < scarceDisk) {
    troubles.push({
      part: 'disk',
      tone: diskFree < scarceDisk / 10 ? 'problem' : 'warning',
      title: 'The disk is almost full',
      message: `${fileSize(diskFree)} are left where tickets are kept. Without room, no new ones can be taken.`,
      remedy: { words: 'Make room on this disk.', to: { label: 'Open the data folder', folder: 'data' } },
    });
  }
  return troubles.sort((one, other) => Number(other.tone === 'problem') - Number(one.tone === 'problem'));
}

/** The last failure, unless it is what one of the troubles says already. */
export function lastErrorApart({ lastError, ...parts }: DeskStatus): DeskStatus['lastError'] {
  const isSaid = [parts.slack, parts.jira, parts.model].some(
    ({ state, message }) => state === 'trouble' && message === lastError?.message,
  );
  return isSaid ? null : lastError;
}

const names = { slack: 'Slack', jira: 'Jira' };

const titles: Record<Part, (code: ErrorCode) => string> = {
  slack: (code) => (code === 'unauthorized' ? 'Slack refused a token' : 'There is no line to Slack'),
  jira: (code) => (code === 'unauthorized' ? 'Jira refused the login' : 'Jira does not work'),
  model: () => 'The GGUF model does not answer',
};

/** The code at the end of a part's line: `disconnected unavailable`, `failed model_failed`. */
function codeOf(line: string): ErrorCode {
  const last = line.split(' ').at(-1);
  // `disconnected closed`: the line broke, and is mended by itself.
  return errorCodes.find((code) => code === last) ?? 'unavailable';
}
