import { Button, NativeSelect } from '@mantine/core';
import { IconEye, IconTicket } from '@tabler/icons-react';
import type { DemoBlock, DemoMessage } from '../../../shared/demo-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { TroubleNotice } from '../../components/notice.tsx';
import { initialsOf } from '../../components/person.tsx';
import { longTime } from '../../components/time.tsx';
import styles from './message.module.css';
import type { MessageGroup } from './message-groups.ts';
import { RichTextLine, type RichTextProps } from './rich-text.tsx';

export type IssueLinks = Omit<RichTextProps, 'pieces'>;

/** What one author wrote in a row. */
export function Messages({
  group: { author, isApp, onlyYou, ts, messages },
  ...links
}: { group: MessageGroup } & IssueLinks) {
  const at = new Date(Number(ts) * 1000).toISOString();
  return (
    <article className={styles['group']} data-only-you={onlyYou || undefined} aria-label={`${author}, ${longTime(at)}`}>
      <span className={styles['face']} data-app={isApp || undefined} aria-hidden>
        {isApp ? <IconTicket size={16} stroke={1.75} /> : initialsOf(author)}
      </span>
      <div className={styles['words']}>
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
          <Message key={message.ts} message={message} {...links} />
        ))}
      </div>
    </article>
  );
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

function Message({ message: { ts, blocks }, ...links }: { message: DemoMessage } & IssueLinks) {
  return (
    <div className={styles['message']}>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no names of their own
        <Block key={index} block={block} ts={ts} {...links} />
      ))}
    </div>
  );
}

function Block({ block, ts, ...links }: { block: DemoBlock; ts: string } & IssueLinks) {
  switch (block.type) {
    case 'section':
      return (
        <>
          {block.text.length > 0 && (
            <p className={styles['section']} dir="auto">
              <RichTextLine pieces={block.text} {...links} />
            </p>
          )}
          {block.fields.length > 0 && (
            <div className={styles['fields']}>
              {block.fields.map((field, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: fields have no names of their own, and never move
                <p key={index} dir="auto">
                  <RichTextLine pieces={field} {...links} />
                </p>
              ))}
            </div>
          )}
        </>
      );
    case 'context':
      return (
        <p className={styles['context']} dir="auto">
          <RichTextLine pieces={block.text} {...links} />
        </p>
      );
    case 'actions':
      return <Actions buttons={block.buttons} lists={block.lists} ts={ts} />;
  }
}

const looks = {
  primary: { variant: 'light', color: 'green' },
  danger: { variant: 'light', color: 'red' },
  plain: { variant: 'default' },
} as const;

/** Buttons that wait for Slack's answer, and then for the message to change. */
function Actions({ buttons, lists, ts }: Omit<Extract<DemoBlock, { type: 'actions' }>, 'type'> & { ts: string }) {
  const click = useAction('demo:click');
  return (
    <>
      <div className={styles['actions']}>
        {buttons.map(({ actionId, label, style }) => (
          <Button
            key={actionId}
            {...looks[style]}
            disabled={click.isRunning}
            onClick={() => click.run({ ts, actionId })}
          >
            {label}
          </Button>
        ))}
        {lists.map(({ actionId, label, options }) => (
          <NativeSelect
            key={actionId}
            aria-label={label}
            size="xs"
            value=""
            disabled={click.isRunning}
            data={[{ value: '', label, disabled: true }, ...options]}
            onChange={({ currentTarget: { value: option } }) => click.run({ ts, actionId, option })}
          />
        ))}
        <span role="status" className={styles['context']}>
          {click.isRunning && 'Telling the app…'}
        </span>
      </div>
      <TroubleNotice trouble={click.trouble} />
    </>
  );
}
