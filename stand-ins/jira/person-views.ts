import type { Json } from '../record.ts';
import type { JiraPerson } from './people.ts';
import type { JiraState } from './state.ts';

export interface JiraPersonViews {
  /** The account, by what Jira tells it of itself. */
  account(): Json;
  person(person: JiraPerson): Json;
  /** Somebody whom the site need not know. */
  personByEmail(email: string): Json;
  /** Somebody known by nothing but this name. */
  stranger(displayName: string): Json;
  avatars(): Json;
}

/** People as Jira shows them, each with the address and the pictures that the site gives. */
export function createPersonViews(state: JiraState, baseUrl: () => string): JiraPersonViews {
  function showPerson(person: JiraPerson): Json {
    const { personKey } = state.dialect;
    const key = personKey === 'name' ? 'username' : personKey;
    return {
      self: `${baseUrl()}${state.make.api}/user?${key}=${encodeURIComponent(person[personKey])}`,
      ...state.dialect.person(person),
      ...(person.emailVisibility === 'shown' && { emailAddress: person.email }),
      displayName: person.displayName,
      active: person.active,
      timeZone: state.account.timeZone,
      avatarUrls: avatars(),
    };
  }

  function showStranger(displayName: string): Json {
    const name = displayName.toLowerCase().replaceAll(' ', '-');
    const accountId = `712020:${name}`;
    return showPerson({
      accountId,
      name,
      displayName,
      email: '',
      emailVisibility: 'hidden',
      active: true,
      mayReport: true,
    });
  }

  function personByEmail(email: string): Json {
    const known = state.people.find((person) => person.email === email);
    return known === undefined ? showStranger(email) : showPerson(known);
  }

  function avatars(): Json {
    return Object.fromEntries(
      ['48x48', '32x32', '24x24', '16x16'].map((size) => [size, `${baseUrl()}/avatar/${size}.png`]),
    );
  }

  return {
    account: () => ({ ...showPerson(state.account), locale: 'en_US' }),
    person: showPerson,
    personByEmail,
    stranger: showStranger,
    avatars,
  };
}
