import { randomBytes, randomInt } from 'node:crypto';
import { SlackFailure } from './failure.ts';

/** Who may be shown a view for what they did, and where they did it. */
export interface SlackTrigger {
  /** Id of the person. */
  user: string;
  /** Id of the channel; null where they were in none. */
  channel: string | null;
  /** Id of the modal that they acted in; null outside of modals. */
  view: string | null;
}

export interface SlackTriggers {
  /** A new trigger id, or the given one; it lives from now on. */
  issue(trigger: SlackTrigger, id?: string): string;
  /** What the id stands for; `use` says that it has served now. Throws SlackFailure. */
  find(id: unknown): { trigger: SlackTrigger; use(): void };
  /** Makes each id given out so far too old. */
  expireAll(): void;
}

/** Ids that live `lifeMs` and serve once: docs.slack.dev/interactivity/implementing-shortcuts and .../methods/views.open. */
export function createSlackTriggers(lifeMs: number): SlackTriggers {
  const known = new Map<string, SlackTrigger & { expiresAt: number; isUsed: boolean }>();
  return {
    issue(trigger, id = `${randomInt(1e10, 1e12)}.${randomInt(1e10, 1e12)}.${randomBytes(16).toString('hex')}`) {
      known.set(id, { ...trigger, expiresAt: performance.now() + lifeMs, isUsed: false });
      return id;
    },
    find(id) {
      if (typeof id !== 'string' || id === '') {
        throw new SlackFailure('invalid_arguments', { response_metadata: { messages: ['invalid `trigger_id`'] } });
      }
      const found = known.get(id);
      if (found === undefined) throw new SlackFailure('invalid_trigger_id');
      if (found.isUsed) throw new SlackFailure('exchanged_trigger_id');
      if (found.expiresAt <= performance.now()) throw new SlackFailure('expired_trigger_id');
      return {
        trigger: found,
        use() {
          found.isUsed = true;
        },
      };
    },
    expireAll() {
      for (const trigger of known.values()) trigger.expiresAt = 0;
    },
  };
}
