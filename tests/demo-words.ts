import type { DemoBlock, DemoElement, DemoMessage } from '../shared/demo-view.ts';

/** What a person reads in a block of the demo, a line each; elements in brackets. */
export function linesOf(block: DemoBlock): string[] {
  switch (block.type) {
    case 'section': {
      const lines = [block.text, ...block.fields].filter((line) => line.length > 0);
      return [
        ...lines.map((line) => line.map(({ text }) => text).join('')),
        ...[block.accessory].flatMap(elementWords),
      ];
    }
    case 'context':
      return [block.text.map(({ text }) => text).join('')];
    case 'header':
      return [block.text];
    case 'actions':
      return block.elements.flatMap(elementWords);
    case 'input':
      return [block.label, ...elementWords(block.element)];
    default:
      return [`[${block.type}]`];
  }
}

function elementWords(element: DemoElement | null): string[] {
  if (element === null) return [];
  if (element.type === 'button') return [`[${element.label}|${element.style}]`];
  if (element.type !== 'select') return [`[${element.type}]`];
  const options = element.groups.flatMap((group) => group.options.map(({ text }) => text));
  return [`[${element.placeholder} ${options.join(', ')}]`];
}

export const wordsOf = ({ blocks }: Pick<DemoMessage, 'blocks'>): string[] => blocks.flatMap(linesOf);

/** Whether a message has a button of this action. */
export const withButton =
  (actionId: string) =>
  ({ blocks }: Pick<DemoMessage, 'blocks'>): boolean =>
    blocks.some((block) => {
      const elements = block.type === 'actions' ? block.elements : [];
      return elements.some((element) => element.type === 'button' && element.actionId === actionId);
    });
