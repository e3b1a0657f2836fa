import { isRecord, type Json } from '../record.ts';
import { checkViewBlocks, storedBlocks } from './blocks.ts';
import { plainText } from './elements.ts';
import { SlackFailure } from './failure.ts';
import { anything, flag, oneOf, type Report, shape, text } from './shape.ts';

/** What an app says of a view, with Slack's defaults for what it left out. */
export interface ViewContent {
  type: 'modal' | 'home';
  title: Json | null;
  submit: Json | null;
  close: Json | null;
  blocks: Json[];
  privateMetadata: string;
  callbackId: string;
  externalId: string;
  clearOnClose: boolean;
  notifyOnClose: boolean;
}

const maxBytes = 250_000;

const common = {
  optional: { private_metadata: text(3000, 0), callback_id: text(255, 0), external_id: text(255, 0) },
  // The blocks have a check of their own.
  required: { blocks: anything },
};
const shapes = {
  modal: shape({
    required: { ...common.required, title: plainText(24) },
    optional: {
      ...common.optional,
      submit: plainText(24),
      close: plainText(24),
      clear_on_close: flag,
      notify_on_close: flag,
      submit_disabled: flag,
    },
  }),
  home: shape(common),
};

/**
 * Reads a view as docs.slack.dev/reference/views has it: 100 blocks, a title and buttons of 24 characters, metadata of
 * 3,000. Throws SlackFailure: `invalid_arguments` with every fault and its place, `view_too_large`.
 */
export function readView(given: unknown, type: 'modal' | 'home', newId: () => string): ViewContent {
  const value = typeof given === 'string' ? parse(given) : given;
  const faults: string[] = [];
  const report: Report = (fault, place) => faults.push(`${fault} [json-pointer:${place}]`);
  if (!isRecord(value)) throw refusal(['missing required field: view [json-pointer:/view]']);
  oneOf(type)(value['type'], '/view/type', report);
  shapes[type](value, '/view', report);
  checkViewBlocks(value['blocks'] ?? [], '/view/blocks', report);
  const blocks = Array.isArray(value['blocks']) ? value['blocks'].filter(isRecord) : [];
  if (type === 'modal' && value['submit'] === undefined && blocks.some((block) => block['type'] === 'input')) {
    report('missing required field: submit', '/view');
  }
  checkFocus(blocks, report);
  if (faults.length > 0) throw refusal(faults);
  if (Buffer.byteLength(JSON.stringify(value)) > maxBytes) throw new SlackFailure('view_too_large');
  const words = (key: string) => (typeof value[key] === 'string' ? value[key] : '');
  return {
    type,
    title: shownText(value['title']),
    submit: shownText(value['submit']),
    close: shownText(value['close']),
    blocks: storedBlocks(blocks, newId).map((block) => withActionIds(block, newId)),
    privateMetadata: words('private_metadata'),
    callbackId: words('callback_id'),
    externalId: words('external_id'),
    clearOnClose: value['clear_on_close'] === true,
    notifyOnClose: value['notify_on_close'] === true,
  };
}

function refusal(faults: string[]): SlackFailure {
  const messages = faults.map((fault) => `[ERROR] ${fault}`);
  return new SlackFailure('invalid_arguments', { response_metadata: { messages } });
}

function shownText(value: unknown): Json | null {
  return isRecord(value) ? { emoji: true, ...value } : null;
}

/** The elements of a block that a person can set or click, in order. */
export function elementsOf(block: Json): Json[] {
  const { element, accessory, elements, type } = block;
  const several = type === 'actions' && Array.isArray(elements) ? elements : [];
  return [element, accessory, ...several].filter(isRecord).filter((each) => each['type'] !== 'image');
}

function withActionIds(block: Json, newId: () => string): Json {
  const named = (value: unknown) =>
    isRecord(value) && value['type'] !== 'image' ? { ...value, action_id: value['action_id'] ?? newId() } : value;
  const { element, accessory, elements } = block;
  return {
    ...block,
    ...(element !== undefined && { element: named(element) }),
    ...(accessory !== undefined && { accessory: named(accessory) }),
    ...(block['type'] === 'actions' && Array.isArray(elements) && { elements: elements.map(named) }),
  };
}

/** One element alone may have the focus of a view. */
function checkFocus(blocks: Json[], report: Report): void {
  const focused = blocks.flatMap(elementsOf).filter((element) => element['focus_on_load'] === true);
  if (focused.length > 1) report('only one element may have `focus_on_load`', '/view/blocks');
}

function parse(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    return undefined;
  }
}
