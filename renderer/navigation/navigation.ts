import { createContext, useContext } from 'react';
import type { TicketViewName } from '../../shared/ticket-list.ts';

export const pageNames = ['Tickets', 'Model', 'Settings', 'Status', 'Demo'] as const;
export type PageName = (typeof pageNames)[number];

/** Where the window is. */
export type Place =
  | { page: 'Tickets'; requestId?: string; view?: TicketViewName }
  | { page: 'Model' | 'Status' | 'Demo' }
  | { page: 'Settings'; section?: 'slack' | 'jira' | 'channels' | 'openai' | 'behaviour' | 'owner' }
  | { page: 'Guide' };

export interface Navigation {
  place: Place;
  go(place: Place): void;
}

export const NavigationContext = createContext<Navigation | null>(null);

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext);
  if (navigation === null) throw new Error('useNavigation needs the App around it.');
  return navigation;
}
