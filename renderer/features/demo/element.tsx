import { Button, Checkbox, Menu, Radio, Textarea, TextInput } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { DemoElement } from '../../../shared/demo-view.ts';
import styles from './block.module.css';
import { type FieldWords, type FieldWrapper, wrapperOf } from './field-wrapper.ts';
import { fromInputValue, toInputValue } from './moment-value.ts';
import { SelectElement } from './select-element.tsx';
import { type ElementPlace, useSurface } from './surface.ts';

export interface ElementProps {
  element: DemoElement;
  blockId: string;
  /** Label of an input block; elsewhere an element has none of its own. */
  field?: FieldWords;
  /** Whether the app hears at once of what is done here. */
  acts: boolean;
}

const looks = {
  primary: { variant: 'light', color: 'green' },
  danger: { variant: 'light', color: 'red' },
  plain: { variant: 'default' },
} as const;

/** An element of Block Kit that a person can use. */
export function Element({ element, blockId, field, acts }: ElementProps): ReactNode {
  const surface = useSurface();
  if (element.type === 'unknown') {
    return <p className={styles['context']}>{`Slack shows a ${element.name} here; the demo cannot.`}</p>;
  }
  const place = { blockId, actionId: element.actionId };
  if (element.type === 'button') {
    return (
      <Button {...looks[element.style]} disabled={surface.isBusy} onClick={() => surface.act(place, element, [])}>
        {element.label}
      </Button>
    );
  }
  if (element.type === 'menu') return <Overflow element={element} place={place} />;
  const wrapper = wrapperOf(field, {
    error: surface.errorOf(blockId),
    name: element.placeholder,
    hasFocus: element.hasFocus || surface.isFirst(blockId),
  });
  const set = (value: string[], tells = acts) => {
    surface.change(place, element, value);
    if (tells) surface.act(place, element, value);
  };
  switch (element.type) {
    case 'text':
      return <TextElement element={element} place={place} wrapper={wrapper} acts={acts} set={set} />;
    case 'moment': {
      const [value = ''] = surface.valueOf(place, element);
      return (
        <TextInput
          {...wrapper}
          type={element.kind === 'datetime' ? 'datetime-local' : element.kind}
          className={styles['short']}
          value={toInputValue(element.kind, value)}
          onChange={({ currentTarget: { value: typed } }) => set(fromInputValue(element.kind, typed))}
        />
      );
    }
    case 'select':
      return <SelectElement element={element} place={place} wrapper={wrapper} onSet={set} />;
    case 'choice':
      return <Choice element={element} place={place} wrapper={wrapper} set={set} />;
  }
}

interface PartProps<Type extends DemoElement['type']> {
  element: Extract<DemoElement, { type: Type }>;
  place: ElementPlace;
  wrapper: FieldWrapper;
  set(value: string[], tells?: boolean): void;
}

function TextElement({ element, place, wrapper, acts, set }: PartProps<'text'> & { acts: boolean }) {
  const surface = useSurface();
  const [value = ''] = surface.valueOf(place, element);
  const common = {
    ...wrapper,
    value,
    placeholder: element.placeholder,
    dir: 'auto',
    autoComplete: 'off',
    ...(element.maxLength !== null && { maxLength: element.maxLength }),
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => {
      const { value: typed } = currentTarget;
      set(typed === '' ? [] : [typed], acts && element.dispatchesOn === 'character');
    },
  };
  if (element.isMultiline) return <Textarea {...common} rows={3} className={styles['long']} />;
  return (
    <TextInput
      {...common}
      inputMode={element.kind === 'number' ? 'decimal' : element.kind}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing || !acts) return;
        // What goes to the app by itself does not send the form.
        event.preventDefault();
        if (element.dispatchesOn === 'enter') set(value === '' ? [] : [value], true);
      }}
    />
  );
}

function Choice({ element, place, wrapper, set }: PartProps<'choice'>) {
  const surface = useSurface();
  const chosen = surface.valueOf(place, element);
  const { isMulti, options } = element;
  const items = options.map(({ value, text, description }) => {
    const common = { key: value, value, label: text, description };
    return isMulti ? <Checkbox {...common} key={value} /> : <Radio {...common} key={value} />;
  });
  if (isMulti) {
    return (
      <Checkbox.Group {...wrapper} value={chosen} onChange={(value) => set(value)}>
        <div className={styles['choices']}>{items}</div>
      </Checkbox.Group>
    );
  }
  return (
    <Radio.Group {...wrapper} value={chosen[0] ?? null} onChange={(value) => set([value])}>
      <div className={styles['choices']}>{items}</div>
    </Radio.Group>
  );
}

function Overflow({ element, place }: Pick<PartProps<'menu'>, 'element' | 'place'>) {
  const surface = useSurface();
  return (
    <Menu>
      <Menu.Target>
        <Button aria-label="More" disabled={surface.isBusy}>
          <IconDots size={16} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {element.options.map(({ value, text }) => (
          <Menu.Item key={value} onClick={() => surface.act(place, element, [value])}>
            {text}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
