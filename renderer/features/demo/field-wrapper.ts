/** What Slack writes around an input. */
export interface FieldWords {
  label: string;
  hint: string;
  isOptional: boolean;
}

/** What Mantine's inputs take of a field; `name`: what it is called where no label stands above it. */
export function wrapperOf(
  field: FieldWords | undefined,
  { error, name, hasFocus }: { error: string | undefined; name: string; hasFocus: boolean },
) {
  const focus = { 'data-autofocus': hasFocus || undefined };
  if (field === undefined) return { 'aria-label': name, size: 'xs' as const, ...focus };
  return {
    label: field.isOptional ? `${field.label} (optional)` : field.label,
    'aria-required': !field.isOptional,
    description: field.hint || undefined,
    error,
    inputWrapperOrder: ['label' as const, 'input' as const, 'error' as const, 'description' as const],
    ...focus,
  };
}

export type FieldWrapper = ReturnType<typeof wrapperOf>;
