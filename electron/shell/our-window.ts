import { pageAddress } from '../../shared/page-address.ts';

/** As much of Electron's IpcMainInvokeEvent as tells who asks. */
interface Asking {
  sender: unknown;
  senderFrame: { parent: unknown; url: string } | null;
}

/** Our window, its top frame only (an iframe shares its parent's WebContents), and our page in it. */
export function isOurWindow({ sender, senderFrame }: Asking, ui: unknown): boolean {
  const isTopFrame = senderFrame !== null && senderFrame.parent === null;
  return ui !== null && sender === ui && isTopFrame && senderFrame.url.split('#')[0] === pageAddress;
}
