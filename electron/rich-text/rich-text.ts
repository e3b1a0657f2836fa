/** Marks that words can have. */
export type Mark = 'bold' | 'italic' | 'strike' | 'code';

/** Words of one kind; `href` makes a link of them. */
export interface TextRun {
  type: 'text';
  /** Not empty, without line ends. */
  text: string;
  marks: readonly Mark[];
  href: string | null;
}

export type Inline = TextRun | { type: 'break' };

export type Block =
  | { type: 'paragraph'; content: readonly Inline[] }
  | { type: 'heading'; level: 1 | 2 | 3 | 4 | 5 | 6; content: readonly Inline[] }
  | { type: 'list'; ordered: boolean; items: readonly (readonly Block[])[] }
  | { type: 'quote'; content: readonly Block[] }
  /** Lines as they are. */
  | { type: 'code'; text: string }
  | { type: 'rule' };

/** A text with its form, as neither Slack nor Jira writes it; each side reads and writes it in its own way. */
export type RichText = readonly Block[];

/** Words without any mark. */
export function plainRun(text: string): TextRun {
  return { type: 'text', text, marks: [], href: null };
}

/** Text exactly as typed: an empty line begins a paragraph, and every other line end is a break. */
export function plainText(text: string): RichText {
  if (text === '') return [];
  return text.split('\n\n').map((paragraph) => ({
    type: 'paragraph',
    content: paragraph
      .split('\n')
      .flatMap((line, index): Inline[] => [
        ...(index === 0 ? [] : [{ type: 'break' } as const]),
        ...(line === '' ? [] : [plainRun(line)]),
      ]),
  }));
}
