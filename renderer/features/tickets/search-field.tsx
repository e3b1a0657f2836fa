import { CloseButton, Kbd, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, RefObject } from 'react';
import styles from './search-field.module.css';

export interface SearchFieldProps {
  value: string;
  fieldRef: RefObject<HTMLInputElement | null>;
  onChange(value: string): void;
  /** Called where the person is done typing and wants the list. */
  onEnterList(): void;
}

/** Finds tickets by words of their text, key, requester or channel. Esc clears it first, then leaves it. */
export function SearchField({ value, fieldRef, onChange, onEnterList }: SearchFieldProps) {
  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && value !== '') onChange('');
    else if (event.key === 'Escape' || event.key === 'ArrowDown' || event.key === 'Enter') onEnterList();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <TextInput
      ref={fieldRef}
      className={styles['search']}
      classNames={{ input: styles['input'] }}
      size="xs"
      type="search"
      aria-label="Search tickets"
      aria-keyshortcuts="/"
      placeholder="Search tickets"
      maxLength={500}
      spellCheck={false}
      autoComplete="off"
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        value === '' ? (
          <Kbd size="xs" aria-hidden>
            /
          </Kbd>
        ) : (
          <CloseButton size="sm" aria-label="Clear search" onClick={() => onChange('')} />
        )
      }
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}
