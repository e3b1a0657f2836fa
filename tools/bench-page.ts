// What the bench runs inside the window's page. Playwright sends each function as text, so none may use what is outside.

interface Element {
  textContent: string | null;
  scrollTop: number;
  scrollHeight: number;
  getBoundingClientRect(): { top: number; bottom: number };
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Element>;
}

/** The part of the page that is used here: this program is checked without the types of a browser. */
interface PageGlobals {
  document: {
    querySelector(selector: string): Element | null;
    addEventListener(event: string, listener: () => void, isCapturing: boolean): void;
    removeEventListener(event: string, listener: () => void, isCapturing: boolean): void;
  };
  MutationObserver: new (changed: () => void) => { observe(root: unknown, what: object): void; disconnect(): void };
  requestAnimationFrame(callback: (now: number) => void): number;
  cancelAnimationFrame(id: number): void;
  desk: { invoke(channel: string, request: unknown): Promise<{ ok: true; value: { total: number } } | { ok: false }> };
  /** Ends the recording of frames. */
  benchFrames?: () => number[];
}

/** When the list's first row is about to be painted: milliseconds since 1970. */
export function firstRowsAt(): Promise<number> {
  const { document, MutationObserver, requestAnimationFrame } = globalThis as unknown as PageGlobals;
  return new Promise((resolve) => {
    const finish = () => requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
    const isThere = () => document.querySelector('[aria-label=Tickets] [role=option]:not([aria-label])') !== null;
    if (isThere()) return finish();
    const observer = new MutationObserver(() => {
      if (!isThere()) return;
      observer.disconnect();
      finish();
    });
    observer.observe(document, { childList: true, subtree: true });
  });
}

/** Records the time between frames until `stopFrames`. */
export function startFrames(): void {
  const page = globalThis as unknown as PageGlobals;
  const frames: number[] = [];
  let before: number | null = null;
  let next = page.requestAnimationFrame(function record(now) {
    if (before !== null) frames.push(now - before);
    before = now;
    next = page.requestAnimationFrame(record);
  });
  page.benchFrames = () => {
    page.cancelAnimationFrame(next);
    return frames;
  };
}

/** Milliseconds from each frame to the next. */
export function stopFrames(): number[] {
  return (globalThis as unknown as PageGlobals).benchFrames?.() ?? [];
}

/** Scrolls down by so many pixels a frame. */
export function scrollSmoothly({ frames, pixels }: { frames: number; pixels: number }): Promise<void> {
  const { document, requestAnimationFrame } = globalThis as unknown as PageGlobals;
  const list = document.querySelector('[role=listbox][aria-label=Tickets]');
  if (list === null) throw new Error('There is no list to scroll.');
  return new Promise((resolve) => {
    let left = frames;
    requestAnimationFrame(function scroll() {
      if (left === 0) return resolve();
      left -= 1;
      list.scrollTop += pixels;
      requestAnimationFrame(scroll);
    });
  });
}

/** Milliseconds from a jump all over the list until every row in sight has its ticket; null after a second without. */
export async function jump(jumps: number): Promise<(number | null)[]> {
  const { document, requestAnimationFrame } = globalThis as unknown as PageGlobals;
  const list = document.querySelector('[role=listbox][aria-label=Tickets]');
  if (list === null) throw new Error('There is no list to scroll.');
  const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
  function isFilled(within: Element): boolean {
    const { top, bottom } = within.getBoundingClientRect();
    const inSight = [...within.querySelectorAll('[role=option]')].filter((row) => {
      const place = row.getBoundingClientRect();
      return place.bottom > top && place.top < bottom;
    });
    return inSight.length > 0 && inSight.every((row) => row.getAttribute('aria-label') === null);
  }
  const times: (number | null)[] = [];
  for (let turn = 1; turn <= jumps; turn += 1) {
    // The golden section spreads them evenly, none near the one before.
    list.scrollTop = list.scrollHeight * ((turn * 0.618) % 1);
    const begun = performance.now();
    // The list is drawn for its new place in the next frame.
    await frame();
    await frame();
    while (!isFilled(list) && performance.now() - begun < 1000) await frame();
    times.push(isFilled(list) ? performance.now() - begun : null);
    for (let rest = 0; rest < 6; rest += 1) await frame();
  }
  return times;
}

/** Asks main for the first page of each search, one after the other. */
export async function search(searches: readonly string[]): Promise<{ ms: number; total: number }[]> {
  const { desk } = globalThis as unknown as PageGlobals;
  const answers: { ms: number; total: number }[] = [];
  for (const words of searches) {
    const filter = { view: 'all', search: words, label: null, channel: null, user: null };
    const begun = performance.now();
    const answer = await desk.invoke('tickets:page', { filter, offset: 0, limit: 100 });
    if (!answer.ok) throw new Error(`The search for ${words} failed.`);
    answers.push({ ms: performance.now() - begun, total: answer.value.total });
  }
  return answers;
}

/** Milliseconds from the last letter typed until the list has as many rows as the search finds. */
export function typedToRows(total: number): Promise<number> {
  const { document, MutationObserver, requestAnimationFrame } = globalThis as unknown as PageGlobals;
  return new Promise((resolve) => {
    let typedAt = 0;
    const onInput = () => {
      typedAt = performance.now();
    };
    const observer = new MutationObserver(() => {
      const first = document.querySelector('[aria-label=Tickets] [role=option]:not([aria-label])');
      if (typedAt === 0 || first?.getAttribute('aria-setsize') !== String(total)) return;
      observer.disconnect();
      document.removeEventListener('input', onInput, true);
      requestAnimationFrame(() => resolve(performance.now() - typedAt));
    });
    document.addEventListener('input', onInput, true);
    observer.observe(document, { childList: true, subtree: true, attributes: true });
  });
}
