import type { RichText } from '../../../shared/demo-view.ts';
import styles from './rich-text.module.css';

export interface RichTextProps {
  pieces: RichText[];
  /** Keys of issues: a link to one of them shows it beside the channel. */
  issueKeys: string[];
  onIssue(key: string): void;
}

/** A text as Slack sets it. */
export function RichTextLine({ pieces, ...links }: RichTextProps) {
  return pieces.map((piece, index) => {
    // A quote is a block: the line end behind it would be an empty line.
    const text = pieces[index - 1]?.kind === 'quote' ? piece.text.replace(/^\n/, '') : piece.text;
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no names of their own, and never move
    return <Piece key={index} kind={piece.kind} text={text} {...links} />;
  });
}

function Piece({ kind, text, issueKeys, onIssue }: RichText & Omit<RichTextProps, 'pieces'>) {
  switch (kind) {
    case 'text':
      return text;
    case 'bold':
      return <strong>{text}</strong>;
    case 'italic':
      return <em>{text}</em>;
    case 'strike':
      return <s>{text}</s>;
    case 'code':
      return <code>{text}</code>;
    case 'mention':
      return <span className={styles['mention']}>{text}</span>;
    case 'quote':
      return <span className={styles['quote']}>{text}</span>;
    case 'link':
      return issueKeys.includes(text) ? (
        <button type="button" className={styles['link']} onClick={() => onIssue(text)}>
          {text}
        </button>
      ) : (
        <span className={styles['away']}>{text}</span>
      );
  }
}
