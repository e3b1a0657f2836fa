import { isRecord, type Json } from '../record.ts';
import { checkBlocks, textsIn } from './blocks.ts';
import { SlackFailure } from './failure.ts';
import type { SlackMetadata } from './state.ts';
import { broadcastsIn } from './text.ts';

/** What a message says; `undefined` where the caller sent nothing, which in an edit keeps what was there. */
export interface SlackContent {
  text: string | undefined;
  blocks: Json[] | undefined;
  metadata: SlackMetadata | null | undefined;
}

/** Reads and checks the content of a call. Throws SlackFailure: `msg_too_long`, `invalid_metadata_format`, block faults. */
export function readContent(args: Json, limits: { text: number; newId: () => string }): SlackContent {
  const text = args['text'];
  if (text !== undefined && typeof text !== 'string') throw new SlackFailure('invalid_arguments');
  if (text !== undefined && text.length > limits.text) throw new SlackFailure('msg_too_long');
  if (args['attachments'] !== undefined) throw new SlackFailure('invalid_attachments');
  return {
    text,
    blocks: args['blocks'] === undefined ? undefined : checkBlocks(args['blocks'], limits.newId),
    metadata: args['metadata'] === undefined ? undefined : readMetadata(args['metadata']),
  };
}

/** Throws SlackFailure `no_text` where a new message would be empty. */
export function requireSomething(content: SlackContent): void {
  const isEmpty = (content.text ?? '').trim() === '' && (content.blocks ?? []).length === 0;
  if (isEmpty) throw new SlackFailure('no_text');
}

/** Whom this content pings: broadcasts in the text and in mrkdwn, never in plain text. */
export function broadcastsOf(text: string, blocks: Json[]): string[] {
  if (blocks.length === 0) return broadcastsIn(text);
  return [text, ...mrkdwnIn(blocks)].flatMap(broadcastsIn);
}

function mrkdwnIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (!isRecord(value)) return [];
  return value['type'] === 'mrkdwn' ? textsIn(value) : Object.values(value).flatMap(mrkdwnIn);
}

/** An empty object takes the metadata away. */
function readMetadata(value: unknown): SlackMetadata | null {
  const metadata = typeof value === 'string' ? parse(value) : value;
  if (!isRecord(metadata)) throw new SlackFailure('invalid_metadata_format');
  if (Object.keys(metadata).length === 0) return null;
  const { event_type, event_payload, ...others } = metadata;
  const isWhole = typeof event_type === 'string' && event_type.length > 0 && isRecord(event_payload);
  if (!isWhole || Object.keys(others).length > 0) throw new SlackFailure('invalid_metadata_schema');
  return { event_type, event_payload };
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
