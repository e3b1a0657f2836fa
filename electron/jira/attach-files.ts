import { isolated } from '../../shared/bidi.ts';
import { type AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import { cutAt } from '../rich-text/beginning.ts';
import { printable } from '../rich-text/printable.ts';
import type { DraftFile, IssueDraft } from '../tickets/ports/issue-tracker.ts';
import type { JiraApi } from './api/jira-api.ts';
import { refusalOf } from './api/refusal.ts';
import { attachedName, isAttachedAs } from './attached-name.ts';

/** Bytes of one file at most, whatever Jira takes: each passes through this computer. */
const mostBytes = 100 * 1024 * 1024;
/** Files that are named one by one in a sentence, and characters of a name there. */
const mostNamed = 5;
const longestName = 80;

type AttachApi = Pick<JiraApi, 'attach' | 'attachmentRules' | 'attachmentNames'>;

/** Attaches the files that are not there yet, one after the other; gives what became of the others, null where all are there. */
export async function attachFiles(api: AttachApi, key: string, { files }: IssueDraft): Promise<string | null> {
  const there = await api.attachmentNames(key);
  const missing = files.filter((file) => !there.some((name) => isAttachedAs(name, file)));
  if (missing.length === 0) return null;
  const rules = await api.attachmentRules();
  const most = Math.min(rules.mostBytes ?? mostBytes, mostBytes);
  const tooLarge = `larger than the ${inWords(most)} that ${most === mostBytes ? 'are passed on' : 'this Jira takes'}`;
  /** Names of the files that are not attached, by why. */
  const refused = new Map<string, string[]>();
  /** What passes by itself: it holds back its own file only. */
  const passing: unknown[] = [];
  for (const file of missing) {
    try {
      const reason = rules.areOn ? await attach(file) : 'attachments are turned off in this Jira';
      if (reason !== null) refused.set(reason, [...(refused.get(reason) ?? []), file.name]);
    } catch (thrown) {
      passing.push(thrown);
    }
  }
  if (passing.length > 0) throw passing[0];
  return refused.size === 0 ? null : describe(refused, key);

  /** Why a file is not attached; null where it is now. Throws what passes by itself. */
  async function attach(file: DraftFile): Promise<string | null> {
    if (file.size !== null && file.size > most) return tooLarge;
    try {
      const refusal = await file.fetch(most, (content) => sent(file, content));
      if (refusal === null) return null;
      if (refusalOf(refusal)?.status !== 413) return 'Jira refused it';
      return rules.mostBytes === null ? 'larger than this Jira takes' : tooLarge;
    } catch (thrown) {
      const { code } = toAppError(thrown);
      if (reactionTo(code) !== 'give_up') throw thrown;
      if (code === 'invalid_input') return tooLarge;
      return code === 'not_found' ? 'it is not in Slack any more' : 'Slack does not give it out';
    }
  }

  /** Jira's refusal of a file; null where it took it. */
  async function sent(file: DraftFile, content: Blob): Promise<AppError | null> {
    try {
      await api.attach(key, { name: attachedName(file), content });
      return null;
    } catch (thrown) {
      const error = toAppError(thrown);
      if (reactionTo(error.code) !== 'give_up') throw error;
      return error;
    }
  }
}

function describe(refused: ReadonlyMap<string, readonly string[]>, key: string): string {
  const sentences = [...refused].map(([reason, names]) => {
    const named = names.slice(0, mostNamed).map((name) => `“${isolated(cutAt(printable(name), longestName))}”`);
    const rest = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
    return `Not attached to ${key}, but named there with ${names.length === 1 ? 'its link' : 'their links'}: ${named.join(', ')}${rest} (${reason}).`;
  });
  return sentences.join(' ');
}

/** A size in the largest unit of which there is at least one. */
function inWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const megabytes = bytes / 1024 ** 2;
  return megabytes >= 1 ? `${Math.round(megabytes * 10) / 10} MB` : `${Math.round(bytes / 1024)} kB`;
}
