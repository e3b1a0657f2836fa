import { isRecord, type Json } from '../record.ts';
import { SlackFailure } from './failure.ts';
import { byType, type Check, flag, list, oneOf, type Report, shape, text, url } from './shape.ts';

/** How many characters a message's blocks may hold altogether; found by trying, Slack documents no number. */
const totalTextLimit = 13_000;

const plainText = (max: number): Check =>
  byType({ plain_text: shape({ required: { text: text(max) }, optional: { emoji: flag } }) });
const anyText = (max: number): Check =>
  byType({
    plain_text: shape({ required: { text: text(max) }, optional: { emoji: flag } }),
    mrkdwn: shape({ required: { text: text(max) }, optional: { verbatim: flag } }),
  });
const image = shape({ required: { image_url: url, alt_text: text(2000) } });
const confirm = shape({
  required: { title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) },
  optional: { style: oneOf('primary', 'danger') },
});
const button = shape({
  required: { text: plainText(75) },
  optional: {
    action_id: text(255),
    url,
    value: text(2000),
    style: oneOf('primary', 'danger'),
    confirm,
    accessibility_label: text(75),
  },
});
const option = shape({ required: { text: plainText(75), value: text(150) }, optional: { description: plainText(75) } });
const staticSelect = shape({
  required: { options: list(option, 100) },
  optional: { action_id: text(255), placeholder: plainText(150), initial_option: option, confirm },
});
const blockId = { block_id: text(255) };

/** The blocks and elements that a ticket message can need; Slack knows more, this workspace refuses them. */
const block = byType({
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
        accessory: byType({ button, image, static_select: staticSelect }),
        expand: flag,
      },
    })(value, place, report);
  },
  divider: shape({ required: {}, optional: blockId }),
  context: shape({
    required: { elements: list(byType(contextElements()), 10) },
    optional: blockId,
  }),
  actions: shape({
    required: { elements: list(byType({ button, static_select: staticSelect }), 25) },
    optional: blockId,
  }),
  image: shape({
    required: { image_url: url, alt_text: text(2000) },
    optional: { ...blockId, title: plainText(2000) },
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
  const blocks = typeof value === 'string' ? parseList(value) : value;
  if (!Array.isArray(blocks)) throw new SlackFailure('invalid_blocks_format');
  const faults: string[] = [];
  const report: Report = (fault, place) => faults.push(`${fault} [json-pointer:${place}]`);
  if (blocks.length > 50) report('no more than 50 items allowed', '/blocks');
  for (const [index, entry] of blocks.entries()) block(entry, `/blocks/${index}`, report);
  const records = blocks.filter(isRecord);
  reportRepeatedIds(records, report);
  if (faults.length > 0) {
    const messages = faults.map((fault) => `[ERROR] ${fault}`);
    throw new SlackFailure('invalid_blocks', { errors: faults, response_metadata: { messages } });
  }
  if (textLength(records) > totalTextLimit) throw new SlackFailure('msg_blocks_too_long');
  return records.map((entry) => ({ ...withDefaults(entry), block_id: entry['block_id'] ?? newId() }));
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

function parseList(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function reportRepeatedIds(blocks: Json[], report: Report): void {
  const blockIds = new Set<unknown>();
  for (const [index, entry] of blocks.entries()) {
    const id = entry['block_id'];
    if (id !== undefined && blockIds.has(id)) report('`block_id` already exists', `/blocks/${index}/block_id`);
    blockIds.add(id);
    const actionIds = new Set<unknown>();
    const elements = entry['type'] === 'actions' && Array.isArray(entry['elements']) ? entry['elements'] : [];
    for (const [position, element] of elements.filter(isRecord).entries()) {
      const actionId = element['action_id'];
      if (actionId !== undefined && actionIds.has(actionId)) {
        report('`action_id` already exists for the same `block_id`', `/blocks/${index}/elements/${position}/action_id`);
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
