import { z } from 'zod';

/** Kinds of input that a person fills in, whatever the tracker's field is. */
export const inputKinds = [
  'text',
  'textarea',
  'number',
  'url',
  'date',
  'datetime',
  'select',
  'radio',
  'multi_select',
  'checkboxes',
  'cascading',
  'user',
  'users',
  'labels',
] as const;
export type InputKind = (typeof inputKinds)[number];

const choiceSchema = z.object({
  /** The tracker's own; null where only the name is known. */
  id: z.string().nullable(),
  name: z.string(),
});

/** One thing to choose; in a cascading select with what can be chosen below it. */
export const formOptionSchema = choiceSchema.extend({ children: z.array(choiceSchema) });
export type FormOption = z.infer<typeof formOptionSchema>;

/** A field of the tracker as an input. Nothing in it depends on the tracker or its dialect. */
export const formFieldSchema = z.object({
  id: z.string(),
  /** What people call it. */
  name: z.string(),
  kind: z.enum(inputKinds),
  required: z.boolean(),
  /** Empty where nothing is to be chosen. */
  options: z.array(formOptionSchema),
  /** What to enter, where the name does not say it; else null. */
  help: z.string().nullable(),
});
export type FormField = z.infer<typeof formFieldSchema>;

/** What a person is asked for before an issue of one type can be made. */
export const issueFormSchema = z.object({
  /** The type that the issue gets; null where a person has to choose one first. */
  issueType: z.string().nullable(),
  /** Names of the types that a ticket can become in this project; empty where the tracker does not tell. */
  types: z.array(z.string()),
  fields: z.array(formFieldSchema),
});
export type IssueForm = z.infer<typeof issueFormSchema>;

/** What a person enters: text as typed, a moment as ISO 8601 with its zone, and what is chosen as `chosen` gives it. */
export type FormValue = z.infer<ReturnType<typeof z.json>>;

/** A choice as it is stored on a ticket: by id, so that nobody's renaming changes it. */
export function chosen({ id, name }: { id: string | null; name: string }): FormValue {
  return id === null ? name : { id };
}

/** Whether nothing was entered. */
export function isBlank(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === null || value === undefined || (Array.isArray(value) && value.every(isBlank));
}
