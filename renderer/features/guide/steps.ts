import type { AppStatus, PartHealth } from '../../../shared/app-status.ts';
import { jiraLogin } from '../../../shared/jira-login.ts';
import { type AnySettingName, type MapName, type SettingName, secretNames } from '../../../shared/settings.ts';
import type { SettingChange, SettingsView } from '../../../shared/settings-view.ts';
import { filterChange } from '../settings/filter-change.ts';
import type { SettingsDraft } from '../settings/settings-draft.ts';
import { changesOf } from '../settings/settings-sections.ts';

/** The guide's steps in their order. */
export const stepNames = ['slack-app', 'slack-tokens', 'jira', 'project', 'model', 'test'] as const;
export type StepName = (typeof stepNames)[number];

export const stepTitles: Record<StepName, string> = {
  'slack-app': 'Slack app',
  'slack-tokens': 'Slack tokens',
  jira: 'Jira',
  project: 'Project and types',
  model: 'Model',
  test: 'Test ticket',
};

/** `open`: nothing was done yet. `trouble`: it was, and does not work. */
export type Standing = 'done' | 'trouble' | 'open';

/** What every step is given. */
export interface StepProps {
  view: SettingsView;
  status: AppStatus;
  /** Called when settings were saved, with what they are now. */
  onSaved(view: SettingsView): void;
  onStep(step: StepName): void;
}

/**
 * How far the set-up is, whoever did it and wherever. `isTested`: a test ticket was filed since the window opened; any
 * other ticket proves as much.
 */
export function standingsOf(view: SettingsView, status: AppStatus, isTested: boolean): Record<StepName, Standing> {
  const has = (...names: SettingName[]) => names.every((name) => isSet(view, name));
  const withPart = (isThere: boolean, part: PartHealth): Standing => {
    if (!isThere) return 'open';
    return part.state === 'trouble' ? 'trouble' : 'done';
  };
  const isTicketKnown = isTested || status.log.tickets > 0;
  return {
    // Nobody has a token without having made the app.
    'slack-app': has('SLACK_BOT_TOKEN') || has('SLACK_APP_TOKEN') ? 'done' : 'open',
    'slack-tokens': withPart(has('SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'), status.slack),
    jira: withPart(hasJiraLogin(view), status.jira),
    project: has('JIRA_PROJECT_KEY') ? 'done' : 'open',
    // Optional, since the built-in model answers; a file that does not load is still worth a look.
    model: status.model.state === 'off' ? 'open' : withPart(true, status.model),
    test: isTicketKnown ? 'done' : 'open',
  };
}

/** Whether all that a login to the Jira of the settings takes is set. */
export function hasJiraLogin(view: SettingsView): boolean {
  const settingOf = (asked: SettingName) => view.settings.find(({ name }) => name === asked)?.value;
  return jiraLogin(settingOf).needs.every(({ name }) => isSet(view, name));
}

function isSet(view: SettingsView, name: SettingName): boolean {
  return view.settings.some((setting) => setting.name === name && setting.isSet);
}

/** The steps that tickets cannot do without and that are not done. */
export function missingSteps(standings: Record<StepName, Standing>): StepName[] {
  return (['slack-tokens', 'jira', 'project'] as const).filter((step) => standings[step] === 'open');
}

/** What a step with a form saves. */
export const stepForms = {
  'slack-tokens': { section: 'slack', names: ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'], maps: [] },
  jira: { section: 'jira', names: ['JIRA_BASE_URL', 'JIRA_EMAIL', 'JIRA_API_TOKEN', 'JIRA_DEPLOYMENT'], maps: [] },
  project: { section: 'jira', names: ['JIRA_PROJECT_KEY'], maps: ['label_to_issue_type'] },
} as const satisfies Partial<Record<StepName, { section: 'slack' | 'jira'; names: SettingName[]; maps: MapName[] }>>;
export type FormStep = keyof typeof stepForms;

/** Whether all that a step with a form asks for is saved. */
export function isFormComplete(step: FormStep, view: SettingsView): boolean {
  return step === 'jira' ? hasJiraLogin(view) : stepForms[step].names.every((name) => isSet(view, name));
}

/** What is typed in a step and not saved yet. */
export function stepChanges(step: StepName, view: SettingsView, draft: SettingsDraft): SettingChange {
  if (!isFormStep(step)) return {};
  const { section, names, maps } = stepForms[step];
  const own: readonly AnySettingName[] = [...names, ...maps];
  return filterChange(changesOf(section, view, draft), (name) => own.includes(name));
}

function isFormStep(step: StepName): step is FormStep {
  return step in stepForms;
}

export function holdsSecrets(step: FormStep): boolean {
  const names: readonly SettingName[] = stepForms[step].names;
  return secretNames.some((secret) => names.includes(secret));
}
