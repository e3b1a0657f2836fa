import { Button, Kbd, Textarea } from '@mantine/core';
import { IconBulb, IconSend2 } from '@tabler/icons-react';
import { type KeyboardEvent, type Ref, useId, useState } from 'react';
import { useAction } from '../../bridge/bridge.ts';
import { Notice } from '../../components/notice.tsx';
import { CommandMenu, commandId, matchingCommands } from './command-menu.tsx';
import styles from './composer.module.css';
import { Suggestions } from './suggestions.tsx';

export interface ComposerProps {
  channel: string;
  /** Whether a button brings suggestions up. */
  offersIdeas: boolean;
  text: string;
  onText(text: string): void;
  onSuggestion(ticket: string): void;
  onSent(): void;
  inputRef: Ref<HTMLTextAreaElement>;
}

/** Where a person writes as in Slack: Enter sends, and a slash offers the commands. */
export function Composer({ channel, offersIdeas, text, onText, onSuggestion, onSent, inputRef }: ComposerProps) {
  const type = useAction('demo:type');
  const menuId = useId();
  const [chosen, setChosen] = useState(0);
  /** The text for which the menu was closed. */
  const [closedFor, setClosedFor] = useState<string | null>(null);
  const [areIdeasOpen, setIdeasOpen] = useState(false);
  const offered = closedFor === text ? [] : matchingCommands(text);
  const active = offered[Math.min(chosen, offered.length - 1)];
  const isPlain = text.trim() !== '' && !text.startsWith('/');

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
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (active !== undefined && step !== undefined) {
      setChosen((chosen + step + offered.length) % offered.length);
    } else if (active !== undefined && (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) {
      onText(`${active.name} `);
    } else if (active !== undefined && event.key === 'Escape') {
      setClosedFor(text);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      void send();
    } else {
      return;
    }
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what is open, wherever the focus is in here
    <div className={styles['composer']} onKeyDown={(event) => event.key === 'Escape' && setIdeasOpen(false)}>
      {type.trouble !== null && (
        <Notice tone="problem" title="Not sent">
          {type.trouble.message}
        </Notice>
      )}
      <div className={styles['box']}>
        {active !== undefined && (
          <CommandMenu id={menuId} commands={offered} active={active} onPick={(name) => onText(`${name} `)} />
        )}
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
            setChosen(0);
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
          {offersIdeas && (
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<IconBulb size={14} aria-hidden />}
              aria-expanded={areIdeasOpen}
              onClick={() => setIdeasOpen(!areIdeasOpen)}
            >
              Ideas
            </Button>
          )}
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
