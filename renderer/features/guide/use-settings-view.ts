import { useState } from 'react';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { type Live, useLive } from '../../desk.ts';

export interface LiveSettings extends Live<SettingsView> {
  /** What saving answered counts until main is asked again. */
  onSaved(view: SettingsView): void;
}

export function useSettingsView(): LiveSettings {
  const live = useLive('settings:read', undefined, 'settings');
  const [answer, setAnswer] = useState<{ view: SettingsView; since: SettingsView | null } | null>(null);
  return {
    ...live,
    value: answer !== null && answer.since === live.value ? answer.view : live.value,
    onSaved: (view) => setAnswer({ view, since: live.value }),
  };
}
