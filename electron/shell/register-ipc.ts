import type { z } from 'zod';
import { AppError, toAppError } from '../../shared/errors.ts';
import { type Channel, type IpcHandlers, ipc, type Request, type Response, type Result } from '../../shared/ipc.ts';
import { keysOf } from '../../shared/keys-of.ts';
import { pageAddress } from '../../shared/page-address.ts';

/** The part of Electron's IpcMainInvokeEvent that tells who asks. */
export interface Asking {
  sender: unknown;
  senderFrame: { parent: unknown; url: string } | null;
}

/** The contract, by channel, so that what is parsed is known to be what the channel's handler takes. */
const contract: { [C in Channel]: { request: z.ZodType<Request<C>>; response: z.ZodType<Response<C>> } } = ipc;

type Listener = (event: Asking, raw: unknown) => Promise<Result<unknown>>;

export interface IpcDeps {
  /** Electron's, handed in: who is answered, and what, is tested in plain Node. */
  ipcMain: { handle(channel: string, listener: Listener): void };
  handlers: IpcHandlers;
  /** Our window's WebContents, while there is one. */
  ui(): object | null;
  /** Calls settings in an error's words as the window's fields are called. */
  inFieldWords(words: string): string;
  onError(error: AppError): void;
}

/** Answers every channel of the contract: sender checked, request and answer parsed, errors with their code. */
export function registerIpc({ ipcMain, handlers, ui, inFieldWords, onError }: IpcDeps): void {
  const register = <C extends Channel>(channel: C, handler: IpcHandlers[C]) => {
    ipcMain.handle(channel, async (event, raw) => {
      try {
        if (!isOurWindow(event, ui())) throw new AppError('forbidden', `${channel}: not asked by this app's window.`);
        const request = contract[channel].request.safeParse(raw);
        if (!request.success)
          throw new AppError('invalid_input', `${channel}: malformed request.`, { cause: request.error });
        const answer = await handler(request.data);
        // Parsing the answer drops whatever the contract does not name.
        return { ok: true, value: contract[channel].response.parse(answer) };
      } catch (thrown) {
        const error = toAppError(thrown);
        onError(error);
        return { ok: false, error: { code: error.code, message: inFieldWords(error.message) } };
      }
    });
  };
  for (const channel of keysOf(ipc)) register(channel, handlers[channel]);
}

/** Whether our window asks, its top frame only (an iframe shares its parent's WebContents), with our page in it. */
function isOurWindow({ sender, senderFrame }: Asking, ui: object | null): boolean {
  const isTopFrame = senderFrame !== null && senderFrame.parent === null;
  return ui !== null && sender === ui && isTopFrame && senderFrame.url.split('#')[0] === pageAddress;
}
