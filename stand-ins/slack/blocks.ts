import { isRecord, type Json } from '../record.ts';
import { anyText, button, image, inputs, overflow, plainText, selects, staticSelect } from './elements.ts';
import { SlackFailure } from './failure.ts';
import { byType, type Check, flag, list, type Report, shape, text, url } from './shape.ts';

/** How many characters a message's blocks may hold altogether; found by trying, Slack documents no number. */
const totalTextLimit = 13_000;

const blockId = { block_id: text(255) };

/** Blocks that hold these elements. */
function blocksWith(elements: Record<string, Check>): Record<string, Check> {
  return {
    header: shape({ required: { text: plainText(150) }, optional: blockId }),
    section: (value, place, report) => {
      if (isRecord(value) && value['text'] === undefined && value['fields'] === undefined) {
        report('must define either `text` or `fields`', place);
      }
      shape({
        required: {},
        optional: {
          ...blockId,
          text: anyText(3000),
          fields: list(anyText(2000), 10),
          accessory: byType({ ...elements, image }),
          expand: flag,
        },
      })(value, place, report);
    },
    divider: shape({ required: {}, optional: blockId }),
    context: shape({ required: { elements: list(byType(contextElements()), 10) }, optional: blockId }),
    actions: shape({ required: { elements: list(byType(elements), 25) }, optional: blockId }),
    image: shape({
      required: { image_url: url, alt_text: text(2000) },
      optional: { ...blockId, title: plainText(2000) },
    }),
  };
}

/** The blocks and elements that a ticket message can need; Slack knows more, this workspace refuses them. */
const messageBlock = byType(blocksWith({ button, static_select: staticSelect }));

/** What a modal and the Home tab may hold; their action elements are those of messages and every select. */
const viewBlock = byType({
  ...blocksWith({ button, overflow, ...selects }),
  input: shape({
    required: { label: plainText(2000), element: byType(inputs) },
    optional: { ...blockId, hint: plainText(2000), optional: flag, dispatch_action: flag },
  }),
});

function contextElements(): Record<string, Check> {
  return {
    image,
    plain_text: shape({ required: { text: text(3000) }, optional: { emoji: flag } }),
    mrkdwn: shape({ required: { text: text(3000) }, optional: { verbatim: flag } }),
  };
}

/**
 * The blocks as Slack would store them, with a `block_id` each. Throws SlackFailure: `invalid_blocks_format` for
 * what is no list, `invalid_blocks` with every fault and its place, `msg_blocks_too_long`.
 */
export function checkBlocks(value: unknown, newId: () => string): Json[] {
  const blocks = parsed(value);
  if (!Array.isArray(blocks)) throw new SlackFailure('invalid_blocks_format');
  const faults: string[] = [];
  const report: Report = (fault, place) => faults.push(`${fault} [json-pointer:${place}]`);
  checkEach(blocks, { block: messageBlock, place: '/blocks', max: 50 }, report);
  if (faults.length > 0) {
    const messages = faults.map((fault) => `[ERROR] ${fault}`);
    throw new SlackFailure('invalid_blocks', { errors: faults, response_metadata: { messages } });
  }
  const records = blocks.filter(isRecord);
  if (textLength(records) > totalTextLimit) throw new SlackFailure('msg_blocks_too_long');
  return storedBlocks(records, newId);
}

/** The blocks of a view, at most 100: docs.slack.dev/reference/views. */
export function checkViewBlocks(blocks: unknown, place: string, report: Report): void {
  if (Array.isArray(blocks)) checkEach(blocks, { block: viewBlock, place, max: 100 }, report);
  else report('must be an array', place);
}

function checkEach(blocks: unknown[], kind: { block: Check; place: string; max: number }, report: Report): void {
  if (blocks.length > kind.max) report(`no more than ${kind.max} items allowed`, kind.place);
  for (const [index, entry] of blocks.entries()) kind.block(entry, `${kind.place}/${index}`, report);
  reportRepeatedIds(blocks.filter(isRecord), kind.place, report);
}

/** The blocks as Slack stores them, with a `block_id` each. */
export function storedBlocks(blocks: Json[], newId: () => string): Json[] {
  return blocks.map((entry) => ({ ...withDefaults(entry), block_id: entry['block_id'] ?? newId() }));
}

/** Slack stores text objects with what was left out: emoji are shown, mrkdwn is not taken verbatim. */
function withDefaults(value: Json): Json {
  const defaults =
    value['type'] === 'plain_text' ? { emoji: true } : value['type'] === 'mrkdwn' ? { verbatim: false } : {};
  const filled = Object.entries(value).map(([key, entry]) => [key, fill(entry)]);
  return { ...defaults, ...Object.fromEntries(filled) };
}

function fill(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fill);
  return isRecord(value) ? withDefaults(value) : value;
}

/** A list, or JSON in a string. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function reportRepeatedIds(blocks: Json[], place: string, report: Report): void {
  const blockIds = new Set<unknown>();
  for (const [index, entry] of blocks.entries()) {
    const id = entry['block_id'];
    if (id !== undefined && blockIds.has(id)) report('`block_id` already exists', `${place}/${index}/block_id`);
    blockIds.add(id);
    const actionIds = new Set<unknown>();
    const elements = entry['type'] === 'actions' && Array.isArray(entry['elements']) ? entry['elements'] : [];
    for (const [position, element] of elements.filter(isRecord).entries()) {
      const actionId = element['action_id'];
      if (actionId !== undefined && actionIds.has(actionId)) {
        report(
          '`action_id` already exists for the same `block_id`',
          `${place}/${index}/elements/${position}/action_id`,
        );
      }
      actionIds.add(actionId);
    }
  }
}

/** Every text object's characters, wherever it lies. */
export function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    key === 'text' && typeof entry === 'string' ? [entry] : textsIn(entry),
  );
}

function textLength(blocks: Json[]): number {
  return textsIn(blocks).reduce((sum, entry) => sum + entry.length, 0);
}
