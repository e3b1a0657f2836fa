import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Gives the focus of a control that goes away to what it was part of, so that the next Tab goes on from there.
 * The element needs `tabIndex={-1}`; `change`: what makes controls come and go.
 */
export function useKeptFocus<T extends HTMLElement>(change: unknown): RefObject<T | null> {
  const part = useRef<T>(null);
  const before = useRef(change);
  // With the change itself: what is typed right after it must not go to the page.
  useLayoutEffect(() => {
    const isNews = !Object.is(before.current, change);
    before.current = change;
    if (isNews && document.activeElement === document.body) part.current?.focus({ preventScroll: true });
  }, [change]);
  return part;
}
