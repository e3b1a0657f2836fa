import { createHash, hkdfSync } from 'node:crypto';

/** What seals the marks that people leave on an issue. */
export interface MarkKey {
  /** The first 8 hexadecimal digits of the SHA-256 of `secret`: it tells which key a mark needs, and nothing of it. */
  id: string;
  /** 32 bytes. */
  secret: Uint8Array;
}

/** `current` seals; each of them proves. `former`: of tokens that were in use not long ago. */
export interface MarkKeys {
  current: MarkKey;
  former: readonly MarkKey[];
}

const salt = 'ai-ticket-agent';
const bytes = 32;

/**
 * The key of everybody who has this bot token for this workspace (Slack's id of it), the same on every desktop:
 * HKDF-SHA256 (RFC 5869), so that a key that became known would not tell the token.
 */
export function deriveMarkKey(botToken: string, team: string): MarkKey {
  return markKey(Buffer.from(hkdfSync('sha256', botToken, salt, `ticket-agent mark 1 ${team}`, bytes)));
}

export function markKey(secret: Uint8Array): MarkKey {
  return { id: createHash('sha256').update(secret).digest('hex').slice(0, 8), secret };
}
