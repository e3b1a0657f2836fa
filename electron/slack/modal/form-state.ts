import { z } from 'zod';
import { type Label, labelSchema } from '../../../shared/labels.ts';
import { mapOf } from '../../network/bounded-schema.ts';
import type { Entered } from './metadata.ts';

/** Ids of the form's own blocks; a field's is `fieldBlock` of its id, whatever the type. */
export const blocks = { channel: 'channel', summary: 'summary', description: 'description', type: 'type' } as const;
/** Ids of elements: of lists that ask the program for options, of those that change the form, of all others. */
export const elements = {
  value: 'value',
  pick: 'pick_option',
  type: 'set_form_type',
  channel: 'set_form_channel',
} as const;
/** The choice to leave the type to what the text says. */
export const fromText = 'from_text';

const fieldPrefix = 'field:';
export const fieldBlock = (id: string) => `${fieldPrefix}${id}`.slice(0, 255);

/** What stands in a form. */
export interface FormState {
  summary: string;
  description: string;
  /** The chosen label; null: as the text says. */
  choice: Label | null;
  channel: { id: string; name: string | null } | null;
  /** What was entered, by the ids of the tracker's fields. */
  entered: Record<string, Entered>;
}

const optionSchema = z.object({ value: z.string(), text: z.object({ text: z.string() }).nullish().catch(null) });
/** An element's state, by whichever kind: docs.slack.dev/reference/interaction-payloads/view-interactions-payload. */
const elementSchema = z
  .object({
    value: z.string().nullish().catch(null),
    selected_option: optionSchema.nullish().catch(null),
    selected_options: z.array(optionSchema).max(100).nullish().catch(null),
    selected_date: z.string().nullish().catch(null),
    selected_date_time: z.number().nullish().catch(null),
    selected_user: z.string().nullish().catch(null),
    selected_users: z.array(z.string()).max(1_000).nullish().catch(null),
    selected_conversation: z.string().nullish().catch(null),
    selected_channel: z.string().nullish().catch(null),
  })
  .catch({});
const valuesSchema = mapOf(mapOf(elementSchema).catch({})).catch({});

/** Reads the state of a view, as an action or a submission brings it. */
export function readState(state: unknown): FormState {
  const values = valuesSchema.parse(typeof state === 'object' && state !== null ? Reflect.get(state, 'values') : {});
  const entered = new Map<string, Entered>();
  for (const [block, byAction] of Object.entries(values)) {
    const [element] = Object.values(byAction);
    const value = element === undefined ? null : enteredIn(element);
    if (value !== null) entered.set(block, value);
  }
  const text = (block: string) => {
    const value = entered.get(block);
    return typeof value === 'string' ? value : '';
  };
  const [place] = Object.values(values[blocks.channel] ?? {});
  const channel = place?.selected_conversation ?? place?.selected_channel ?? place?.selected_option?.value ?? null;
  const shownName = place?.selected_option?.text?.text.replace(/^#/, '') ?? null;
  return {
    summary: text(blocks.summary),
    description: text(blocks.description),
    choice: labelSchema.safeParse(text(blocks.type)).data ?? null,
    channel: channel === null ? null : { id: channel, name: shownName },
    entered: Object.fromEntries(
      [...entered]
        .filter(([block]) => block.startsWith(fieldPrefix))
        .map(([block, value]) => [block.slice(fieldPrefix.length), value]),
    ),
  };
}

/** What was entered; null where nothing was. */
function enteredIn(element: z.infer<typeof elementSchema>): Entered | null {
  const list = element.selected_options?.map(({ value }) => value) ?? element.selected_users;
  if (list !== null && list !== undefined) return list.length === 0 ? null : list;
  const seconds = element.selected_date_time ?? null;
  const one =
    element.value ??
    element.selected_option?.value ??
    element.selected_date ??
    (seconds === null ? null : String(seconds)) ??
    element.selected_user ??
    null;
  return one === null || one.trim() === '' ? null : one;
}
