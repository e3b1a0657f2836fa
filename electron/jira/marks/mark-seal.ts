import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import type { MarkKeys } from '../../network/mark-key.ts';
import type { IssueMarks } from '../../tickets/ports/issue-tracker.ts';

/** What stands beside the marks as the field `mac`; anything else there is no seal. */
export const sealSchema = z.object({
  key: z.string().regex(/^[0-9a-f]{8}$/),
  value: z.string().regex(/^[0-9a-f]{64}$/),
});
type Seal = z.infer<typeof sealSchema>;

/** The one request and the one issue that marks are of. Copied to another they prove nothing. */
export interface MarkPlace {
  requestId: string;
  /** Jira's number of the issue, which no other issue gets; a key can be given anew. */
  issueId: string;
}

/** Proves that the marks on an issue, together, were written by a program that has the workspace's bot token. */
export interface MarkSeal {
  /** false as long as nothing can be sealed or proved, because the key is not known yet. */
  isReady(): boolean;
  /** Throws `unavailable` where it is not ready. */
  seal(marks: IssueMarks, place: MarkPlace): Seal;
  /**
   * `proven`: somebody with the token said exactly this of this ticket. `unknown`: sealed with a key that is not here;
   * it proves nothing. `forged`: not sealed, or not what was.
   */
  check(marks: IssueMarks, place: MarkPlace, seal: Seal | null): 'proven' | 'unknown' | 'forged';
}

/** Why what a person said waits where Slack was not reached yet. It says nothing of Jira, and counts as no try. */
export function notSealable(): AppError {
  const message =
    'This is stored in Jira once Slack has said which workspace this is: until then it cannot be sealed against forgery.';
  return new AppError('unavailable', message, { isHeldBack: true, retryAfterMs: 5_000 });
}

/** `keys` is asked each time: null before it is known which workspace the token is of. */
export function createMarkSeal(keys: () => MarkKeys | null): MarkSeal {
  return {
    isReady: () => keys() !== null,

    seal(marks, place) {
      const known = keys();
      if (known === null) throw notSealable();
      const { id, secret } = known.current;
      return { key: id, value: macOf(marks, place, secret).toString('hex') };
    },

    check(marks, place, seal) {
      if (seal === null) return 'forged';
      const known = keys();
      const fitting = known === null ? [] : [known.current, ...known.former].filter(({ id }) => id === seal.key);
      if (fitting.length === 0) return 'unknown';
      const given = Buffer.from(seal.value, 'hex');
      return fitting.some(({ secret }) => timingSafeEqual(macOf(marks, place, secret), given)) ? 'proven' : 'forged';
    },
  };
}

/**
 * HMAC-SHA256 over a JSON array, whose form leaves no room for two readings. A field that a later program adds stands at
 * the end of its list, and then the first member is another one.
 */
function macOf({ decision, correction }: IssueMarks, { requestId, issueId }: MarkPlace, secret: Uint8Array): Buffer {
  const sealed = [
    'ticket-agent marks 1',
    requestId,
    issueId,
    decision && [decision.status, decision.by, decision.at, decision.actionTs ?? null],
    correction && [correction.label, correction.by, correction.at, correction.via, correction.from],
  ];
  return createHmac('sha256', secret).update(JSON.stringify(sealed), 'utf8').digest();
}
