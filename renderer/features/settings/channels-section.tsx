import { Button, TextInput } from '@mantine/core';
import { IconMessages, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { channelKey, otherChannels } from '../../../shared/channel-rules.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { fieldLook } from '../../components/field-look.ts';
import { useKeptFocus } from '../../components/kept-focus.ts';
import { Panel } from '../../components/panel.tsx';
import { type ChannelItem, channelItems, faultInName } from './channel-items.ts';
import { ChannelRow } from './channel-row.tsx';
import styles from './channels.module.css';
import { draftEntry, useSettingsDraft } from './settings-draft.ts';

/** What is different for tickets of some channels. */
export function ChannelsSection({ view }: { view: SettingsView }) {
  const items = channelItems(view, useSettingsDraft());
  /** The channel whose rules are open; the focus goes there where it was just added. */
  const [open, setOpen] = useState<{ key: string; isNew: boolean } | null>(null);
  const list = useKeptFocus<HTMLUListElement>(items.length);

  function add(key: string): void {
    draftEntry('channels', key, {});
    setOpen({ key, isNew: true });
  }

  return (
    <Panel
      title="Channels"
      description="Where tickets of a channel go and how it is answered, where that is not as everywhere else."
    >
      {items.length === 0 && (
        <EmptyState icon={IconMessages} title="All channels are alike">
          Add the one that needs a project, an emoji or a rule of its own.
        </EmptyState>
      )}
      <ul ref={list} className={styles['list']} aria-label="Channels with rules" tabIndex={-1}>
        {items.map((item) => (
          <ChannelRow
            key={item.key}
            item={item}
            items={items}
            view={view}
            isOpen={open?.key === item.key}
            takesFocus={open?.key === item.key && open.isNew}
            onOpen={(isOpen) => setOpen(isOpen ? { key: item.key, isNew: false } : null)}
          />
        ))}
      </ul>
      <AddChannel items={items} onAdd={add} />
    </Panel>
  );
}

function AddChannel({ items, onAdd }: { items: readonly ChannelItem[]; onAdd(key: string): void }) {
  const [name, setName] = useState('');
  const [isRefused, setRefused] = useState(false);
  const fault = faultInName(name, items);

  function add(): void {
    setRefused(fault !== null);
    if (fault !== null) return;
    onAdd(channelKey(name));
    setName('');
  }

  return (
    <div className={styles['add']}>
      <TextInput
        {...fieldLook}
        className={styles['name']}
        label="Channel"
        placeholder="ops"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // It adds the channel; the form is not saved by it.
          event.preventDefault();
          add();
        }}
        description="Its name, with or without #, or its ID in Slack. A private one is known by its ID in any case."
        error={isRefused && fault}
        spellCheck={false}
        autoComplete="off"
      />
      <Button className={styles['button']} leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
        Add channel
      </Button>
      {!items.some(({ key }) => key === otherChannels) && (
        <Button className={styles['button']} variant="subtle" onClick={() => onAdd(otherChannels)}>
          Rules for all others
        </Button>
      )}
    </div>
  );
}
