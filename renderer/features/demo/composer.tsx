import { Button, Kbd, Textarea } from '@mantine/core';
import { IconBulb, IconSend2 } from '@tabler/icons-react';
import { type KeyboardEvent, type Ref, useId, useState } from 'react';
import { useAction } from '../../bridge/bridge.ts';
import { TroubleNotice } from '../../components/notice.tsx';
import { CommandMenu, commandId, useCommandMenu } from './command-menu.tsx';
import styles from './composer.module.css';
import { Suggestions } from './suggestions.tsx';

export interface ComposerProps {
  channel: string;
  text: string;
  onText(text: string): void;
  onSuggestion(ticket: string): void;
  onSent(): void;
  inputRef: Ref<HTMLTextAreaElement>;
}

/** Where a person writes as in Slack: Enter sends, and a slash offers the commands. */
export function Composer({ channel, text, onText, onSuggestion, onSent, inputRef }: ComposerProps) {
  const type = useAction('demo:type');
  const menuId = useId();
  const menu = useCommandMenu(text, onText);
  const { active } = menu;
  const [areIdeasOpen, setIdeasOpen] = useState(false);

  async function send() {
    const line = text.trimEnd();
    if (line === '' || type.isRunning) return;
    const answer = await type.run({ line });
    if (answer === null) return;
    onText('');
    onSent();
  }

  function onKeyDown(event: KeyboardEvent) {
    // Enter and arrows belong to the input method while it composes.
    if (event.nativeEvent.isComposing) return;
    if (!menu.takeKey(event)) {
      if (event.key !== 'Enter' || event.shiftKey) return;
      void send();
    }
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what is open, wherever the focus is in here
    <div className={styles['composer']} onKeyDown={(event) => event.key === 'Escape' && setIdeasOpen(false)}>
      <TroubleNotice trouble={type.trouble} title="Not sent" />
      <div className={styles['box']}>
        {active !== undefined && <CommandMenu id={menuId} commands={menu.offered} active={active} onPick={menu.pick} />}
        {areIdeasOpen && active === undefined && (
          <div className={styles['ideas']}>
            <Suggestions
              onSuggestion={(ticket) => {
                setIdeasOpen(false);
                onSuggestion(ticket);
              }}
            />
          </div>
        )}
        <Textarea
          ref={inputRef}
          variant="unstyled"
          aria-label={`Write to #${channel}`}
          aria-autocomplete="list"
          {...(active === undefined
            ? {}
            : { 'aria-controls': menuId, 'aria-activedescendant': commandId(menuId, active.name) })}
          placeholder="/ticket and what is wrong"
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
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconBulb size={14} aria-hidden />}
            aria-expanded={areIdeasOpen}
            onClick={() => setIdeasOpen(!areIdeasOpen)}
          >
            Ideas
          </Button>
          <Hint text={text} onSuggestion={onSuggestion} />
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

/** What Enter does with the text, or that it is no ticket as it stands. */
function Hint({ text, onSuggestion }: Pick<ComposerProps, 'text' | 'onSuggestion'>) {
  const isPlain = text.trim() !== '' && !text.startsWith('/');
  return (
    <span className={styles['hint']} role="status">
      {isPlain ? (
        <>
          Without /ticket it is only a message.
          <Button variant="subtle" size="compact-xs" onClick={() => onSuggestion(text)}>
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
