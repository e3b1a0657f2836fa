import { createContext, useContext } from 'react';
import type { DemoElement, DemoOptions, DemoValues } from '../../../shared/demo-view.ts';

/** Where an element stands. */
export interface ElementPlace {
  blockId: string;
  actionId: string;
}

/** What blocks stand on: a message, a modal or App Home. */
export interface Surface {
  /** What stands in an element now. */
  valueOf(place: ElementPlace, element: DemoElement): string[];
  change(place: ElementPlace, element: DemoElement, value: string[]): void;
  /** Tells the app what a person did: clicked, or chose this. */
  act(place: ElementPlace, element: DemoElement, value: string[]): void;
  /** Asks the app for options. */
  suggest(place: ElementPlace, query: string): Promise<DemoOptions>;
  /** What is wrong with a block's input; undefined where nothing is. */
  errorOf(blockId: string): string | undefined;
  isBusy: boolean;
  /** Whether the focus begins in this block. */
  isFirst(blockId: string): boolean;
}

export const SurfaceContext = createContext<Surface | null>(null);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (surface === null) throw new Error('Blocks are drawn on a surface.');
  return surface;
}

const keyOf = ({ blockId, actionId }: ElementPlace) => JSON.stringify([blockId, actionId]);

/** What a person has put in since the view was opened, by element. */
export type Edits = Readonly<Record<string, { type: DemoElement['type']; value: string[] }>>;

export function editedValue(edits: Edits, place: ElementPlace, element: DemoElement): string[] {
  const edit = edits[keyOf(place)];
  return edit?.type === element.type ? edit.value : valueIn(element);
}

export function withEdit(edits: Edits, place: ElementPlace, { type }: DemoElement, value: string[]): Edits {
  return { ...edits, [keyOf(place)]: { type, value } };
}

function valueIn(element: DemoElement): string[] {
  return 'value' in element ? element.value : [];
}

/** Everything that is put in, also what nobody touched. */
export function allValues(places: readonly (ElementPlace & { element: DemoElement })[], edits: Edits): DemoValues {
  return places
    .filter(({ element }) => 'value' in element)
    .map(({ element, ...place }) => ({ ...place, value: editedValue(edits, place, element) }));
}

/** Drops what a person put into an element that the view does not have any more, as Slack does. */
export function keptEdits(edits: Edits, places: readonly ElementPlace[]): Edits {
  const keys = new Set(places.map(keyOf));
  const kept = Object.entries(edits).filter(([key]) => keys.has(key));
  return kept.length === Object.keys(edits).length ? edits : Object.fromEntries(kept);
}
