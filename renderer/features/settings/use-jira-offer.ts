import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useEffect, useState } from 'react';
import { AppError } from '../../../shared/errors.ts';
import type { Channel, Request, Response } from '../../../shared/ipc.ts';
import { jiraLogin } from '../../../shared/jira-login.ts';
import type { JiraProjects, JiraTypes, SettingsView } from '../../../shared/settings-view.ts';
import { ask } from '../../bridge/bridge.ts';
import { draftedValue, fieldOf, useSettingsDraft } from './settings-draft.ts';
import { changesOf } from './settings-sections.ts';

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
export function useJiraOffer(view: SettingsView): JiraOffer {
  const draft = useSettingsDraft();
  const { JIRA_PROJECT_KEY: _, label_to_issue_type: types = {}, ...login } = changesOf('jira', view, draft);
  const typed = JSON.stringify(login);
  const [looked, setLooked] = useState({ login: '{}', turn: 0 });
  const look = useCallback(() => setLooked(({ turn }) => ({ login: typed, turn: turn + 1 })), [typed]);

  const canLook = jiraLogin((name) => draftedValue(view, draft, name)).needs.every(({ name }) => {
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

interface Asked<T> {
  value: T | null;
  trouble: string | null;
  isAsking: boolean;
}

/** Asks whenever the request or the turn changes; null asks nothing. What was answered stays until the next answer. */
function useAsked<C extends Channel>(channel: C, request: Request<C> | null, turn: number): Asked<Response<C>> {
  const [state, setState] = useState<Asked<Response<C>>>({ value: null, trouble: null, isAsking: false });
  const key = JSON.stringify(request);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn asks the same again.
  useEffect(() => {
    const parsed: Request<C> | null = JSON.parse(key);
    if (parsed === null) {
      setState({ value: null, trouble: null, isAsking: false });
      return;
    }
    let isCurrent = true;
    const become = (next: (before: Asked<Response<C>>) => Asked<Response<C>>) => isCurrent && setState(next);
    setState((before) => ({ ...before, isAsking: true }));
    ask(channel, parsed).then(
      (value) => become(() => ({ value, trouble: null, isAsking: false })),
      (thrown: unknown) => {
        const trouble = thrown instanceof AppError ? thrown.message : String(thrown);
        become(() => ({ value: null, trouble, isAsking: false }));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [channel, key, turn]);
  return state;
}
