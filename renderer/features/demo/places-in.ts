import type { DemoBlock, DemoElement } from '../../../shared/demo-view.ts';
import type { ElementPlace } from './surface.ts';

/** Every element of these blocks that can be used, with its place. */
export function placesIn(blocks: readonly DemoBlock[]): (ElementPlace & { element: DemoElement })[] {
  return blocks.flatMap((block) =>
    elementsOf(block).flatMap((element) =>
      'actionId' in element ? [{ blockId: block.id, actionId: element.actionId, element }] : [],
    ),
  );
}

function elementsOf(block: DemoBlock): DemoElement[] {
  switch (block.type) {
    case 'input':
      return [block.element];
    case 'actions':
      return block.elements;
    case 'section':
      return block.accessory === null ? [] : [block.accessory];
    default:
      return [];
  }
}
