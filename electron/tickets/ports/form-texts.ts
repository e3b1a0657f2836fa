import type { FormValue } from '../../../shared/issue-form.ts';

/** Values by the id of the tracker's field. */
export type FieldValues = Readonly<Record<string, FormValue>>;

/**
 * Keeps what was typed into fields of an open form that it does not show just now, for a day. Forms go by the chat's own id.
 * Throws AppError `storage_failed`.
 */
export interface FormTexts {
  keepTexts(form: string, values: FieldValues): Promise<void>;
  /** What is kept of a form; null where nothing was ever kept of it here. */
  keptTexts(form: string): Promise<FieldValues | null>;
}
