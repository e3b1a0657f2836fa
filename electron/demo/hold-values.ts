import type { DemoValues } from '../../shared/demo-view.ts';
import { isRecord, type Json } from '../../stand-ins/record.ts';
import { optionsOf } from '../../stand-ins/slack/elements.ts';
import { elementsOf } from '../../stand-ins/slack/view-checks.ts';
import { holdingOf } from '../../stand-ins/slack/view-state.ts';
import type { SlackView } from '../../stand-ins/slack/views.ts';

/** Finds an element of a view by the ids of its block and its own. */
export function elementAt(view: SlackView, blockId: string, actionId: string): Json | undefined {
  return view.blocks
    .filter((block) => block['block_id'] === blockId)
    .flatMap(elementsOf)
    .find((element) => element['action_id'] === actionId);
}

/** Puts what the window holds into a view, as Slack's `state.values`; `known`: options that the app offered before. */
export function holdValues(view: SlackView, values: DemoValues, known: ReadonlyMap<string, Json>): void {
  for (const { blockId, actionId, value } of values) {
    const element = elementAt(view, blockId, actionId);
    const held = element === undefined ? null : heldBy(element, value, known, view.values[blockId]?.[actionId] ?? {});
    // What the app has taken away meanwhile is sent by nobody.
    if (held !== null) view.values[blockId] = { ...view.values[blockId], [actionId]: held };
  }
}

function heldBy(element: Json, value: readonly string[], known: ReadonlyMap<string, Json>, before: Json): Json | null {
  const holding = holdingOf(element);
  if (holding === null) return null;
  const hold = (all: unknown[]) => ({
    type: element['type'],
    [holding.key]: holding.empty === null ? (all[0] ?? null) : all,
  });
  if (!holding.key.startsWith('selected_option')) {
    return hold(element['type'] === 'datetimepicker' ? value.map(Number) : [...value]);
  }
  const options = [...optionsOf(element), ...[before[holding.key]].flat().filter(isRecord)];
  return hold(value.flatMap((each) => options.find((option) => option['value'] === each) ?? known.get(each) ?? []));
}
