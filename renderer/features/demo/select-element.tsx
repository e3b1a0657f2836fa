import { MultiSelect, Select } from '@mantine/core';
import type { DemoElement } from '../../../shared/demo-view.ts';
import styles from './block.module.css';
import type { FieldWrapper } from './field-wrapper.ts';
import { type ElementPlace, useSurface } from './surface.ts';
import { useOptions } from './use-options.ts';

export interface SelectElementProps {
  element: Extract<DemoElement, { type: 'select' }>;
  place: ElementPlace;
  wrapper: FieldWrapper;
  onSet(value: string[]): void;
}

/** A list to choose from, with a search; where the app has the options, it is asked as somebody types. */
export function SelectElement({ element, place, wrapper, onSet }: SelectElementProps) {
  const surface = useSurface();
  const { isMulti, placeholder, mostItems } = element;
  const value = surface.valueOf(place, element);
  const { data, hint, offered, search } = useOptions(element, place, value);
  const common = {
    ...wrapper,
    placeholder: isMulti && value.length > 0 ? '' : placeholder,
    data,
    searchable: true,
    // A form that begins in a list shows the whole form first.
    openOnFocus: false,
    nothingFoundMessage: hint,
    onDropdownOpen: () => search(''),
    onSearchChange: search,
    ...(offered === null ? {} : { filter: offered }),
    limit: 100,
  };
  if (isMulti) {
    return (
      <MultiSelect
        {...common}
        {...(mostItems === null ? {} : { maxValues: mostItems })}
        value={value}
        onChange={(next) => onSet(next)}
      />
    );
  }
  return (
    <Select
      {...common}
      className={styles['select']}
      allowDeselect={false}
      value={value[0] ?? null}
      onChange={(next) => onSet(next === null ? [] : [next])}
    />
  );
}
