import { app, type Event, protocol, type Session, session, type WebContents } from 'electron';
import { pageAddress, pageScheme } from '../../shared/page-address.ts';
import type { createPageFiles } from './page-files.ts';

/** A proxy where nobody listens, and only root could. */
const nowhere = 'socks5://127.0.0.1:1';

export interface PageSession {
  session: Session;
  /** Settles when nothing gets past; load the page then. */
  isClosed: Promise<void>;
}

const ownOrigin = new URL('.', pageAddress).href;

/**
 * Makes the page's scheme known, and sees to it that Chromium resolves no name: links for prefetching and WebRTC's
 * servers would ask DNS whatever the policy says, and a name can carry data. Only the page uses Chromium's network; our
 * own connections are Node's. Call it before Electron is ready.
 */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges: { standard: true, secure: true } }]);
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}

/**
 * A session for the page alone, which gets these files and reaches nothing else: not by a request, not by
 * WebRTC, which neither the content security policy nor the filter of requests governs. No permissions, no downloads.
 */
export function openPageSession(answer: ReturnType<typeof createPageFiles>): PageSession {
  const own = session.fromPartition('persist:window');
  own.protocol.handle(pageScheme, ({ url, method }) => answer(url, method));
  own.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isOwn(url) }));
  own.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  own.setPermissionCheckHandler(() => false);
  own.on('will-download', (event: Event) => event.preventDefault());
  // Loopback is no exception.
  const isClosed = own.setProxy({ proxyRules: nowhere, proxyBypassRules: '<-loopback>' });
  return { session: own, isClosed };
}

/** WebRTC sends nothing but through a proxy, and the session's leads nowhere. */
export function closeWebRtc(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** `data:` and `blob:` never leave the page; the developer tools, where there are any, load themselves. */
function isOwn(url: string): boolean {
  return url.startsWith(ownOrigin) || /^(data|blob|devtools):/.test(url);
}
