import { BrowserWindow, dialog, type MessageBoxOptions, type WebContents } from 'electron';

/**
 * Whether a secret may be sent where its address leads now. Main's own dialog, which a window that was taken over can
 * neither show nor answer. `contents`: of the window that it belongs to.
 */
export async function askAboutAddress(
  contents: WebContents | null,
  // `origin` and `meantFor` as addresses; `from`: the place that the secret comes from.
  { name, origin, meantFor, from }: { name: string; origin: string; meantFor: string | null; from: string },
): Promise<boolean> {
  const window = contents === null ? null : BrowserWindow.fromWebContents(contents);
  const options: MessageBoxOptions = {
    type: 'warning',
    title: 'Another address',
    message: `Send ${name} to ${origin}?`,
    detail: `So far it was sent to ${meantFor}. It comes from ${from}. Whoever runs the new address can use it from then on.`,
    buttons: [`Send it to ${new URL(origin).host}`, 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
  const { response } = await (window === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(window, options));
  return response === 0;
}
