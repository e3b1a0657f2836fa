import { Button, VisuallyHidden } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { DemoMessage } from '../../../shared/demo-view.ts';
import styles from './channel.module.css';
import { Messages, type MessagesProps } from './message.tsx';
import { groupMessages } from './message-groups.ts';

/** Distance from the end within which a person reads the newest message, in pixels. */
const nearEnd = 48;

export interface ChannelProps extends Omit<MessagesProps, 'group' | 'repliesTo'> {
  /** What it is called. */
  name: string;
  /** All messages, those in threads too, oldest first. */
  messages: DemoMessage[];
  /** How many lines this person has sent: each brings the end into view. */
  sent: number;
  /** What stands below the last message. */
  children?: ReactNode;
}

/** A place's messages, each with its thread below it; the newest stays in view unless somebody reads further up. */
export function Channel({ name, messages, sent, children, ...others }: ChannelProps) {
  const log = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const isFollowing = useRef(true);
  const seen = JSON.stringify(messages);
  // What answers a message that is gone stands by itself.
  const roots = messages.filter(({ thread }) => !messages.some(({ ts }) => ts === thread));
  // What has come at the end while somebody reads further up is easily missed.
  const [read, setRead] = useState(roots.length);
  if (isAtEnd && read !== roots.length) setRead(roots.length);
  const hasNews = roots.length > read;

  function toEnd() {
    if (log.current !== null) log.current.scrollTop = log.current.scrollHeight;
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: a message that changes moves the end, too
  useEffect(() => {
    if (isFollowing.current) toEnd();
  }, [seen]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what this person sends
  useEffect(toEnd, [sent]);
  useEffect(() => {
    const place = log.current;
    if (place === null) return;
    const observer = new ResizeObserver(() => {
      if (isFollowing.current) place.scrollTop = place.scrollHeight;
    });
    observer.observe(place);
    return () => observer.disconnect();
  }, []);

  return (
    <div className={styles['frame']}>
      <div
        ref={log}
        role="log"
        aria-label={name}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        tabIndex={0}
        className={styles['log']}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          isFollowing.current = scrollHeight - scrollTop - clientHeight < nearEnd;
          setAtEnd(isFollowing.current);
        }}
      >
        {groupMessages(roots).map((group) => (
          <Messages
            key={group.ts}
            group={group}
            repliesTo={(ts) => messages.filter(({ thread }) => thread === ts)}
            {...others}
          />
        ))}
        {children}
      </div>
      <VisuallyHidden role="status">{hasNews && 'There is a new message.'}</VisuallyHidden>
      {!isAtEnd && (
        <Button
          className={styles['newest']}
          size="compact-xs"
          leftSection={<IconArrowDown size={14} aria-hidden />}
          {...(hasNews ? { variant: 'filled' } : {})}
          onClick={toEnd}
        >
          {hasNews ? 'New message' : 'Newest message'}
        </Button>
      )}
    </div>
  );
}
