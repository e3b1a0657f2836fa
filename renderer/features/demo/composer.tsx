import { ActionIcon, Button, Kbd, Menu, Textarea } from '@mantine/core';
import { IconBulb, IconPlus, IconSend2, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, type Ref, useId, useState } from 'react';
import type { DemoMessage, DemoPlace, DemoView } from '../../../shared/demo-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { TroubleNotice } from '../../components/notice.tsx';
import styles from './composer.module.css';
import { offerId, useWritingMenu, WritingMenu } from './writing-menu.tsx';

export interface ComposerProps {
  view: DemoView;
  place: DemoPlace;
  /** The message whose thread is answered; null: none. */
  replyTo: DemoMessage | null;
  onReplyEnd(): void;
  text: string;
  onText(text: string): void;
  /** Puts the command in front of a text. */
  onCommand(text: string): void;
  onSent(): void;
  /** What a button brings up; `close` puts it away again. */
  ideas(close: () => void): ReactNode;
  inputRef: Ref<HTMLTextAreaElement>;
}

/** Where a person writes as in Slack: Enter sends, a slash offers the commands, and an @ the people. */
export function Composer(props: ComposerProps) {
  const { view, place, replyTo, onReplyEnd, text, onText, onCommand, onSent, ideas, inputRef } = props;
  const type = useAction('demo:type');
  const shortcut = useAction('demo:shortcut');
  const menuId = useId();
  const shortcuts = view.shortcuts
    .filter((each) => each.type === 'global')
    .map(({ id, name }) => ({ name, run: () => void shortcut.run({ id, ts: null }) }));
  const menu = useWritingMenu(text, { onText, shortcuts, people: [view.bot, ...view.people] });
  const { active } = menu;
  const [areIdeasOpen, setIdeasOpen] = useState(false);
  const label = labelFor(view, place, replyTo);

  async function send() {
    const line = text.trimEnd();
    if (line === '' || type.isRunning) return;
    const answer = await type.run({ line, place, thread: replyTo === null ? null : (replyTo.thread ?? replyTo.ts) });
    if (answer === null) return;
    onText('');
    onSent();
  }

  function onKeyDown(event: KeyboardEvent) {
    // Enter and arrows belong to the input method while it composes.
    if (event.nativeEvent.isComposing) return;
    if (!menu.takeKey(event)) {
      if (event.key === 'Escape' && !areIdeasOpen) onReplyEnd();
      if (event.key !== 'Enter' || event.shiftKey) return;
      void send();
    }
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what is open, wherever the focus is in here
    <div className={styles['composer']} onKeyDown={(event) => event.key === 'Escape' && setIdeasOpen(false)}>
      <TroubleNotice trouble={type.trouble} title="Not sent" />
      <TroubleNotice trouble={shortcut.trouble} />
      <div className={styles['box']}>
        {active !== undefined && <WritingMenu id={menuId} offers={menu.offered} active={active} />}
        {areIdeasOpen && active === undefined && (
          <div className={styles['ideas']}>{ideas(() => setIdeasOpen(false))}</div>
        )}
        {replyTo !== null && (
          <p className={styles['reply']}>
            <span>Reply in the thread of {replyTo.author}’s message</span>
            <ActionIcon size="xs" aria-label="Leave the thread" onClick={onReplyEnd}>
              <IconX size={12} aria-hidden />
            </ActionIcon>
          </p>
        )}
        <Textarea
          ref={inputRef}
          variant="unstyled"
          aria-label={label}
          aria-autocomplete="list"
          {...(active === undefined
            ? {}
            : { 'aria-controls': menuId, 'aria-activedescendant': offerId(menuId, active.name) })}
          placeholder={placeholderFor(view, place, replyTo)}
          value={text}
          onChange={(event) => {
            menu.restart();
            onText(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
          readOnly={type.isRunning}
          maxLength={12_000}
          rows={1}
          dir="auto"
          autoComplete="off"
        />
        <div className={styles['row']}>
          {shortcuts.length > 0 && (
            <Menu position="top-start">
              <Menu.Target>
                <ActionIcon aria-label="Shortcuts">
                  <IconPlus size={16} aria-hidden />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {shortcuts.map(({ name, run }) => (
                  <Menu.Item key={name} onClick={run}>
                    {name} <span className={styles['from']}>AI Ticket Agent</span>
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconBulb size={14} aria-hidden />}
            aria-expanded={areIdeasOpen}
            onClick={() => setIdeasOpen(!areIdeasOpen)}
          >
            Ideas
          </Button>
          <Hint
            text={text}
            isMessage={active === undefined && isOnlyMessage(text, view, place)}
            onCommand={() => onCommand(text)}
          />
          <Button
            variant="filled"
            leftSection={<IconSend2 size={14} aria-hidden />}
            disabled={text.trim() === ''}
            loading={type.isRunning}
            loaderProps={{ type: 'dots', size: 'xs' }}
            onClick={send}
          >
            Send
          </Button>
        </div>
      </div>
    </div>
  );
}

function labelFor({ channel }: DemoView, place: DemoPlace, replyTo: DemoMessage | null): string {
  if (replyTo !== null) return `Reply to ${replyTo.author}`;
  return place === 'channel' ? `Write to #${channel}` : 'Write to AI Ticket Agent';
}

function placeholderFor({ bot }: DemoView, place: DemoPlace, replyTo: DemoMessage | null): string {
  if (replyTo !== null) return `@${bot} files what the thread is about`;
  return place === 'channel' ? '/ticket and what is wrong' : 'What is wrong, in your own words';
}

/** Whether the text files nothing as it stands. */
function isOnlyMessage(text: string, { bot }: DemoView, place: DemoPlace): boolean {
  return place === 'channel' && text.trim() !== '' && !text.startsWith('/') && !text.includes(`@${bot}`);
}

/** What Enter does with the text, or that it is no ticket as it stands. */
function Hint({ text, isMessage, onCommand }: { text: string; isMessage: boolean; onCommand(): void }) {
  return (
    <span className={styles['hint']} role="status">
      {isMessage ? (
        <>
          Without /ticket it is only a message.
          <Button variant="subtle" size="compact-xs" onClick={onCommand}>
            Put /ticket in front
          </Button>
        </>
      ) : (
        text !== '' && (
          <span className={styles['keys']}>
            <Kbd size="xs">Enter</Kbd> sends
          </span>
        )
      )}
    </span>
  );
}
