import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import { isHeadless } from './headless.ts';

export interface Question {
  message: string;
  detail: string;
  /** What the button says that goes on. */
  goOn: string;
}

/** A page that asks on and on gets no pile of questions, one of which somebody might answer by accident. */
let isOpen = false;

/**
 * Asks with a dialog of the system's, which no page can answer; whoever presses Enter or Escape, or closes it, says no. While
 * one is open, or where there is no display, every other is answered with no. `window`: to which the dialog belongs.
 */
export async function confirm(window: BrowserWindow | null, { message, detail, goOn }: Question): Promise<boolean> {
  if (isOpen || isHeadless()) return false;
  const options: MessageBoxOptions = {
    type: 'warning',
    title: 'AI Ticket Agent',
    message,
    detail,
    buttons: [goOn, 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
  // Looked up when called: tests answer in its place.
  isOpen = true;
  try {
    const { response } = await (window === null
      ? dialog.showMessageBox(options)
      : dialog.showMessageBox(window, options));
    return response === 0;
  } finally {
    isOpen = false;
  }
}
