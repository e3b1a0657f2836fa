import type { ReactNode } from 'react';
import type { DemoElement } from '../../../shared/demo-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { TroubleNotice } from '../../components/notice.tsx';
import styles from './block.module.css';
import { type ElementPlace, type Surface, SurfaceContext } from './surface.ts';

/** A message's blocks: a click goes to the app at once, and waits for its answer and then for the message to change. */
export function MessageSurface({ ts, children }: { ts: string; children: ReactNode }) {
  const click = useAction('demo:click');
  const surface: Surface = {
    valueOf: (_place, element) => ('value' in element ? element.value : []),
    change() {},
    act({ actionId }, element, [value]) {
      const option = value === undefined ? undefined : nameOf(element, value);
      void click.run({ ts, actionId, ...(option !== undefined && { option }) });
    },
    // Messages of this program have no list that asks.
    suggest: async (_place: ElementPlace) => [],
    errorOf: () => undefined,
    isBusy: click.isRunning,
    isFirst: () => false,
  };
  return (
    <SurfaceContext value={surface}>
      {children}
      <span role="status" className={styles['context']}>
        {click.isRunning && 'Telling the app…'}
      </span>
      <TroubleNotice trouble={click.trouble} />
    </SurfaceContext>
  );
}

/** Words of an option, by which a message knows it. */
function nameOf(element: DemoElement, value: string): string | undefined {
  const options =
    element.type === 'select'
      ? element.groups.flatMap((group) => group.options)
      : 'options' in element
        ? element.options
        : [];
  return options.find((option) => option.value === value)?.text;
}
