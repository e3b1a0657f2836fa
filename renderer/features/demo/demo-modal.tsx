import { Button, Modal } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { DemoBlock, DemoModal } from '../../../shared/demo-view.ts';
import { ask, useAction } from '../../bridge/bridge.ts';
import { TroubleNotice } from '../../components/notice.tsx';
import { Blocks, type IssueLinks } from './block.tsx';
import styles from './demo-modal.module.css';
import { placesIn } from './places-in.ts';
import { allValues, type Edits, editedValue, keptEdits, SurfaceContext, withEdit } from './surface.ts';

/** A modal as Slack shows it, above everything else; what is typed outlives the app's updates of it. */
export function DemoModalDialog({ modal, ...links }: { modal: DemoModal } & IssueLinks) {
  const { id, title, submit, close, blocks, errors } = modal;
  const closing = useAction('demo:close');
  const acting = useAction('demo:act');
  const sending = useAction('demo:submit');
  const [allEdits, setEdits] = useState<Edits>({});
  /** What Slack itself found wrong when it was sent. */
  const [faults, setFaults] = useState<Record<string, string>>({});
  const places = placesIn(blocks);
  const first = firstInput(blocks);
  const form = useRef<HTMLFormElement>(null);
  // Also where the input comes later, as behind "Loading".
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time that another input is the first
  useEffect(() => {
    if (form.current?.contains(document.activeElement) === true) return;
    form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, [first]);
  const wrong = [...Object.keys(faults), ...Object.keys(errors)].join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time that something is wrong, the first of it is next
  useEffect(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), [wrong]);
  const edits = keptEdits(allEdits, places);
  if (edits !== allEdits) setEdits(edits);

  async function send(event: FormEvent) {
    event.preventDefault();
    if (sending.isRunning) return;
    const answer = await sending.run({ viewId: id, values: allValues(places, edits) });
    setFaults(answer?.value ?? {});
  }

  const surface = {
    valueOf: (place: Place, element: Edited) => editedValue(edits, place, element),
    change: (place: Place, element: Edited, value: string[]) => {
      setEdits((before) => withEdit(before, place, element, value));
      setFaults(({ [place.blockId]: _mended, ...others }) => others);
    },
    act: (place: Place, element: Edited, value: string[]) => {
      const values = allValues(places, 'value' in element ? withEdit(edits, place, element, value) : edits);
      void acting.run({ viewId: id, ...place, value, values });
    },
    suggest: (place: Place, query: string) => ask('demo:suggest', { viewId: id, ...place, query }),
    errorOf: (blockId: string) => faults[blockId] ?? errors[blockId],
    isBusy: sending.isRunning,
    isFirst: (blockId: string) => blockId === first,
  };
  return (
    <Modal
      opened
      onClose={() => void closing.run({ viewId: id })}
      title={title}
      // As in Slack: a click beside it loses nothing.
      closeOnClickOutside={false}
      classNames={{ body: styles['body'] ?? '', content: styles['content'] ?? '' }}
    >
      <form ref={form} className={styles['form']} noValidate onSubmit={send}>
        <SurfaceContext value={surface}>
          <div className={styles['blocks']}>
            <Blocks blocks={blocks} {...links} />
            <span role="status" className={styles['quiet']}>
              {acting.isRunning && 'Telling the app…'}
            </span>
            <TroubleNotice trouble={sending.trouble ?? acting.trouble ?? closing.trouble} />
          </div>
        </SurfaceContext>
        <div className={styles['buttons']}>
          <Button onClick={() => void closing.run({ viewId: id })}>{close}</Button>
          {submit !== null && (
            <Button type="submit" variant="filled" loading={sending.isRunning}>
              {submit}
            </Button>
          )}
        </div>
      </form>
    </Modal>
  );
}

/** Where a person begins, unless the app says otherwise: the first input, not the cross above it. */
function firstInput(blocks: readonly DemoBlock[]): string | undefined {
  const inputs = blocks.filter((block) => block.type === 'input');
  const chosen = inputs.some(({ element }) => 'hasFocus' in element && element.hasFocus);
  return chosen ? undefined : inputs[0]?.id;
}

type Place = { blockId: string; actionId: string };
type Edited = Parameters<typeof editedValue>[2];
