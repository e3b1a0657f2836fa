import type { networkInterfaces } from 'node:os';

/** Tells when the machine sleeps, wakes up or changes its network. */
export interface MachineWatch {
  /** Call these when the system says so. */
  suspended(): void;
  resumed(): void;
  stop(): void;
}

export interface MachineWatchDeps {
  /** The machine's addresses in the network, as one comparable text; empty where it has none. */
  addresses(): string;
  sleep(): Promise<void>;
  wake(): void;
}

/** Electron's main process hears nothing of the network, and asking the system costs next to nothing. */
const lookMs = 2_000;
/** Milliseconds awake after which a sleep counts as over though nobody said so. Timers sleep with the machine. */
const longestSleepMs = 30_000;

/** Watches from now on. Addresses that only go away wake nobody: there is nothing to connect through. */
export function watchMachine({ addresses, sleep, wake }: MachineWatchDeps): MachineWatch {
  let known = addresses();
  let sleeping: NodeJS.Timeout | null = null;

  const timer = setInterval(() => {
    const seen = addresses();
    if (seen === known) return;
    known = seen;
    if (seen !== '' && sleeping === null) wake();
  }, lookMs);

  function resumed(): void {
    if (sleeping !== null) clearTimeout(sleeping);
    sleeping = null;
    known = addresses();
    wake();
  }

  return {
    suspended() {
      if (sleeping !== null) return;
      sleeping = setTimeout(resumed, longestSleepMs);
      void sleep();
    },
    resumed,
    stop() {
      clearInterval(timer);
      if (sleeping !== null) clearTimeout(sleeping);
    },
  };
}

/** Addresses that lead out of the machine: neither its own nor those that it gives itself where no network answers. */
export function addressesOf(interfaces: ReturnType<typeof networkInterfaces>): string {
  return Object.entries(interfaces)
    .flatMap(([name, found]) => (found ?? []).map((each) => ({ ...each, name })))
    .filter(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/i.test(address))
    .map(({ name, address }) => `${name} ${address}`)
    .sort()
    .join(', ');
}
