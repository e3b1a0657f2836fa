import { useState } from 'react';

const kept = new Map<string, string>();

/** What a person types somewhere; it outlives the page, not the window. `where` names the place. */
export function useKeptText(where: string): [text: string, setText: (text: string) => void] {
  const [text, setText] = useState(() => kept.get(where) ?? '');
  return [
    text,
    (next) => {
      kept.set(where, next);
      setText(next);
    },
  ];
}
