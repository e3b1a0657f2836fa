import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { readJiraAddress } from '../../../shared/jira-address.ts';
import { type JiraLogin, jiraLogin } from '../../../shared/jira-login.ts';
import type { JiraFound, SettingChange, SettingsView } from '../../../shared/settings-view.ts';
import { draftedValue, useSettingsDraft } from './settings-draft.ts';
import { changesOf } from './settings-sections.ts';
import { useAsked } from './use-asked.ts';

/** Which Jira answers at the address that is saved or typed. */
export interface FoundJira {
  /** What a login takes there, as far as it is known. */
  login: JiraLogin;
  /** The address as it is typed, once nobody types any more. */
  address: string;
  isAsking: boolean;
  /** What was found; null where nobody asked, or not yet. */
  found: JiraFound | null;
  trouble: string | null;
  /** What has to be sent along so that main knows the address. */
  change: Pick<SettingChange, 'JIRA_BASE_URL' | 'JIRA_DEPLOYMENT'>;
  /** Asks again, for a person, who may be asked back. */
  ask(): void;
}

const settledMs = 500;

/** Asks without a login which Jira it is, as soon as its address is typed. */
export function useFoundJira(view: SettingsView): FoundJira {
  const draft = useSettingsDraft();
  const { JIRA_BASE_URL, JIRA_DEPLOYMENT } = changesOf('jira', view, draft);
  const change = {
    ...(JIRA_BASE_URL === undefined ? {} : { JIRA_BASE_URL }),
    ...(JIRA_DEPLOYMENT === undefined ? {} : { JIRA_DEPLOYMENT }),
  };
  const typed = JSON.stringify({ change, address: draftedValue(view, draft, 'JIRA_BASE_URL').trim() });
  const [settled] = useDebouncedValue(typed, settledMs);
  const now: { change: typeof change; address: string } = JSON.parse(settled);

  const [asked, setAsked] = useState({ of: '', turn: 0 });
  const isReadable = readJiraAddress(now.address).trouble === null;
  const request = isReadable ? { change: now.change, byPerson: asked.of === settled } : null;
  const { value, trouble, isAsking } = useAsked('jira:detect', request, asked.turn);
  const isNews = typed === settled && !isAsking;
  return {
    login: jiraLogin((name) => draftedValue(view, draft, name), value?.deployment ?? null),
    address: now.address,
    isAsking: isAsking || (typed !== settled && isReadable),
    found: isNews ? value : null,
    trouble: isNews ? trouble : null,
    change: now.change,
    ask: () => setAsked(({ turn }) => ({ of: settled, turn: turn + 1 })),
  };
}
