/** What Slack writes around an input. */
export interface FieldWords {
  label: string;
  hint: string;
  isOptional: boolean;
}

/** What Mantine's inputs take of a field. */
export function wrapperOf(field: FieldWords | undefined, error: string | undefined, name: string) {
  if (field === undefined) return { 'aria-label': name, size: 'xs' as const };
  return {
    label: field.label,
    ...(field.isOptional ? { labelProps: { 'data-optional': true } } : { withAsterisk: false, required: false }),
    'aria-required': !field.isOptional,
    description: field.hint || undefined,
    error,
    inputWrapperOrder: ['label' as const, 'input' as const, 'error' as const, 'description' as const],
  };
}

export type FieldWrapper = ReturnType<typeof wrapperOf>;
