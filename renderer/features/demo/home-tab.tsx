import { useEffect } from 'react';
import type { DemoView } from '../../../shared/demo-view.ts';
import { ask, useAction } from '../../bridge/bridge.ts';
import { TroubleNotice } from '../../components/notice.tsx';
import { Blocks, type IssueLinks } from './block.tsx';
import styles from './home-tab.module.css';
import { type Surface, SurfaceContext } from './surface.ts';

/** The app's Home as it draws it for this person, each time that it is opened. */
export function HomeTab({ home, ...links }: Pick<DemoView, 'home'> & IssueLinks) {
  const open = useAction('demo:open-home');
  const act = useAction('demo:act');
  const { run } = open;
  useEffect(() => void run(undefined), [run]);
  const viewId = home?.id ?? '';
  const surface: Surface = {
    valueOf: (_place, element) => ('value' in element ? element.value : []),
    change() {},
    act: (place, _element, value) => void act.run({ viewId, ...place, value, values: [] }),
    suggest: (place, query) => ask('demo:suggest', { viewId, ...place, query }),
    errorOf: () => undefined,
    isBusy: act.isRunning,
    isFirst: () => false,
  };
  return (
    <div className={styles['home']}>
      <TroubleNotice trouble={open.trouble ?? act.trouble} />
      {home === null ? (
        <p role="status">{open.isRunning ? 'Asking the app…' : 'The app has not drawn its Home yet.'}</p>
      ) : (
        <SurfaceContext value={surface}>
          <Blocks blocks={home.blocks} {...links} />
        </SurfaceContext>
      )}
    </div>
  );
}
