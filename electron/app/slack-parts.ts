import { isDeepStrictEqual } from 'node:util';
import type { SlackHealth } from '../../shared/app-status.ts';
import type { Settings } from '../../shared/settings.ts';
import type { FileSource } from '../tickets/ports/file-source.ts';
import type { Messenger } from '../tickets/ports/messenger.ts';
import type { People } from '../tickets/ports/people.ts';
import type { TicketService } from '../tickets/ticket-service.ts';
import { createSlackPart, type SlackPart, type SlackPartDeps } from './slack-part.ts';

/** Slack, whatever becomes of its settings: at any time one part counts, and former ones may still take deliveries. */
export interface SlackParts
  extends Pick<SlackPart, 'team' | 'ticketChanged' | 'start' | 'pause' | 'sleep' | 'tryNow' | 'stop'> {
  /** The one that counts now. */
  messenger(): Messenger;
  people(): People;
  files(): FileSource;
  /**
   * Replaces what these settings change; gives whether that is anything. A former line stays open until there is a new
   * one. Where both are of one Slack app, or Slack refuses the new tokens, it is left to Slack to close it, because what
   * is under way when a client closes is lost.
   */
  apply(settings: Settings['slack'], tickets: TicketService): boolean;
  wake(tickets: TicketService): void;
}

interface Former {
  part: SlackPart;
  settings: Settings['slack'];
}

/** An app has ten connections for all its desktops. */
const mostFormer = 2;

export function createSlackParts(first: Settings['slack'], deps: SlackPartDeps): SlackParts {
  let wanted = first;
  let isPaused = false;
  let isAsleep = false;
  let current = createSlackPart(first, deps);
  /** Has been told to open a line. */
  let isStarted = false;
  /** Replaced while they had a line; oldest first. */
  let former: Former[] = [];

  async function stopFormer(isMeant: (each: Former) => boolean = () => true): Promise<void> {
    const stopped = former.filter(isMeant);
    former = former.filter((each) => !stopped.includes(each));
    await Promise.all(stopped.map(({ part }) => part.stop()));
  }

  function startCurrent(tickets: TicketService): void {
    isStarted = true;
    current.start(tickets, isPaused);
  }

  /** What becomes of the lines before, now that it is known what becomes of this one. */
  function settle({ state, code }: SlackHealth): void {
    if (state === 'off') void stopFormer();
    // A refusal may be of the moment, or of a slip of the finger.
    if (code === 'unauthorized') for (const { part } of former) part.retire();
    if (state !== 'ok') return;
    void stopFormer(({ settings }) => !isOfOneApp(settings, wanted));
    for (const { part } of former) part.retire();
  }

  return {
    messenger: () => current.messenger,
    people: () => current.people,
    files: () => current.files,
    team: () => current.team(),
    ticketChanged: (ticket) => current.ticketChanged(ticket),
    start(tickets, paused) {
      isPaused = paused;
      startCurrent(tickets);
    },
    apply(next, tickets) {
      const isSame = isDeepStrictEqual(next, wanted);
      const replaced: Former = { part: current, settings: wanted };
      wanted = next;
      if (isSame) return false;
      deps.onScopes(null);
      replaced.part.mute();
      if (replaced.part.isConnected()) former.push(replaced);
      else void replaced.part.stop();
      const kept = former.slice(-mostFormer);
      void stopFormer((each) => !kept.includes(each));
      const made: SlackPart = createSlackPart(next, {
        ...deps,
        onState(state) {
          deps.onState(state);
          if (made === current) settle(state);
        },
      });
      current = made;
      isStarted = false;
      // Slack would send commands to a desktop that sleeps.
      if (!isAsleep) startCurrent(tickets);
      return true;
    },
    async pause(tickets, paused) {
      isPaused = paused;
      await Promise.all([current.pause(tickets, paused), stopFormer()]);
    },
    async sleep() {
      isAsleep = true;
      await Promise.all([current.sleep(), stopFormer()]);
    },
    tryNow: () => current.tryNow(),
    wake(tickets) {
      isAsleep = false;
      if (isStarted) current.wake();
      else startCurrent(tickets);
    },
    async stop() {
      await Promise.all([current.stop(), stopFormer()]);
    },
  };
}

/** An app-level token names its app: `xapp-1-A0123-...`. */
function isOfOneApp(one: Settings['slack'], other: Settings['slack']): boolean {
  if (one.apiUrl !== other.apiUrl) return false;
  const appOf = ({ appToken }: Settings['slack']) => /^xapp-\d+-(A[A-Z0-9]+)-/.exec(appToken ?? '')?.[1] ?? appToken;
  return appOf(one) !== null && appOf(one) === appOf(other);
}
