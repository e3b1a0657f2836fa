import { ipcMain, type WebContents } from 'electron';
import { AppError, toAppError } from '../../shared/errors.ts';
import { type Channel, type IpcHandlers, ipc, type Result } from '../../shared/ipc.ts';
import { isOurWindow } from './our-window.ts';

export interface IpcDeps {
  handlers: IpcHandlers;
  /** Our window's contents, while there is one. */
  ui(): WebContents | null;
  onError(error: AppError): void;
}

/** Answers every channel of the contract: sender checked, request and answer parsed, errors with their code. */
export function registerIpc({ handlers, ui, onError }: IpcDeps): void {
  const register = <C extends Channel>(channel: C, handler: IpcHandlers[C]) => {
    ipcMain.handle(channel, async (event, raw: unknown): Promise<Result<unknown>> => {
      try {
        if (!isOurWindow(event, ui())) throw new AppError('forbidden', `${channel}: not asked by this app's window.`);
        const request = ipc[channel].request.safeParse(raw);
        if (!request.success)
          throw new AppError('invalid_input', `${channel}: malformed request.`, { cause: request.error });
        const answer = await handler(request.data as never);
        // Parsing the answer drops whatever the contract does not name.
        return { ok: true, value: ipc[channel].response.parse(answer) };
      } catch (thrown) {
        const error = toAppError(thrown);
        onError(error);
        return { ok: false, error: { code: error.code, message: error.message } };
      }
    });
  };
  for (const channel of Object.keys(ipc) as Channel[]) register(channel, handlers[channel]);
}
