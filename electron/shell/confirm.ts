import { BrowserWindow, dialog, type MessageBoxOptions, type WebContents } from 'electron';

/**
 * Asks with a dialog of the system's, which no page can answer; whoever presses Enter or Escape, or closes it, says no.
 * `contents`: of the window that the dialog belongs to. `goOn`: what the button says that goes on.
 */
export async function confirm(
  contents: WebContents | null,
  { message, detail, goOn }: { message: string; detail: string; goOn: string },
): Promise<boolean> {
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
  const { response } = await (window === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(window, options));
  return response === 0;
}
