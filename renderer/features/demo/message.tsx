import { UnstyledButton } from '@mantine/core';
import { IconEye, IconPaperclip, IconTicket } from '@tabler/icons-react';
import type { DemoMessage, DemoView } from '../../../shared/demo-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { initialsOf } from '../../components/person.tsx';
import { longTime } from '../../components/time.tsx';
import { Blocks, type IssueLinks } from './block.tsx';
import styles from './message.module.css';
import { groupMessages, type MessageGroup } from './message-groups.ts';
import { MessageMenu } from './message-menu.tsx';
import { MessageSurface } from './message-surface.tsx';

export interface MessagesProps extends IssueLinks {
  group: MessageGroup;
  /** Answers of a message, oldest first. */
  repliesTo(ts: string): DemoMessage[];
  shortcuts: DemoView['shortcuts'];
  /** Begins an answer to this message; null where one cannot answer. */
  onReply: ((message: DemoMessage) => void) | null;
}

/** What one author wrote in a row. */
export function Messages({ group: { author, isApp, onlyYou, ts, messages }, ...others }: MessagesProps) {
  const at = new Date(Number(ts) * 1000).toISOString();
  return (
    <article className={styles['group']} data-only-you={onlyYou || undefined} aria-label={`${author}, ${longTime(at)}`}>
      <span className={styles['face']} data-app={isApp || undefined} aria-hidden>
        {isApp ? <IconTicket size={16} stroke={1.75} /> : initialsOf(author)}
      </span>
      <div className={styles['all']}>
        <p className={styles['head']}>
          <span className={styles['author']}>{author}</span>
          {isApp && <span className={styles['badge']}>App</span>}
          <time dateTime={at} title={longTime(at)}>
            {clock.format(new Date(at))}
          </time>
          {onlyYou && (
            <span className={styles['only']}>
              <IconEye size={13} stroke={1.75} aria-hidden /> Only visible to you
            </span>
          )}
        </p>
        {messages.map((message) => (
          <Message key={message.ts} message={message} {...others} />
        ))}
      </div>
    </article>
  );
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

function Message({ message, ...others }: { message: DemoMessage } & Omit<MessagesProps, 'group'>) {
  const { ts, author, onlyYou, blocks, files } = message;
  const { repliesTo, shortcuts, onReply, ...links } = others;
  const replies = repliesTo(ts);
  return (
    <div className={styles['message']}>
      <div className={styles['own']}>
        <MessageSurface ts={ts}>
          <Blocks blocks={blocks} {...links} />
        </MessageSurface>
        {files.map((name) => (
          <p key={name} className={styles['file']}>
            <IconPaperclip size={14} stroke={1.75} aria-hidden /> {name}
          </p>
        ))}
        <Reactions message={message} />
        {/* What one person alone sees is not there for others to react to. */}
        {!onlyYou && (
          <MessageMenu
            ts={ts}
            author={author}
            shortcuts={shortcuts}
            onReply={onReply === null ? null : () => onReply(message)}
          />
        )}
      </div>
      {replies.length > 0 && (
        <section className={styles['thread']} aria-label={`Thread below ${author}’s message`}>
          <p className={styles['count']}>{replies.length === 1 ? '1 reply' : `${replies.length} replies`}</p>
          {groupMessages(replies).map((group) => (
            <Messages key={group.ts} group={group} {...others} />
          ))}
        </section>
      )}
    </div>
  );
}

/** Emoji below a message; one of yours goes away by a click, as another one’s becomes yours, too. */
function Reactions({ message: { ts, reactions } }: { message: DemoMessage }) {
  const react = useAction('demo:react');
  if (reactions.length === 0) return null;
  return (
    <ul className={styles['reactions']} aria-label="Reactions">
      {reactions.map(({ name, emoji, count, isYours }) => (
        <li key={name}>
          <UnstyledButton
            className={styles['reaction']}
            aria-pressed={isYours}
            aria-label={`:${name}:, ${count}`}
            onClick={() => react.run({ ts, name })}
          >
            {emoji} {count}
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
