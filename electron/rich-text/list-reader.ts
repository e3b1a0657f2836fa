import { type Block, deepestList, type Inline } from './rich-text.ts';

interface OpenList {
  /** Blanks before its items. */
  indent: number;
  first: number | null;
  /** Number that the next item has. */
  next: number;
  items: Block[][];
}

/** Puts items together to lists, by how far they stand in, as they are read line by line. */
export interface ListReader {
  /** Takes an item; `number`: as typed; null: a bullet. */
  add(indent: number, number: number | null, words: readonly Inline[]): void;
  /** Takes a line that stands further in than the item before it, as more of that one; false where it does not. */
  goOn(indent: number, read: () => readonly Inline[]): boolean;
  /** Ends all lists that are open. */
  end(): void;
}

/** @param blocks Where the lists go. */
export function createListReader(blocks: Block[]): ListReader {
  const open: OpenList[] = [];

  /** Where a list within the last item of the innermost list goes, or one that is in none. */
  const place = (): Block[] => open.at(-1)?.items.at(-1) ?? blocks;

  return {
    add(indent, number, words) {
      while (open.length > 1 && (open.at(-1)?.indent ?? 0) > indent) open.pop();
      let list = open.at(-1);
      const isDeeper = list !== undefined && indent > list.indent + 1 && open.length < deepestList;
      const goesOn = (known: OpenList) =>
        (known.first === null) === (number === null) && (number ?? known.next) === known.next;
      if (list === undefined || isDeeper || !goesOn(list)) {
        if (!isDeeper) open.pop();
        list = { indent, first: number, next: number ?? 0, items: [] };
        place().push({ type: 'list', first: number, items: list.items });
        open.push(list);
      }
      list.items.push([{ type: 'paragraph', content: words }]);
      if (number !== null) list.next = number + 1;
    },

    goOn(indent, read) {
      const list = open.at(-1);
      const item = list?.items.at(-1);
      const last = item?.at(-1);
      if (list === undefined || item === undefined || last?.type !== 'paragraph' || indent <= list.indent) return false;
      item[item.length - 1] = { ...last, content: [...last.content, { type: 'break' }, ...read()] };
      return true;
    },

    end() {
      open.length = 0;
    },
  };
}
