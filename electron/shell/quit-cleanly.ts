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

/** Quits for whatever asks a program to end; SIGUSR1, with which Node would start its debugger, does nothing when packaged. */
export function quitOnSignals(): void {
  // A fuse keeps Node from starting it, and then the signal would end the program.
  if (app.isPackaged && process.platform !== 'win32') process.on('SIGUSR1', () => {});
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
}
