import { app } from 'electron';

/** Chromium's: without it the whole program ends when the process that draws has died six times. */
const noLimit = 'disable-gpu-process-crash-limit';
/** Deaths in a row after which the graphics card is not drawn with any more. */
const mostWithCard = 6;

/** Lifts that limit; call it before Electron is ready. */
export function liftGraphicsLimit(): void {
  app.commandLine.appendSwitch(noLimit);
}

/**
 * Watches the process that draws, which Chromium starts anew each time. `onDeath` gives the deaths in a row, this one
 * included. Where the graphics card may be to blame, it is done without.
 */
export function watchGraphics(onDeath: (reason: string) => number): void {
  app.on('child-process-gone', (_event, { type, reason }) => {
    if (type !== 'GPU' || reason === 'clean-exit') return;
    const deaths = onDeath(reason);
    // Under its limit Chromium does without the card from the next death on. Where it does already, it ends the program.
    if (deaths >= mostWithCard && isCardUsed()) app.commandLine.removeSwitch(noLimit);
    else if (!app.commandLine.hasSwitch(noLimit)) liftGraphicsLimit();
  });
}

function isCardUsed(): boolean {
  return app.getGPUFeatureStatus().gpu_compositing.startsWith('enabled');
}
