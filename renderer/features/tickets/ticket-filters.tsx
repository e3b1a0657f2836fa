import { Button, CloseButton, Popover, Select } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { labelSchema, labels } from '../../../shared/labels.ts';
import { placeKind, placeWords } from '../../../shared/places.ts';
import type { TicketFilter, TicketOverview } from '../../../shared/ticket-list.ts';
import styles from './ticket-filters.module.css';

/** What the list can be narrowed down to. */
export type Narrowing = Pick<TicketFilter, 'label' | 'channel' | 'user'>;
export const noNarrowing: Narrowing = { label: null, channel: null, user: null };

export interface TicketFiltersProps {
  value: Narrowing;
  overview: TicketOverview | null;
  /** Whether all stand in one menu. */
  isNarrow: boolean;
  onChange(value: Narrowing): void;
}

export function TicketFilters({ value, overview, isNarrow, onChange }: TicketFiltersProps) {
  const chosen = Object.values(value).filter((one) => one !== null).length;
  const clear = () => onChange(noNarrowing);
  if (!isNarrow) {
    return (
      <div className={styles['row']}>
        <Fields value={value} overview={overview} onChange={onChange} isInMenu={false} />
        {chosen > 0 && <CloseButton size="sm" aria-label="Clear filters" title="Clear filters" onClick={clear} />}
      </div>
    );
  }
  return (
    <Popover position="bottom-end" shadow="md" trapFocus withinPortal={false}>
      <Popover.Target>
        <Button leftSection={<IconAdjustmentsHorizontal size={14} aria-hidden />}>
          {chosen > 0 ? `Filters (${chosen})` : 'Filters'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles['menu']} aria-label="Filters">
        <Fields value={value} overview={overview} onChange={onChange} isInMenu />
        <Button disabled={chosen === 0} onClick={clear}>
          Clear filters
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

type FieldsProps = Omit<TicketFiltersProps, 'isNarrow'> & { isInMenu: boolean };

function Fields({ value, overview, isInMenu, onChange }: FieldsProps) {
  const channels = (overview?.channels ?? []).map(({ id, name }) => {
    const place = { channel: id, channelName: name };
    // Several are called the same.
    return { value: id, label: `${placeWords(place) ?? id}${placeKind(place) === null ? '' : ` (${id})`}` };
  });
  const people = (overview?.people ?? []).map(({ id, name }) => ({ value: id, label: name ?? id }));
  const look = (name: string) => ({
    ...(isInMenu ? { label: name } : { 'aria-label': name }),
    placeholder: isInMenu ? `Any ${name.toLowerCase()}` : name,
    size: isInMenu ? 'sm' : 'xs',
    clearable: true,
    className: isInMenu ? '' : (styles['field'] ?? ''),
    // In its place, so that a click on an option is none outside of the menu, and that it stays within the landmark.
    comboboxProps: { withinPortal: false, shadow: 'md', width: isInMenu ? ('target' as const) : 200 },
    nothingFoundMessage: 'Nothing like it',
  });
  return (
    <>
      <Select
        {...look('Type')}
        data={[...labels]}
        value={value.label}
        onChange={(label) => onChange({ ...value, label: label === null ? null : labelSchema.parse(label) })}
      />
      <Select
        {...look('Channel')}
        searchable
        data={channels}
        value={value.channel}
        onChange={(channel) => onChange({ ...value, channel })}
      />
      <Select
        {...look('Person')}
        searchable
        data={people}
        value={value.user}
        onChange={(user) => onChange({ ...value, user })}
      />
    </>
  );
}
