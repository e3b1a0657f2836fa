import { createHash, randomBytes } from 'node:crypto';

/** Somebody whom the site knows. */
export interface JiraPerson {
  /** Cloud's id of theirs. */
  accountId: string;
  /** Data Center's name of theirs. */
  name: string;
  email: string;
  displayName: string;
  /** `searched`: their address finds them and is not told; `hidden`: neither. */
  emailVisibility: 'shown' | 'searched' | 'hidden';
  active: boolean;
  /** Whether issues may name them as their reporter. */
  mayReport: boolean;
}

/** The one that runs the app. */
export interface JiraAccount extends JiraPerson {
  /** Cloud's API token, or Data Center's personal access token. */
  apiToken: string;
  /** IANA name; JQL reads dates in it. */
  timeZone: string;
}

export type JiraPersonSeed = Partial<JiraPerson> & { email: string };

export function toPerson(seed: JiraPersonSeed): JiraPerson {
  const [name = ''] = seed.email.split('@');
  return {
    accountId: `712020:${createHash('sha256').update(seed.email).digest('hex').slice(0, 24)}`,
    name,
    displayName: name,
    emailVisibility: 'shown',
    active: true,
    mayReport: true,
    ...seed,
  };
}

export function toAccount(seed: {
  email?: string | undefined;
  apiToken?: string | undefined;
  timeZone?: string | undefined;
  tokenPrefix: string;
}): JiraAccount {
  return {
    ...toPerson({ email: seed.email ?? 'demo@example.com', name: 'demo', displayName: 'Demo Account' }),
    accountId: `712020:${randomBytes(12).toString('hex')}`,
    apiToken: seed.apiToken ?? seed.tokenPrefix + randomBytes(24).toString('base64url'),
    timeZone: seed.timeZone ?? 'Europe/Berlin',
  };
}
