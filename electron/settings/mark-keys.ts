import { type AppError, toAppError } from '../../shared/errors.ts';
import { deriveMarkKey, type MarkKey, type MarkKeys, markKey } from '../network/mark-key.ts';
import { type KeptKey, readMarkKeysFile, writeMarkKeysFile } from './mark-keys-file.ts';
import type { SecretStore } from './secret-store.ts';

export interface MarkKeyringDeps {
  /** Absolute path of DATA/mark-keys.json; null keeps everything in memory. */
  file: string | null;
  secretStore: SecretStore;
  /** Whether the person took plain text for secrets where there is no keychain. */
  allowsPlainText(): boolean;
  /** Milliseconds since 1970; the computer's clock where absent. */
  now?: () => number;
  onError(error: AppError, about: string): void;
}

/** The keys by which people's words on issues are sealed and proven: the bot token's, and for a while those of its predecessors. */
export interface MarkKeyring {
  /** The keys; null before it is known which workspace the token is of, which of one that was used before is known at once. */
  keys(): MarkKeys | null;
  /**
   * Takes this for the bot token from now on; null: there is none. `isFormerLeaked`: a person says that others have the one
   * before, so nothing that was sealed with it or its predecessors proves anything; also said later. Never rejects.
   */
  use(botToken: string | null, options?: { isFormerLeaked?: boolean }): Promise<void>;
  /** Takes over what Slack said of which workspace this token is. Never rejects. */
  confirm(botToken: string, team: string): Promise<void>;
}

/** A key as it is kept; `secret` is null where it is not, or where the keychain does not give it out now. */
type Kept = KeptKey & { secret: Uint8Array | null };

/** How long what a former token sealed is still proven: until every desktop has the new one. */
const formerForMs = 30 * 24 * 60 * 60_000;
/** Tokens are changed by hand; in the demo each run has another one. */
const mostFormer = 10;

export function createMarkKeyring(deps: MarkKeyringDeps): MarkKeyring {
  const { file, secretStore, now = Date.now, onError } = deps;
  let isRead = false;
  let token: string | null = null;
  let team: string | null = null;
  let current: MarkKey | null = null;
  let last: Kept | null = null;
  let former: (Kept & { until: string })[] = [];
  let turn: Promise<void> = Promise.resolve();

  /** One after the other, since each reads and writes the file. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    turn = turn.then(work).catch((thrown) => onError(toAppError(thrown), 'mark keys'));
    return turn;
  }

  async function read(): Promise<void> {
    if (isRead || file === null) return;
    isRead = true;
    const stored = readMarkKeysFile(file);
    team = stored.team;
    last = stored.last === null ? null : { ...stored.last, secret: await secretOf(stored.last) };
    for (const each of stored.former) former.push({ ...each, secret: await secretOf(each) });
  }

  /** A key that is not what its name says is none. */
  async function secretOf({ id, encrypted, plain }: KeptKey): Promise<Uint8Array | null> {
    const text = encrypted === undefined ? plain : await secretStore.decrypt(encrypted).catch(() => undefined);
    const key = text === undefined ? null : markKey(Buffer.from(text, 'base64'));
    return key?.id === id ? key.secret : null;
  }

  /** A key as it is kept: without the secret where nothing may keep it, which is then known until the program ends. */
  async function keep({ id, secret }: MarkKey): Promise<Kept> {
    const text = Buffer.from(secret).toString('base64');
    if ((await secretStore.protection()) === 'keychain') {
      const encrypted = await secretStore.encrypt(text).catch(() => undefined);
      return encrypted === undefined ? { id, secret } : { id, encrypted, secret };
    }
    return deps.allowsPlainText() ? { id, plain: text, secret } : { id, secret };
  }

  function write(): void {
    former = former.filter(isRecent).slice(-mostFormer);
    const kept = ({ secret: _, ...each }: Kept & { until: string }) => each;
    const { secret: _, ...lastKept } = last ?? { id: '', secret: null };
    const stored = former.filter(({ encrypted, plain }) => encrypted !== undefined || plain !== undefined).map(kept);
    if (file !== null) writeMarkKeysFile(file, { team, last: last === null ? null : lastKept, former: stored });
  }

  /** Whether a key still holds. One that says that it holds for longer than any was written by somebody else. */
  function isRecent({ until }: { until: string }): boolean {
    const leftMs = Date.parse(until) - now();
    return leftMs > 0 && leftMs <= formerForMs;
  }

  return {
    keys() {
      if (current === null) return null;
      const known = former.filter(isRecent).flatMap(({ id, secret }) => (secret === null ? [] : { id, secret }));
      return { current, former: known };
    },

    use: (botToken, { isFormerLeaked = false } = {}) =>
      inTurn(async () => {
        await read();
        if (botToken !== token) {
          token = botToken;
          const key = token === null || team === null ? null : deriveMarkKey(token, team);
          current = key !== null && key.id === last?.id ? key : null;
        }
        if (!isFormerLeaked) return;
        former = [];
        // The one in use was the one before a moment ago, unless the token is still the same.
        if (last?.id !== current?.id) last = null;
        write();
      }),

    confirm: (botToken, itsTeam) =>
      inTurn(async () => {
        await read();
        // The line that says so is about to close.
        if (botToken !== token) return;
        const key = deriveMarkKey(botToken, itsTeam);
        if (current?.id === key.id && last?.id === key.id) {
          // What proves nothing any more has no business on the disk.
          if (!former.every(isRecent)) write();
          return;
        }
        if (last !== null && last.id !== key.id) {
          former.push({ ...last, until: new Date(now() + formerForMs).toISOString() });
        }
        former = former.filter(({ id }) => id !== key.id);
        team = itsTeam;
        current = key;
        last = { ...key };
        last = await keep(key);
        write();
      }),
  };
}
