/** Marks that words can have. */
export type Mark = 'bold' | 'italic' | 'strike' | 'code';

/** Words of one kind; `href` makes a link of them. */
export interface TextRun {
  type: 'text';
  /** Words; not empty, without line ends. */
  text: string;
  marks: readonly Mark[];
  href: string | null;
}

export type Inline = TextRun | { type: 'break' };

export type Block =
  | { type: 'paragraph'; content: readonly Inline[] }
  | { type: 'heading'; level: 1 | 2 | 3 | 4 | 5 | 6; content: readonly Inline[] }
  /** `first`: number of the first item; null: bullets. */
  | { type: 'list'; first: number | null; items: readonly (readonly Block[])[] }
  | { type: 'quote'; content: readonly Block[] }
  /** Lines as they are. */
  | { type: 'code'; text: string }
  | { type: 'rule' };

/** A text with its form, as neither Slack nor Jira writes it; each side reads and writes it in its own way. */
export type RichText = readonly Block[];

/** Lists in lists that are kept apart; what lies deeper counts as so deep. */
export const deepestList = 8;

/** Words without any mark. */
export function plainRun(text: string): TextRun {
  return { type: 'text', text, marks: [], href: null };
}

/** Text exactly as typed: an empty line begins a paragraph, and every other line end is a break. */
export function plainText(text: string): RichText {
  if (text === '') return [];
  return text.split('\n\n').map((paragraph) => plainParagraph(paragraph));
}

/** One paragraph of words alone; its line ends become breaks. */
export function plainParagraph(text: string): Block {
  return {
    type: 'paragraph',
    content: withBreaks(text.split('\n').map((line) => (line === '' ? [] : [plainRun(line)]))),
  };
}

/** Lines of one paragraph. */
export function withBreaks(lines: readonly (readonly Inline[])[]): Inline[] {
  return lines.flatMap((line, index): Inline[] => (index === 0 ? [...line] : [{ type: 'break' }, ...line]));
}

/** The same words in as few runs as can be. */
export function joinedRuns(content: readonly Inline[]): Inline[] {
  const joined: Inline[] = [];
  for (const inline of content) {
    const last = joined.at(-1);
    if (inline.type === 'text' && last?.type === 'text' && isLike(last, inline)) {
      joined[joined.length - 1] = { ...last, text: last.text + inline.text };
    } else joined.push(inline);
  }
  return joined;
}

function isLike(one: TextRun, other: TextRun): boolean {
  return one.href === other.href && one.marks.join() === other.marks.join();
}

/** A line's words, without any mark. */
export function wordsOf(content: readonly Inline[]): string {
  return content.map((inline) => (inline.type === 'text' ? inline.text : '\n')).join('');
}
