import { useHotkeys } from '@mantine/hooks';
import type { TicketActions } from './use-ticket-actions.ts';

export interface PageKeys {
  search(): void;
  /** Puts the arrow keys into the list, where nothing else has the focus. */
  enterList(): void;
  close(): void;
}

/** The keys of the page; none while typing, in a menu or in a dialog. */
export function usePageKeys({ search, enterList, close }: PageKeys): void {
  const fromNowhere = (event: KeyboardEvent) => {
    if (event.target === document.body && !isElsewhere(event.target)) enterList();
  };
  const onPage = (act: () => void) => (event: KeyboardEvent) => {
    if (!isElsewhere(event.target)) act();
  };
  useHotkeys([
    ['/', onPage(search)],
    // Where the slash is above a figure.
    ['shift+/', onPage(search)],
    ['mod+F', onPage(search)],
    ['ArrowDown', fromNowhere, { preventDefault: false }],
    ['ArrowUp', fromNowhere, { preventDefault: false }],
    ['Escape', onPage(close), { preventDefault: false }],
  ]);
}

/**
 * The keys of what can be done with a ticket, under the same conditions. A and R only go to their buttons, because a
 * decision cannot be taken back: Enter there takes it. D asks first.
 */
export function useActionKeys({ openIssue, openMessage, copyKey, retry, discard }: TicketActions): void {
  // A key that is held down is meant once.
  const once = (act: (() => void) | null) => (event: KeyboardEvent) => {
    if (!event.repeat && !isElsewhere(event.target)) act?.();
  };
  useHotkeys([
    ['O', once(openIssue)],
    ['S', once(openMessage)],
    ['C', once(copyKey)],
    ['T', once(retry)],
    ['D', once(discard)],
    ['A', once(() => focusButton('A'))],
    ['R', once(() => focusButton('R'))],
  ]);
}

/** Goes to the button with this key, where the page shows one. */
function focusButton(key: string): void {
  document.querySelector<HTMLElement>(`button[aria-keyshortcuts="${key}"]`)?.focus();
}

/** Whether a key belongs to a dialog or a menu that is open, also where the focus has not reached it yet. */
function isElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return true;
  return target instanceof Element && target.closest('[role="dialog"], [role="menu"]') !== null;
}
