import type { ComboboxItem, ComboboxItemGroup, ComboboxParsedItem, OptionsFilter } from '@mantine/core';
import { useRef, useState } from 'react';
import type { DemoElement, DemoOption, DemoOptions } from '../../../shared/demo-view.ts';
import { type ElementPlace, useSurface } from './surface.ts';

export interface SelectOptions {
  data: ComboboxItemGroup<ComboboxItem>[];
  /** What stands where nothing can be chosen. */
  hint: string;
  /** Leaves what the app offers; null where the list itself looks through its options. */
  offered: OptionsFilter | null;
  search(query: string): void;
}

/** The options of a list: its own, or those that the app offers for what is typed. */
export function useOptions(
  element: Extract<DemoElement, { type: 'select' }>,
  place: ElementPlace,
  value: string[],
): SelectOptions {
  const surface = useSurface();
  const { asksFrom } = element;
  const [answer, setAnswer] = useState<DemoOptions>([]);
  const [hint, setHint] = useState('Nothing found');
  const [known, setKnown] = useState<ReadonlyMap<string, DemoOption>>(new Map());
  const turn = useRef(0);
  if (asksFrom === null) return { data: toData(element.groups), hint: 'Nothing found', offered: null, search() {} };

  /** Names of what is chosen are needed although nobody looks for them now. */
  const chosen = [...element.groups.flatMap(({ options }) => options), ...known.values()].filter((option) => {
    return value.includes(option.value);
  });

  async function ask(query: string, least: number) {
    turn.current += 1;
    const mine = turn.current;
    setAnswer([]);
    if (query.length < least) {
      setHint(least === 1 ? 'Type to search' : `Type at least ${least} characters`);
      return;
    }
    setHint('Searching…');
    try {
      const found = await surface.suggest(place, query);
      if (mine !== turn.current) return;
      setAnswer(found);
      setKnown((before) => new Map([...before, ...found.flatMap(({ options }) => options).map(withValue)]));
      setHint('Nothing found');
    } catch (thrown) {
      if (mine === turn.current) setHint(thrown instanceof Error ? thrown.message : 'The app did not answer');
    }
  }
  const offeredValues = new Set(answer.flatMap(({ options }) => options.map((option) => option.value)));
  return {
    data: toData([...answer, { label: null, options: chosen }]),
    hint,
    offered: ({ options }) =>
      options.flatMap((item): ComboboxParsedItem[] => {
        if (!('group' in item)) return offeredValues.has(String(item.value)) ? [item] : [];
        const items = item.items.filter((each) => offeredValues.has(String(each.value)));
        return items.length > 0 ? [{ ...item, items }] : [];
      }),
    search(query) {
      // A choice puts its own name into the field.
      if (chosen.some(({ text }) => text === query)) return;
      void ask(query, asksFrom);
    },
  };
}

const withValue = (option: DemoOption): [string, DemoOption] => [option.value, option];

/** Each value once, as the list demands. */
function toData(groups: DemoOptions): ComboboxItemGroup<ComboboxItem>[] {
  const seen = new Set<string>();
  return groups.map(({ label, options }) => ({
    group: label ?? '',
    items: options
      .filter(({ value }) => !seen.has(value) && seen.add(value))
      .map(({ value, text, description }) => ({
        value,
        label: description === null ? text : `${text} (${description})`,
      })),
  }));
}
