/** Watches whether the other side of a connection still speaks. */
export interface Heartbeat {
  /** Something arrived; `isPing`: a ping that the other side sent of its own accord. */
  heard(isPing: boolean): void;
  /** Asks at once, where there is reason for doubt: silent, unless something arrives within a second. */
  check(): void;
  stop(): void;
}

/** Milliseconds between two pings of ours. */
export const heartbeatMs = 1_500;
/** Each answered by a pong, or by anything else: nothing for 4.5 to 6 s is silence. */
const quietBeats = 4;
/** Slack sends pings too; its own client gives up after 30 s without one, where there has been one. */
const beatsWithoutPing = 24;
/** Beats between two checks: a second. */
const checkBeats = 2 / 3;

/**
 * Beats are counted, not milliseconds: a busy event loop, a changed clock or a sleep makes one late beat, whatever has
 * arrived meanwhile.
 *
 * @param onSilent Called again each time that the silence has gone on for as long.
 */
export function createHeartbeat(options: { beatMs?: number; ping(): void; onSilent(): void }): Heartbeat {
  const { beatMs = heartbeatMs, ping, onSilent } = options;
  let quiet = 0;
  /** Beats since the other side's last ping; null before the first. */
  let unpinged: number | null = null;
  let check: NodeJS.Timeout | undefined;

  const timer = setInterval(() => {
    quiet += 1;
    if (unpinged !== null) unpinged += 1;
    if (quiet < quietBeats && (unpinged ?? 0) < beatsWithoutPing) return ping();
    quiet = 0;
    unpinged = null;
    onSilent();
  }, beatMs);

  function endCheck(): void {
    clearTimeout(check);
    check = undefined;
  }

  return {
    heard(isPing) {
      quiet = 0;
      if (isPing) unpinged = 0;
      endCheck();
    },
    check() {
      if (check !== undefined) return;
      check = setTimeout(() => {
        check = undefined;
        onSilent();
      }, beatMs * checkBeats);
      ping();
    },
    stop() {
      clearInterval(timer);
      endCheck();
    },
  };
}
