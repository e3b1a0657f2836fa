import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../shared/settings.ts';
import type { SlackPart as SlackPartState } from './part-states.ts';
import { createSlackPart, type SlackPart, type SlackPartDeps } from './slack-part.ts';
import type { Messenger } from './tickets/ports.ts';
import type { TicketService } from './tickets/ticket-service.ts';

/** Slack, whatever becomes of its settings: at any time one part counts, and a former one may still take deliveries. */
export interface SlackParts extends Pick<SlackPart, 'team' | 'start' | 'pause' | 'sleep' | 'tryNow' | 'wake' | 'stop'> {
  /** The one that counts now. */
  messenger(): Messenger;
  /**
   * Replaces what these settings change. The former line stays open until the new one is, or is refused for good; where
   * both are of one Slack app, until Slack itself closes it, because what is under way when a client closes is lost.
   * Gives whether anything was replaced.
   */
  apply(settings: Settings['slack'], tickets: TicketService): boolean;
}

export function createSlackParts(first: Settings['slack'], deps: SlackPartDeps): SlackParts {
  let wanted = first;
  let isPaused = false;
  let current = createSlackPart(first, deps);
  /** Replaced, and perhaps still open. */
  let former: SlackPart[] = [];

  async function stopFormer(): Promise<void> {
    const stopped = former;
    former = [];
    await Promise.all(stopped.map((part) => part.stop()));
  }

  function letGo(part: SlackPart, isSameApp: boolean): void {
    if (!former.includes(part)) return;
    if (isSameApp) {
      part.retire();
    } else {
      former = former.filter((each) => each !== part);
      void part.stop();
    }
  }

  return {
    messenger: () => current.messenger,
    team: () => current.team(),
    start(tickets, paused) {
      isPaused = paused;
      current.start(tickets, paused);
    },
    apply(next, tickets) {
      if (isDeepStrictEqual(tokensOf(next), tokensOf(wanted))) {
        wanted = next;
        return false;
      }
      const isSameApp = isOfOneApp(wanted, next);
      wanted = next;
      const replaced = current;
      replaced.mute();
      // An app has ten connections, so one that lingers is enough.
      void stopFormer();
      former = [replaced];
      const onState = (state: SlackPartState) => {
        deps.onState(state);
        if (isSettled(state)) letGo(replaced, isSameApp);
      };
      current = createSlackPart(next, { ...deps, onState });
      current.start(tickets, isPaused);
      return true;
    },
    async pause(tickets, paused) {
      isPaused = paused;
      await Promise.all([current.pause(tickets, paused), stopFormer()]);
    },
    async sleep() {
      await Promise.all([current.sleep(), stopFormer()]);
    },
    tryNow: () => current.tryNow(),
    wake: () => current.wake(),
    async stop() {
      await Promise.all([current.stop(), stopFormer()]);
    },
  };
}

function tokensOf({ botToken, appToken, apiUrl }: Settings['slack']) {
  return { botToken, appToken, apiUrl };
}

/** There is a line, or there will be none until a person acts. */
function isSettled({ state, line }: SlackPartState): boolean {
  return state === 'ok' || state === 'off' || line === 'unauthorized';
}

/** An app-level token names its app: `xapp-1-A0123-...`. */
function isOfOneApp(one: Settings['slack'], other: Settings['slack']): boolean {
  if (one.apiUrl !== other.apiUrl) return false;
  const appOf = ({ appToken }: Settings['slack']) => /^xapp-\d+-(A[A-Z0-9]+)-/.exec(appToken ?? '')?.[1] ?? appToken;
  return appOf(one) !== null && appOf(one) === appOf(other);
}
