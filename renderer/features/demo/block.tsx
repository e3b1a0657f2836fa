import { IconPhoto } from '@tabler/icons-react';
import type { DemoBlock } from '../../../shared/demo-view.ts';
import styles from './block.module.css';
import { Element } from './element.tsx';
import { RichTextLine, type RichTextProps } from './rich-text.tsx';

export type IssueLinks = Omit<RichTextProps, 'pieces'>;

/** Blocks as Slack draws them. */
export function Blocks({ blocks, ...links }: { blocks: DemoBlock[] } & IssueLinks) {
  return blocks.map((block, index) => (
    // An input keeps what is in it while blocks above it come and go.
    <Block key={block.id === '' ? `block ${index}` : block.id} block={block} {...links} />
  ));
}

function Block({ block, ...links }: { block: DemoBlock } & IssueLinks) {
  switch (block.type) {
    case 'section':
      return <Section block={block} {...links} />;
    case 'header':
      return (
        <h3 className={styles['header']} dir="auto">
          {block.text}
        </h3>
      );
    case 'divider':
      return <hr className={styles['divider']} />;
    case 'context':
      return (
        <p className={styles['context']} dir="auto">
          <RichTextLine pieces={block.text} {...links} />
        </p>
      );
    case 'image':
      return (
        <p className={styles['context']} dir="auto">
          <IconPhoto size={14} stroke={1.75} aria-hidden className={styles['picture']} /> {block.title || block.alt}
        </p>
      );
    case 'actions':
      return (
        <div className={styles['actions']}>
          {block.elements.map((element, index) => (
            <Element key={keyOf(element, index)} element={element} blockId={block.id} acts />
          ))}
        </div>
      );
    case 'input':
      return (
        <div className={styles['input']}>
          <Element element={block.element} blockId={block.id} field={block} acts={block.dispatches} />
        </div>
      );
  }
}

const keyOf = (element: object, index: number) =>
  'actionId' in element ? String(element.actionId) : `element ${index}`;

function Section({ block, ...links }: { block: Extract<DemoBlock, { type: 'section' }> } & IssueLinks) {
  const { text, fields, accessory, id } = block;
  return (
    <div className={styles['row']}>
      <div className={styles['words']}>
        {text.length > 0 && (
          <p className={styles['section']} dir="auto">
            <RichTextLine pieces={text} {...links} />
          </p>
        )}
        {fields.length > 0 && (
          <div className={styles['fields']}>
            {fields.map((field, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: fields have no names of their own, and never move
              <p key={index} dir="auto">
                <RichTextLine pieces={field} {...links} />
              </p>
            ))}
          </div>
        )}
      </div>
      {accessory !== null && <Element element={accessory} blockId={id} acts />}
    </div>
  );
}
