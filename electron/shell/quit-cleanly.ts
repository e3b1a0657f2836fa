import { app } from 'electron';

/** The work in hand gets this long when the program quits, in milliseconds. */
const quitMs = 3_000;

/** Electron quits at once; the work in hand is interrupted and the connections are closed first, within 3 s. */
export function quitCleanly(letGo: () => void, stop: () => Promise<void>): void {
  let state: 'running' | 'stopping' | 'stopped' = 'running';
  app.on('before-quit', letGo);
  app.on('will-quit', (event) => {
    if (state === 'stopped') return;
    event.preventDefault();
    if (state === 'stopping') return;
    state = 'stopping';
    const late = new Promise((resolve) => setTimeout(resolve, quitMs));
    void Promise.race([stop().catch(() => {}), late]).then(() => {
      state = 'stopped';
      // Where nothing had to be waited for, `will-quit` is still being emitted, and a quit within it is ignored.
      setImmediate(() => app.quit());
    });
  });
}
