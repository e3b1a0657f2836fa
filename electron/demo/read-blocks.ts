import type { DemoBlock, DemoElement } from '../../shared/demo-view.ts';
import { isRecord, type Json } from '../../stand-ins/record.ts';
import { readElement } from './read-element.ts';
import type { SlackNames } from './read-mrkdwn.ts';
import { listOf, readText, wordsOf } from './read-text.ts';

/** What stands in elements, by the ids of block and element; those of messages hold nothing. */
export type HeldValues = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** Blocks as a window that is not Slack can show them; kinds that the app does not send are left out. */
export function readBlocks(blocks: readonly Json[], names: SlackNames, values: HeldValues = {}): DemoBlock[] {
  return blocks.flatMap((block) => readBlock(block, names, values[String(block['block_id'])] ?? {}));
}

function readBlock(block: Json, names: SlackNames, values: Readonly<Record<string, Json>>): DemoBlock[] {
  const id = String(block['block_id'] ?? '');
  const elements = listOf(block['elements']).filter(isRecord);
  const read = (element: Json): DemoElement => {
    return readElement(element, values[String(element['action_id'])] ?? initialOf(element), names);
  };
  switch (block['type']) {
    case 'section': {
      const fields = listOf(block['fields']).map((field) => readText(field, names));
      const { accessory } = block;
      // A picture beside a text says nothing more.
      const isDrawn = isRecord(accessory) && accessory['type'] !== 'image';
      return [
        {
          type: 'section',
          id,
          text: readText(block['text'], names),
          fields,
          accessory: isDrawn ? read(accessory) : null,
        },
      ];
    }
    case 'header':
      return [{ type: 'header', id, text: wordsOf(block['text']) }];
    case 'divider':
      return [{ type: 'divider', id }];
    case 'context':
      return [{ type: 'context', id, text: elements.flatMap((element) => readText(element, names)) }];
    case 'image':
      return [{ type: 'image', id, title: wordsOf(block['title']), alt: String(block['alt_text'] ?? '') }];
    case 'actions':
      return [{ type: 'actions', id, elements: elements.map(read) }];
    case 'input': {
      const { element } = block;
      if (!isRecord(element)) return [];
      return [
        {
          type: 'input',
          id,
          label: wordsOf(block['label']),
          hint: wordsOf(block['hint']),
          isOptional: block['optional'] === true,
          dispatches: block['dispatch_action'] === true,
          element: read(element),
        },
      ];
    }
    default:
      return [];
  }
}

/** What an element of a message begins with: nobody keeps what is put into it later. */
function initialOf(element: Json): Json {
  return Object.fromEntries(Object.entries(element).filter(([key]) => key.startsWith('initial_')));
}
