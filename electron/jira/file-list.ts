import { withoutBidiControls } from '../../shared/bidi.ts';
import { cutAt } from '../rich-text/beginning.ts';
import { printable } from '../rich-text/printable.ts';
import { plainRun, type RichText, type TextRun } from '../rich-text/rich-text.ts';
import type { DraftFile, IssueDraft } from '../tickets/ports/issue-tracker.ts';

/** Files that are named, and characters of a name. */
const mostNamed = 20;
const longestName = 120;

/** The files of the message with their links: whoever reads the issue finds the ones that could not be attached. */
export function fileList({ files }: Pick<IssueDraft, 'files'>): RichText {
  if (files.length === 0) return [];
  const rest = files.length > mostNamed ? [italic(` and ${files.length - mostNamed} more`)] : [];
  const names = files
    .slice(0, mostNamed)
    .flatMap((file, index) => [...(index === 0 ? [] : [italic(', ')]), named(file)]);
  return [{ type: 'paragraph', content: [italic('Files in Slack: '), ...names, ...rest] }];
}

const italic = (text: string): TextRun => ({ ...plainRun(text), marks: ['italic'] });

function named({ id, name, link }: DraftFile): TextRun {
  const words = withoutBidiControls(printable(name)).replace(/\s+/g, ' ').trim();
  const isPage = link !== null && URL.canParse(link) && /^https?:$/.test(new URL(link).protocol);
  return { ...plainRun(cutAt(words === '' ? id : words, longestName)), marks: ['italic'], href: isPage ? link : null };
}
