import { GuidePage } from '../../../renderer/features/guide/guide-page.tsx';
import type { StepName } from '../../../renderer/features/guide/steps.ts';
import type { SettingsView, SettingView } from '../../../shared/settings-view.ts';
import { anUntouchedStatus } from '../../fakes/app-status.ts';
import type { Answers } from '../../fakes/bridge.ts';
import { anEmptyModelView } from '../../fakes/model-view.ts';
import { cloudFound, settingsView } from '../../fakes/settings-view.ts';
import { show } from '../show.tsx';

/** A main that keeps what it is asked to save. */
export function keepingMain(first: SettingsView = settingsView(), answers: Answers = {}): Answers {
  let view = first;
  return {
    'settings:read': () => view,
    'status:read': anUntouchedStatus,
    'settings:test': () => ({ ok: true, findings: [{ level: 'ok', message: 'Found to be fine.' }] }),
    'settings:save': ({ change }) => {
      const settings = view.settings.map((setting): SettingView => {
        const text = change[setting.name];
        if (text === undefined) return setting;
        return { ...setting, isSet: true, value: setting.isSecret ? null : text, origin: 'settings.json' };
      });
      view = { ...view, settings };
      return view;
    },
    'jira:detect': () => cloudFound,
    'guide:manifest': () => ({ text: 'display_information:\n  name: AI Ticket Agent\n', fitsInAddress: true }),
    'guide:new-app': () => undefined,
    'model:read': anEmptyModelView,
    'page:open': () => undefined,
    'clipboard:write': () => undefined,
    ...answers,
  };
}

/** The guide over such a main; with a step, as if it had been left there. */
export function showGuide(answers: Answers, step?: StepName) {
  if (step !== undefined) localStorage.setItem('guide', step);
  const shown = show(<GuidePage />, answers, { page: 'Guide' });
  const requests = (channel: string) => shown.bridge.asked.filter((asked) => asked.channel === channel);
  return { ...shown, requests };
}
