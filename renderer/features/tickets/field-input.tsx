import { Checkbox, MultiSelect, Radio, Select, Textarea, TextInput } from '@mantine/core';
import type { FormField, FormValue } from '../../../shared/issue-form.ts';
import { suggestingFieldLook } from '../../components/field-look.ts';
import { cascadeOf, choicesOf, keyOf, keysIn, keysOfCascade, localTime, momentOf, textOf } from './field-entries.ts';
import styles from './field-input.module.css';

export interface FieldInputProps {
  field: FormField;
  /** undefined where nothing was entered. */
  value: FormValue | undefined;
  error: string | null;
  onChange(value: FormValue): void;
}

const { inputWrapperOrder, classNames, comboboxProps, withScrollArea } = suggestingFieldLook;
/** Lists open within the dialog, and scroll themselves. */
const listLook = { comboboxProps, withScrollArea, classNames: { options: classNames.options } };

/** More choices than one wants to look through. */
const manyOptions = 8;
const longestText = 32_767;

/** An input for one field of the tracker, whatever its kind. */
export function FieldInput({ field, value, error, onChange }: FieldInputProps) {
  const { id, kind, name, help, options, required } = field;
  const common = {
    label: name,
    description: help,
    error,
    required,
    name: id,
    withAsterisk: required,
    inputWrapperOrder,
  };
  const typed = {
    ...common,
    dir: 'auto',
    maxLength: longestText,
    value: textOf(value),
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  } as const;
  const data = options.map((option) => ({ value: keyOf(option), label: option.name }));
  const list = { ...common, ...listLook, searchable: options.length > manyOptions, maxDropdownHeight: 180 };
  const keys = keysIn(value, options);

  switch (kind) {
    case 'textarea':
      return <Textarea {...typed} rows={3} />;
    case 'number':
      return <TextInput {...typed} inputMode="decimal" />;
    case 'url':
      return <TextInput {...typed} inputMode="url" placeholder="https://" />;
    case 'user':
      return <TextInput {...typed} inputMode="email" />;
    case 'date':
      return <TextInput {...typed} type="date" />;
    case 'datetime':
      return (
        <TextInput
          {...typed}
          type="datetime-local"
          value={localTime(value)}
          onChange={(event) => onChange(momentOf(event.currentTarget.value))}
        />
      );
    case 'select':
      return (
        <Select
          {...list}
          data={data}
          value={keys[0] ?? null}
          clearable={!required}
          onChange={(key) => onChange(choicesOf(key === null ? [] : [key], options)[0] ?? null)}
        />
      );
    case 'multi_select':
      return (
        <MultiSelect
          {...list}
          data={data}
          value={keys}
          // Its input takes no pointer otherwise.
          searchable
          hidePickedOptions
          onChange={(chosenKeys) => onChange(choicesOf(chosenKeys, options))}
        />
      );
    case 'radio':
      return (
        <Radio.Group
          {...common}
          value={keys[0] ?? null}
          onChange={(key) => onChange(choicesOf([key], options)[0] ?? null)}
        >
          <div className={styles['choices']}>
            {data.map((option) => (
              <Radio key={option.value} {...option} />
            ))}
          </div>
        </Radio.Group>
      );
    case 'checkboxes':
      return (
        <Checkbox.Group {...common} value={keys} onChange={(chosenKeys) => onChange(choicesOf(chosenKeys, options))}>
          <div className={styles['choices']}>
            {data.map((option) => (
              <Checkbox key={option.value} {...option} />
            ))}
          </div>
        </Checkbox.Group>
      );
    case 'cascading':
      return <Cascade {...{ field, value, error, onChange }} />;
    case 'text':
    case 'users':
    case 'labels':
      return <TextInput {...typed} />;
  }
}

/** Two lists, of which the second depends on the first. */
function Cascade({ field, value, error, onChange }: FieldInputProps) {
  const { name, help, options, required } = field;
  const [parent, child] = keysOfCascade(value, options);
  const children = options.find((option) => keyOf(option) === parent)?.children ?? [];
  const toData = (choices: readonly { id: string | null; name: string }[]) =>
    choices.map((choice) => ({ value: keyOf(choice), label: choice.name }));
  return (
    <div className={styles['cascade']}>
      <Select
        {...listLook}
        inputWrapperOrder={inputWrapperOrder}
        label={name}
        description={help}
        error={error}
        required={required}
        withAsterisk={required}
        data={toData(options)}
        searchable={options.length > manyOptions}
        clearable={!required}
        value={parent}
        onChange={(key) => onChange(cascadeOf(key, null, options))}
      />
      {children.length > 0 && (
        <Select
          {...listLook}
          aria-label={`${name}, more exactly`}
          placeholder="More exactly"
          data={toData(children)}
          searchable={children.length > manyOptions}
          clearable
          value={child}
          onChange={(key) => onChange(cascadeOf(parent, key, options))}
        />
      )}
    </div>
  );
}
