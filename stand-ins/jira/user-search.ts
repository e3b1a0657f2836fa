import type { Json } from '../record.ts';
import { type JiraOperation, toPage } from './call.ts';
import { JiraFailure } from './failure.ts';
import type { JiraPerson } from './people.ts';
import type { JiraState } from './state.ts';
import type { JiraViews } from './views.ts';

/** Finding people by what they are called. Throws JiraFailure. */
export function createJiraUserSearch(state: JiraState, views: JiraViews): Record<'findUsers', JiraOperation> {
  // `query` is Cloud's, `username` Data Center's: a part of the name, the shown name or the address.
  const parameter = state.make.deployment === 'cloud' ? 'query' : 'username';

  function isMatch(person: JiraPerson, wanted: string): boolean {
    const words = [person.name, ...person.displayName.split(' ')];
    if (person.emailVisibility !== 'hidden') words.push(person.email);
    const isNamed = words.some((word) => word.toLowerCase().startsWith(wanted));
    return isNamed || person.displayName.toLowerCase().startsWith(wanted);
  }

  return {
    findUsers({ query }) {
      const wanted = query.get(parameter)?.trim().toLowerCase() ?? '';
      if (wanted === '') throw new JiraFailure(400, `The '${parameter}' query parameter is required.`);
      // Jira tells nobody to who may not browse users.
      const visible = state.mayBrowsePeople ? state.people : [];
      const found = visible.filter((person) => person.active && isMatch(person, wanted));
      const body: Json[] = toPage(query, found).values.map(views.person);
      return { status: 200, body };
    },
  };
}
