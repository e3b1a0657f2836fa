import { Button } from '@mantine/core';
import { IconPointFilled } from '@tabler/icons-react';
import { useId } from 'react';
import type { SettingPlace } from '../../../shared/setting-row.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { ChannelFields } from './channel-fields.tsx';
import { type ChannelItem, channelTitle, ruleWords } from './channel-items.ts';
import styles from './channels.module.css';
import { draftEntry } from './settings-draft.ts';

export interface ChannelRowProps {
  item: ChannelItem;
  items: readonly ChannelItem[];
  view: SettingsView;
  isOpen: boolean;
  /** Whether it was just added. */
  takesFocus: boolean;
  onOpen(isOpen: boolean): void;
}

/** A channel, what is different for it, and what can be done about that. */
export function ChannelRow({ item, items, view, isOpen, takesFocus, onOpen }: ChannelRowProps) {
  const id = useId();
  const { key, rules, state } = item;
  const title = channelTitle(key);
  const isRemoved = state === 'removed';
  const note = noteFor(item);
  return (
    <li className={styles['channel']} data-removed={isRemoved || undefined}>
      <div className={styles['head']}>
        <div className={styles['words']}>
          <strong id={id}>{title}</strong>
          {state !== 'saved' && (
            <span className={styles['state']}>
              <IconPointFilled size={12} aria-hidden className={styles['unsaved']} />
              {stateWords[state]}
            </span>
          )}
          <span className={styles['rules']}>{inWords(rules)}</span>
          {note !== null && <span className={styles['note']}>{note}</span>}
        </div>
        <div className={styles['actions']}>
          {!isRemoved && (
            <Button
              variant="subtle"
              aria-expanded={isOpen}
              aria-label={`${isOpen ? 'Close' : 'Edit'} ${title}`}
              onClick={() => onOpen(!isOpen)}
            >
              {isOpen ? 'Close' : 'Edit'}
            </Button>
          )}
          <Removal item={item} title={title} onRemoved={() => onOpen(false)} />
        </div>
      </div>
      {isOpen && !isRemoved && (
        <ChannelFields item={item} items={items} view={view} labelledBy={id} takesFocus={takesFocus} />
      )}
    </li>
  );
}

/** Takes a channel out, or back in; nothing for one that stands in a file alone. */
function Removal({ item, title, onRemoved }: { item: ChannelItem; title: string; onRemoved(): void }) {
  const { key, state, isOwn, file } = item;
  const entry = state === 'new' || (state === 'changed' && !isOwn) || state === 'removed' ? undefined : null;
  if (entry === null && !isOwn) return null;
  const words = state === 'removed' ? 'Keep' : entry === null && file !== null ? 'Use config.yml’s' : 'Remove';
  const shown = state === 'changed' && !isOwn ? 'Undo' : words;
  return (
    <Button
      variant="subtle"
      color="gray"
      aria-label={`${shown} ${shown === 'Use config.yml’s' ? `for ${title}` : title}`}
      onClick={() => {
        draftEntry('channels', key, entry);
        if (state !== 'removed') onRemoved();
      }}
    >
      {shown}
    </Button>
  );
}

function inWords(rules: ChannelItem['rules']): string {
  const words = ruleWords(rules).join(' · ');
  return words === '' ? 'As usual' : words.slice(0, 1).toUpperCase() + words.slice(1);
}

const stateWords = {
  changed: 'changed, not saved yet',
  new: 'not saved yet',
  removed: 'goes when you save',
} as const;

const fileWords: Partial<Record<SettingPlace, string>> = {
  './config.yml': 'config.yml in the folder that the program was started in',
  'config.yml': 'config.yml',
};

function noteFor({ isOwn, file, state }: ChannelItem): string | null {
  const words = file === null ? undefined : fileWords[file];
  if (words === undefined) return null;
  if (state === 'removed') return `Then ${words} counts.`;
  return isOwn ? `Saved here, so what ${words} says does not count.` : `From ${words}. What you save here wins.`;
}
