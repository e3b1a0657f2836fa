import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconMessageReply, IconMoodPlus } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { DemoView } from '../../../shared/demo-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { TroubleNotice } from '../../components/notice.tsx';
import styles from './message-menu.module.css';

/** Emoji to put on a message: the app's own first. */
const offered = [
  { name: 'ticket', emoji: '🎫' },
  { name: 'eyes', emoji: '👀' },
  { name: '+1', emoji: '👍' },
  { name: 'white_check_mark', emoji: '✅' },
  { name: 'rotating_light', emoji: '🚨' },
];

export interface MessageMenuProps {
  ts: string;
  /** Who wrote it. */
  author: string;
  shortcuts: DemoView['shortcuts'];
  /** null where it cannot be answered. */
  onReply: (() => void) | null;
}

/** Arrows go from button to button, so that a message costs one Tab, not four. */
function moveInToolbar({ key, currentTarget }: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  const buttons = [...currentTarget.querySelectorAll<HTMLElement>(':scope > button')];
  const here = buttons.findIndex((button) => button.matches(':focus'));
  if (step !== undefined && here >= 0) buttons.at((here + step) % buttons.length)?.focus();
}

/** What can be done with a message: the buttons that Slack shows above the one under the pointer, or with the focus. */
export function MessageMenu({ ts, author, shortcuts, onReply }: MessageMenuProps) {
  const react = useAction('demo:react');
  const shortcut = useAction('demo:shortcut');
  const onMessages = shortcuts.filter(({ type }) => type === 'message');
  return (
    <>
      <div
        className={styles['menu']}
        role="toolbar"
        aria-label={`What to do with ${author}’s message`}
        onKeyDown={moveInToolbar}
      >
        <ActionIcon
          aria-label="React with :ticket:"
          title="React with :ticket:"
          onClick={() => react.run({ ts, name: 'ticket' })}
        >
          <span className={styles['emoji']}>🎫</span>
        </ActionIcon>
        <Menu>
          <Menu.Target>
            <ActionIcon tabIndex={-1} aria-label="Add another reaction" title="Add another reaction">
              <IconMoodPlus size={16} stroke={1.75} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {offered.map(({ name, emoji }) => (
              <Menu.Item key={name} leftSection={emoji} onClick={() => react.run({ ts, name })}>
                :{name}:
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        {onReply !== null && (
          <ActionIcon tabIndex={-1} aria-label="Reply in thread" title="Reply in thread" onClick={onReply}>
            <IconMessageReply size={16} stroke={1.75} aria-hidden />
          </ActionIcon>
        )}
        {onMessages.length > 0 && (
          <Menu>
            <Menu.Target>
              <ActionIcon tabIndex={-1} aria-label="More actions" title="More actions">
                <IconDots size={16} stroke={1.75} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {onMessages.map(({ id, name }) => (
                <Menu.Item key={id} onClick={() => shortcut.run({ id, ts })}>
                  {name} <span className={styles['from']}>AI Ticket Agent</span>
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <TroubleNotice trouble={react.trouble ?? shortcut.trouble} />
    </>
  );
}
