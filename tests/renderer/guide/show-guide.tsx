import { GuidePage } from '../../../renderer/features/guide/guide-page.tsx';
import type { StepName } from '../../../renderer/features/guide/steps.ts';
import type { AppStatus } from '../../../shared/app-status.ts';
import type { ModelView } from '../../../shared/model-view.ts';
import { type SettingName, secretNames, settingNames } from '../../../shared/settings.ts';
import { defaultLabelToIssueType } from '../../../shared/settings-table.ts';
import type { SettingsView, SettingView } from '../../../shared/settings-view.ts';
import type { Answers } from '../../fakes/bridge.ts';
import { show } from '../show.tsx';

const off = { state: 'off', code: 'not_configured', detail: null } as const;

/** Nothing is connected, and no ticket was ever filed. */
export const untouched: AppStatus = {
  slack: { ...off, since: null, desktops: null, paused: false },
  jira: off,
  model: { state: 'off', code: 'none', detail: null, file: null, device: null },
  log: { tickets: 0, bytes: 0, diskFree: null, message: null, backup: { at: null, message: null }, recovery: null },
  disk: { state: 'ok', code: 'ok', detail: null },
  lastError: null,
  attention: 0,
  unfinished: 0,
  notices: [],
  version: '1.0.0',
  dataDir: '/data',
  demo: false,
};

export const builtinModel: ModelView = {
  answering: { source: 'builtin', name: 'v1', why: 'There is no GGUF.' },
  state: { state: 'none', file: null, device: null, message: 'There is no GGUF.' },
  chosen: null,
  isFixed: false,
  folder: '/data/models',
  moreFolders: [],
  areFoldersFixed: false,
  idleMinutes: 0,
  files: [],
  builtin: 'v1',
  measurements: null,
};

/** Settings of which only these are set; an origin other than settings.json fixes one. */
export function settingsWith(
  set: Partial<Record<SettingName, { value?: string; origin?: SettingView['origin'] }>> = {},
  protection: SettingsView['protection'] = 'keychain',
): SettingsView {
  return {
    settings: settingNames.map((name) => {
      const given = set[name];
      const origin = given === undefined ? 'default' : (given.origin ?? 'settings.json');
      const isSecret = secretNames.some((secret) => secret === name);
      return {
        name,
        value: isSecret ? null : (given?.value ?? null),
        isSet: given !== undefined,
        isSecret,
        origin,
        isFixed: origin === 'environment' || origin === '.env' || origin === 'DATA/.env',
        refusal: null,
      };
    }),
    labelToIssueType: defaultLabelToIssueType,
    problems: [],
    protection,
    trustsFormerToken: false,
  };
}

/** A main that keeps what it is asked to save. */
export function keepingMain(first: SettingsView = settingsWith(), answers: Answers = {}): Answers {
  let view = first;
  return {
    'settings:read': () => view,
    'status:read': () => untouched,
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
    'guide:manifest': () => 'display_information:\n  name: AI Ticket Agent\n',
    'model:read': () => builtinModel,
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
