import { BrowserWindow, dialog, type MessageBoxOptions, type WebContents } from 'electron';

/** A page that asks on and on gets no pile of questions, one of which somebody might answer by accident. */
let isOpen = false;

/**
 * Asks with a dialog of the system's, which no page can answer; whoever presses Enter or Escape, or closes it, says no. While
 * one is open, every other is answered with no.
 * `contents`: of the window that the dialog belongs to. `goOn`: what the button says that goes on.
 */
export async function confirm(
  contents: WebContents | null,
  { message, detail, goOn }: { message: string; detail: string; goOn: string },
): Promise<boolean> {
  if (isOpen) return false;
  const window = contents === null ? null : BrowserWindow.fromWebContents(contents);
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
