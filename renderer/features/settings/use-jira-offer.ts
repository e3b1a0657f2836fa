import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useState } from 'react';
import type { JiraLogin } from '../../../shared/jira-login.ts';
import type { JiraProjects, JiraTypes, SettingsView } from '../../../shared/settings-view.ts';
import { draftedValue, fieldOf, useSettingsDraft } from './settings-draft.ts';
import { changesOf } from './settings-sections.ts';
import { useAsked } from './use-asked.ts';

/** What Jira has to offer this account. */
export interface JiraOffer {
  projects: JiraProjects | null;
  types: JiraTypes | null;
  isAsking: boolean;
  /** Why Jira could not be asked. */
  trouble: string | null;
  /** All that a login takes is there. */
  canLook: boolean;
  /** Asks with what is typed. */
  look(): void;
}

const settledMs = 400;

/** Asks Jira with what is saved at once; with a login that is only typed when `look` says so, since it may be half typed. */
export function useJiraOffer(view: SettingsView, { needs }: JiraLogin): JiraOffer {
  const draft = useSettingsDraft();
  const { JIRA_PROJECT_KEY: _, label_to_issue_type: types = {}, ...login } = changesOf('jira', view, draft);
  const typed = JSON.stringify(login);
  const [looked, setLooked] = useState({ login: '{}', turn: 0 });
  const look = useCallback(() => setLooked(({ turn }) => ({ login: typed, turn: turn + 1 })), [typed]);

  const canLook = needs.every(({ name }) => {
    const { setting, draft: text } = fieldOf(view, draft, name);
    return text === undefined || setting.isFixed ? setting.isSet : text !== '';
  });
  const project = draftedValue(view, draft, 'JIRA_PROJECT_KEY').trim();
  const mayAsk = canLook && (typed === '{}' || typed === looked.login);
  const [settled] = useDebouncedValue(JSON.stringify({ project, types }), settledMs);
  const chosen: { project: string; types: typeof types } = JSON.parse(settled);

  const projects = useAsked('jira:projects', mayAsk ? { change: login } : null, looked.turn);
  const wanted = { change: { ...login, JIRA_PROJECT_KEY: chosen.project, label_to_issue_type: chosen.types } };
  const offered = useAsked('jira:types', mayAsk && chosen.project !== '' ? wanted : null, looked.turn);
  return {
    projects: projects.value,
    types: offered.value,
    isAsking: projects.isAsking || offered.isAsking,
    trouble: projects.trouble ?? offered.trouble,
    canLook,
    look,
  };
}
