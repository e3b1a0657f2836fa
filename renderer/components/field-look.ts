import type { InputWrapperProps } from '@mantine/core';
import styles from './field-look.module.css';

const classNames = { label: styles['label'] ?? '', description: styles['help'] ?? '', error: styles['help'] ?? '' };
const inputWrapperOrder: NonNullable<InputWrapperProps['inputWrapperOrder']> = [
  'label',
  'input',
  'description',
  'error',
];

/** A form's field: help and notes stand below what is typed. */
export const fieldLook = { inputWrapperOrder, classNames };

/**
 * A field that suggests. Its list opens beside it in the document, so that it belongs to the page's landmarks, and
 * scrolls itself, so that assistive technology knows what scrolls.
 */
export const suggestingFieldLook = {
  inputWrapperOrder,
  classNames: { ...classNames, options: styles['options'] ?? '' },
  withScrollArea: false,
  comboboxProps: { withinPortal: false, floatingStrategy: 'fixed', shadow: 'md' },
  limit: 100,
} as const;
