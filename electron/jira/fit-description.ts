import { beginningOfText, lengthOfWords } from '../rich-text/beginning.ts';
import type { RichText } from '../rich-text/rich-text.ts';
import type { IssueDraft } from '../tickets/ports/issue-tracker.ts';
import type { JiraApi } from './api/jira-api.ts';
import { fileOfRequest } from './api/request-file.ts';
import { emphasised, originOf, wordsOfRequest } from './description.ts';
import { fileList } from './file-list.ts';
import { leastLimit } from './text-limit.ts';

/** The description of an issue; `isCut`: the whole text has to be attached. */
export interface FittedDescription {
  text: RichText;
  isCut: boolean;
}

/**
 * The description of a new issue: the request's words, then who asked, where, who classified, and the message's files. What is longer than
 * `limit`, as Jira counts, is cut, and says so.
 */
export async function fitDescription(
  draft: IssueDraft,
  limit: number,
  api: Pick<JiraApi, 'lengthOf'>,
): Promise<FittedDescription> {
  const origin = [...originOf(draft), ...fileList(draft)];
  // What does not fit in any case is not even looked at; Slack's escapes take up to five characters for one.
  const { words, isWhole } = wordsOfRequest(draft, 5 * Math.max(limit, leastLimit));
  const whole = [...words, ...origin];
  if (isWhole && (await api.lengthOf(whole)) <= limit) return { text: whole, isCut: false };
  const length = isWhole && draft.markup === null ? lengthOfWords(words) : draft.text.length;
  const note = `Cut here: the request has ${length} characters, more than Jira takes. All of it is attached as ${fileOfRequest(draft.requestId)}.`;
  const cut = (characters: number) => [...beginningOfText(words, characters), emphasised(note), ...origin];
  let [fits, tooLong] = [0, Math.min(limit, lengthOfWords(words)) + 1];
  while (fits + 1 < tooLong) {
    const middle = Math.floor((fits + tooLong) / 2);
    if ((await api.lengthOf(cut(middle))) <= limit) fits = middle;
    else tooLong = middle;
  }
  return { text: cut(fits), isCut: true };
}
