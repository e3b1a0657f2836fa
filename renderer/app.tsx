import { type HotkeyItem, useHotkeys } from '@mantine/hooks';
import { lazy, Suspense, startTransition, useCallback, useEffect, useMemo, useState } from 'react';
import { isolated } from '../shared/bidi.ts';
import styles from './app.module.css';
import { both, useLive } from './bridge/bridge.ts';
import { ReadTrouble } from './components/read-state.tsx';
import { isFirstStart } from './features/guide/guide-memory.ts';
import { NavigationContext, type PageName, type Place, pageNames } from './navigation/navigation.ts';
import { Rail } from './navigation/rail.tsx';
import { ShortcutsDialog } from './navigation/shortcuts-dialog.tsx';

/** Each page is loaded when it is first opened: most windows show tickets and nothing else. */
const pages = {
  Tickets: lazy(async () => ({ default: (await import('./features/tickets/tickets-page.tsx')).TicketsPage })),
  Model: lazy(async () => ({ default: (await import('./features/model/model-page.tsx')).ModelPage })),
  Settings: lazy(async () => ({ default: (await import('./features/settings/settings-page.tsx')).SettingsPage })),
  Status: lazy(async () => ({ default: (await import('./features/status/status-page.tsx')).StatusPage })),
  Demo: lazy(async () => ({ default: (await import('./features/demo/demo-page.tsx')).DemoPage })),
  Guide: lazy(async () => ({ default: (await import('./features/guide/guide-page.tsx')).GuidePage })),
};

export function App() {
  const statusRead = useLive('status:read', undefined, 'status');
  const settingsRead = useLive('settings:read', undefined, 'settings');
  const live = both(statusRead, settingsRead);
  const status = statusRead.value;
  const settings = settingsRead.value;
  const [chosen, setChosen] = useState<Place | null>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  // The page that was there stays until the next one is loaded.
  const go = useCallback((place: Place) => startTransition(() => setChosen(place)), []);
  useEffect(() => window.desk.onShow((what) => go({ page: 'Tickets', ...what })), [go]);

  const shown = pageNames.filter((name) => name !== 'Demo' || status?.demo === true);
  // Whoever is in a dialog answers it first.
  const unlessAsked = (act: () => void) => () => {
    if (document.querySelector('[role="dialog"][aria-modal="true"]') === null) act();
  };
  const jumps = shown.map(
    (name, index): HotkeyItem => [
      `mod+Digit${index + 1}`,
      unlessAsked(() => go(placeOf(name))),
      { usePhysicalKeys: true },
    ],
  );
  // Also while somebody types: these keys write nothing.
  useHotkeys(jumps, []);
  useHotkeys([['shift+?', unlessAsked(() => setHelpOpen(true))]]);

  const first: Place = status?.demo
    ? { page: 'Demo' }
    : settings !== null && isFirstStart(settings)
      ? { page: 'Guide' }
      : { page: 'Tickets' };
  const place = chosen ?? first;
  const navigation = useMemo(() => ({ place, go }), [place, go]);
  const Page = pages[place.page];
  return (
    <NavigationContext value={navigation}>
      <div className={styles['app']}>
        <Rail pages={shown} status={status} onHelp={() => setHelpOpen(true)} />
        <main className={styles['main']}>
          {status?.demo && (
            <p className={styles['banner']}>
              This is the demo. Slack and Jira are played by this program; nothing leaves this machine.
            </p>
          )}
          {status?.slack.paused && (
            <p className={styles['banner']}>Paused: this desktop takes no commands from Slack.</p>
          )}
          {status?.notices.map((notice) => (
            <p key={notice} className={styles['banner']} data-tone="warning">
              {isolated(notice)}
            </p>
          ))}
          {live.trouble !== null && (
            <div className={styles['trouble']}>
              <ReadTrouble trouble={live.trouble} onRetry={live.reload} />
            </div>
          )}
          <div className={styles['place']}>
            <Suspense>{live.value !== null && <Page />}</Suspense>
          </div>
        </main>
        <ShortcutsDialog isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
      </div>
    </NavigationContext>
  );
}

function placeOf(page: PageName): Place {
  return { page };
}
