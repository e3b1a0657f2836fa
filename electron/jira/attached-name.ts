import { withoutBidiControls } from '../../shared/bidi.ts';
import { cutAt } from '../rich-text/beginning.ts';
import { printable } from '../rich-text/printable.ts';
import type { DraftFile } from '../tickets/ports/issue-tracker.ts';

type Named = Pick<DraftFile, 'id' | 'name'>;

/** Characters of a name as it was, apart from its ending; Jira keeps 255 of all. */
const longestStem = 120;
const ending = /\.[a-z0-9]{1,10}$/i;
/** Letters that no file system, header or path is asked to take. */
const troublesome = /[\\/:*?"<>|\p{Cc}\p{Cf}]/gu;

/** Name of a file on an issue. It ends in the file's own id, by which it is known again whatever Jira makes of the rest. */
export function attachedName({ id, name }: Named): string {
  const [last = ''] = ending.exec(name) ?? [];
  const stem = withoutBidiControls(printable(name.slice(0, name.length - last.length)))
    .replace(troublesome, '_')
    .replace(/\s+/g, ' ')
    .trim();
  return `${cutAt(stem === '' ? 'file' : stem, longestStem)}-${idIn(id)}${last}`;
}

/** Whether something on an issue by that name is this file. */
export function isAttachedAs(found: string, { id }: Named): boolean {
  return found.replace(ending, '').endsWith(`-${idIn(id)}`);
}

/** Slack's ids have letters and digits. */
function idIn(id: string): string {
  return id.replace(/[^A-Za-z0-9]/g, '').slice(0, 40);
}
