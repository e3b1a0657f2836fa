import { projectKeyPattern } from '../../../shared/issue-key.ts';
import { labels } from '../../../shared/labels.ts';
import { listedProjects } from '../../../shared/listed-projects.ts';
import { type SettingName, secretNames } from '../../../shared/settings.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import type { SettingsDraft } from './settings-draft.ts';

/** What each section saves; Jira's also has the issue types. */
export const sectionSettings = {
  slack: ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
  jira: ['JIRA_BASE_URL', 'JIRA_EMAIL', 'JIRA_API_TOKEN', 'JIRA_DEPLOYMENT', 'JIRA_PROJECT_KEY'],
  openai: ['OPENAI_ALLOWED', 'OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_MODEL'],
  behaviour: [
    'START_AT_LOGIN',
    'NOTIFY_ATTENTION',
    'NOTIFY_APPROVAL',
    'EXTERNAL_MAY_DECIDE',
    'TICKETS_PER_MINUTE',
    'STATUS_PROJECTS',
    'DELETE_TEXTS_AFTER_DAYS',
    'DELETE_TICKETS_AFTER_DAYS',
  ],
} as const satisfies Record<string, SettingName[]>;
export type SectionName = keyof typeof sectionSettings;

/** What a section would save: only what differs from what is saved and is not fixed elsewhere. */
export function changesOf(
  section: SectionName,
  view: SettingsView,
  draft: SettingsDraft,
): Pick<SettingsDraft, 'change' | 'types'> {
  const names: readonly SettingName[] = sectionSettings[section];
  const change = view.settings.filter(({ name, value, isSet, isSecret, isFixed }) => {
    const text = draft.change[name];
    if (!names.includes(name) || text === undefined || isFixed) return false;
    return isSecret ? text !== '' || isSet : text !== (value ?? '');
  });
  const types = labels.filter(
    (label) => (draft.types[label] ?? view.labelToIssueType[label]) !== view.labelToIssueType[label],
  );
  return {
    change: Object.fromEntries(change.map(({ name }) => [name, draft.change[name]])),
    types: section === 'jira' ? Object.fromEntries(types.map((label) => [label, draft.types[label]])) : {},
  };
}

export function isEmpty({ change, types }: Pick<SettingsDraft, 'change' | 'types'>): boolean {
  return Object.keys(change).length + Object.keys(types).length === 0;
}

/** Whether a secret would be kept in plain text that nobody has agreed to. */
export function needsConsent(
  view: SettingsView,
  { change }: Pick<SettingsDraft, 'change'>,
  isAllowed: boolean,
): boolean {
  return view.protection === 'plain_text' && !isAllowed && secretNames.some((name) => Boolean(change[name]));
}

const mostDays = 3650;

/** What is wrong with a number of days; null for a good one, and for none. */
export function daysFault(text: string): string | null {
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (text === '' || (days >= 1 && days <= mostDays)) return null;
  return `Enter a whole number of days from 1 to ${mostDays}, or nothing to keep them.`;
}

/** What is wrong with a number of tickets a minute; null for a good one, and for none. */
export function perMinuteFault(text: string): string | null {
  if (text === '' || /^(0|[1-9]\d{0,3})$/.test(text)) return null;
  return 'Enter a whole number from 1 to 9999, 0 for no limit, or nothing for 10.';
}

/** What is wrong with a list of projects; null for a good one, and for none. */
export function projectsFault(text: string): string | null {
  const keys = listedProjects(text);
  if (text.trim() === '' || keys === '*') return null;
  if (keys.length > 0 && keys.every((key) => projectKeyPattern.test(key))) return null;
  return 'Enter keys of projects with commas between them, such as OPS, WEB, or * for all.';
}

const faults = [
  ['DELETE_TEXTS_AFTER_DAYS', daysFault],
  ['DELETE_TICKETS_AFTER_DAYS', daysFault],
  ['TICKETS_PER_MINUTE', perMinuteFault],
  ['STATUS_PROJECTS', projectsFault],
] as const;

/** Whether something typed in a section cannot be saved as it stands. */
export function isFaulty({ change }: Pick<SettingsDraft, 'change'>): boolean {
  return faults.some(([name, faultOf]) => faultOf((change[name] ?? '').trim()) !== null);
}
