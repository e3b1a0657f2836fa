/** What sets one server of Jira apart from another. */
export interface JiraMake {
  deployment: 'cloud' | 'datacenter';
  /** Where its REST API is, without the host. */
  api: '/rest/api/3' | '/rest/api/2';
  /** Path below which the server answers, `/jira`; empty where it has none. */
  contextPath: string;
  version: string;
  deploymentType: string;
  /** Names of the lists in create metadata: `values`, or `issueTypes` and `fields`. */
  metaLists: 'values' | 'named';
  /** Whether properties in a create are kept; one Data Center was seen that drops them without a word. */
  createProperties: boolean;
  /** Whether issues have properties at all; where not, as on small or old servers, nothing is at their addresses. */
  issueProperties: boolean;
  /** Whether comments have properties. */
  commentProperties: boolean;
  /** Characters in a text of several lines; 0: no limit. */
  textLimit: number;
  /** Failed logins in a row after which a captcha is asked for. */
  captchaAfter: number;
}

/** Data Center's administrators may choose these, and its versions differ in them. */
export type DataCenterMake = Partial<Omit<JiraMake, 'deployment' | 'api'>>;

export type JiraDeployment = ({ deployment: 'datacenter' } & DataCenterMake) | { deployment?: 'cloud' };

const cloud: JiraMake = {
  deployment: 'cloud',
  api: '/rest/api/3',
  contextPath: '',
  version: '1001.0.0-SNAPSHOT',
  deploymentType: 'Cloud',
  metaLists: 'named',
  createProperties: true,
  issueProperties: true,
  commentProperties: true,
  textLimit: 32_767,
  captchaAfter: Number.POSITIVE_INFINITY,
};

const dataCenter: JiraMake = {
  ...cloud,
  deployment: 'datacenter',
  api: '/rest/api/2',
  version: '10.3.5',
  // As Data Centers answer, too; some newer ones say `Data Center`.
  deploymentType: 'Server',
  metaLists: 'values',
  captchaAfter: 3,
};

export function toMake(options: JiraDeployment): JiraMake {
  if (options.deployment !== 'datacenter') return cloud;
  const chosen = Object.entries(options).filter(([name, value]) => name in dataCenter && value !== undefined);
  return { ...dataCenter, ...Object.fromEntries(chosen) };
}
