/** As much of a page's globals as is used here; these tests are compiled for Node. */
interface PageGlobals {
  document: { body: { append(element: object): void }; createElement(name: string): PageElement };
  navigator: { sendBeacon(to: string, body: string): boolean };
  RTCPeerConnection: new (options: object) => PeerConnection;
  WebSocket: new (to: string) => object;
  EventSource: new (to: string) => object;
  WebTransport: new (to: string) => { ready: Promise<void> };
  Image: new () => object;
  open(to: string): void;
}

interface PageElement {
  contentWindow: Pick<PageGlobals, 'RTCPeerConnection'>;
  click(): void;
  submit(): void;
}

interface PeerConnection {
  onicecandidate: (event: { candidate: { candidate: string } | null }) => void;
  createDataChannel(name: string): void;
  createOffer(): Promise<object>;
  setLocalDescription(offer: object): Promise<void>;
}

/** Runs in the page: tries what a page can send with, gives the addresses that WebRTC tells. Its types are Node's here. */
export async function sendByEveryWay([udp, tcp]: readonly [number, number]): Promise<string[]> {
  const { document, navigator, RTCPeerConnection, WebSocket, EventSource, WebTransport, Image, open } =
    globalThis as unknown as PageGlobals;
  const to = `http://127.0.0.1:${tcp}/`;
  const attempt = (send: () => unknown) => {
    try {
      void Promise.resolve(send()).catch(() => {});
    } catch {
      // Refused, which is what is wanted.
    }
  };
  const element = (name: string, values: object) => {
    const made = Object.assign(document.createElement(name), values);
    document.body.append(made);
    return made;
  };
  attempt(() => fetch(to, { method: 'POST', body: 'x' }));
  attempt(() => navigator.sendBeacon(to, 'x'));
  attempt(() => Object.assign(new Image(), { src: `${to}image` }));
  attempt(() => new WebSocket(`ws://127.0.0.1:${tcp}/`));
  attempt(() => new EventSource(to));
  attempt(() => new WebTransport(`https://127.0.0.1:${udp}/`).ready);
  attempt(() => open(to));
  for (const rel of [
    'prefetch',
    'preload',
    'modulepreload',
    'preconnect',
    'dns-prefetch',
    'stylesheet',
    'icon',
    'manifest',
  ]) {
    attempt(() => element('link', { rel, href: to, as: 'script' }));
  }
  for (const tag of ['script', 'iframe', 'video', 'audio', 'embed']) attempt(() => element(tag, { src: to }));
  attempt(() => element('object', { data: to }));
  attempt(() =>
    element('script', { type: 'speculationrules', textContent: `{"prefetch":[{"source":"list","urls":["${to}"]}]}` }),
  );
  attempt(() => element('a', { href: to, ping: to, download: 'x' }).click());
  attempt(() => element('form', { action: to, method: 'post' }).submit());
  attempt(() => element('meta', { httpEquiv: 'refresh', content: `0;url=${to}` }));
  const candidates: string[] = [];
  const login = { username: 'data', credential: 'data' };
  const call = (own: Pick<PageGlobals, 'RTCPeerConnection'>) => async () => {
    const line = new own.RTCPeerConnection({
      iceServers: [
        { urls: `stun:127.0.0.1:${udp}` },
        { urls: `turn:127.0.0.1:${udp}`, ...login },
        { urls: `turn:127.0.0.1:${tcp}?transport=tcp`, ...login },
      ],
    });
    line.onicecandidate = ({ candidate }) => {
      if (candidate !== null && candidate.candidate !== '') candidates.push(candidate.candidate);
    };
    line.createDataChannel('data');
    await line.setLocalDescription(await line.createOffer());
  };
  attempt(call({ RTCPeerConnection }));
  attempt(call(element('iframe', {}).contentWindow));
  // The first tries of each come within milliseconds; WebRTC's are repeated meanwhile.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  return candidates;
}
