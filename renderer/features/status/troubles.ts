import type { AppStatus, PartHealth } from '../../../shared/app-status.ts';
import { type ErrorCode, errorCodes } from '../../../shared/errors.ts';
import { longTime } from '../../components/time.tsx';
import { type Part, type Remedy, remedyFor } from '../../navigation/remedies.ts';

/** Something that keeps this desktop from its work, now. */
export interface Trouble {
  part: Part | 'disk' | 'log' | 'recovery' | 'backup' | `notice ${number}`;
  tone: 'problem' | 'warning';
  title: string;
  message: string;
  remedy: Remedy;
  /** What a person may have asked again at once; absent where that is nothing. */
  retries?: 'slack' | 'jira';
}

const dataFolder = { label: 'Open the data folder', folder: 'data' } as const;

/** What is wrong right now, the most urgent first. */
export function troublesOf(status: AppStatus): Trouble[] {
  const troubles: Trouble[] = [];
  for (const part of ['slack', 'jira', 'model'] as const) {
    const { state, code, detail } = status[part];
    const isMissing = part !== 'model' && state === 'off' && code === 'not_configured';
    if (state !== 'trouble' && !isMissing) continue;
    troubles.push({
      part,
      tone: isMissing || part === 'model' ? 'warning' : 'problem',
      title: isMissing ? `${names[part]} is not set up` : titles[part](code),
      message: detail ?? '',
      remedy: remedyFor(part, errorCodeOf(code), part === 'jira' && status.jira.needsPerson),
      ...(part !== 'model' && !isMissing && { retries: part }),
    });
  }
  troubles.push(...storageTroubles(status));
  for (const [index, message] of status.notices.entries()) {
    const remedy = { words: 'This stays here as long as it is so.', to: null };
    troubles.push({ part: `notice ${index}`, tone: 'warning', title: 'Please note', message, remedy });
  }
  return troubles.sort((one, other) => Number(other.tone === 'problem') - Number(one.tone === 'problem'));
}

/** What is wrong with the log's file and where it lies. */
function storageTroubles({ disk, log }: AppStatus): Trouble[] {
  const { recovery, backup } = log;
  const troubles: Trouble[] = [];
  if (disk.state === 'trouble') {
    troubles.push({
      part: 'disk',
      tone: disk.code === 'full' ? 'problem' : 'warning',
      title: disk.code === 'full' ? 'The disk is full' : 'The disk is almost full',
      message: disk.detail ?? '',
      remedy: { words: 'Make room on this disk.', to: dataFolder },
    });
  }
  if (log.message !== null) {
    troubles.push({
      part: 'log',
      tone: 'problem',
      title: 'The ticket log cannot be read',
      message: log.message,
      remedy: { words: 'What is shown may be out of date.', to: dataFolder },
    });
  }
  if (recovery !== null) {
    troubles.push({
      part: 'recovery',
      tone: 'warning',
      title: `${recoveryTitles[recovery.cause]} ${longTime(recovery.at)}`,
      message: recovery.message,
      remedy: { words: 'This stays here as long as that file does.', to: dataFolder },
    });
  }
  if (backup.message !== null) {
    troubles.push({
      part: 'backup',
      tone: 'warning',
      title: 'The ticket log could not be backed up',
      message: backup.message,
      remedy: { words: 'It is tried again every hour.', to: dataFolder },
    });
  }
  return troubles;
}

/** The last failure, unless it is what one of the troubles says already. */
export function lastErrorApart({ lastError, ...parts }: AppStatus): AppStatus['lastError'] {
  const isSaid = [parts.slack, parts.jira, parts.model].some(
    ({ state, detail }) => state === 'trouble' && detail === lastError?.message,
  );
  return isSaid ? null : lastError;
}

const recoveryTitles = {
  damage: 'The ticket log was damaged, and was mended',
  old_form: 'The ticket log was given a new form',
};

const names = { slack: 'Slack', jira: 'Jira' };

const titles: Record<Part, (code: PartHealth['code']) => string> = {
  slack: (code) => (code === 'unauthorized' ? 'Slack refused a token' : 'There is no line to Slack'),
  jira: (code) => (code === 'unauthorized' ? 'Jira refused the login' : 'Jira does not work'),
  model: () => 'The GGUF model does not answer',
};

/** The error that a part's code stands for: a line that broke, `closed`, is mended as one that could not be opened. */
function errorCodeOf(code: PartHealth['code']): ErrorCode {
  return errorCodes.find((known) => known === code) ?? 'unavailable';
}
