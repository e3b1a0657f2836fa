import { keysOf } from '../../shared/keys-of.ts';
import type { JiraSiteOptions } from '../../stand-ins/jira/site.ts';

/** Data Centers as they differ: by version, and by what administrators chose. */
const dataCenters = {
  'Data Center': { deployment: 'datacenter' },
  'Data Center that drops create properties': { deployment: 'datacenter', createProperties: false },
  'Data Center 9.12 behind a path': { deployment: 'datacenter', contextPath: '/jira', version: '9.12.4' },
  'newer Data Center without comment properties': {
    deployment: 'datacenter',
    version: '11.0.1',
    deploymentType: 'Data Center',
    metaLists: 'named',
    commentProperties: false,
  },
  'Data Center without Labels': { deployment: 'datacenter', projects: [{ key: 'KAN', labels: false }] },
  'Data Center without properties': {
    deployment: 'datacenter',
    createProperties: false,
    issueProperties: false,
    commentProperties: false,
  },
} satisfies Record<string, JiraSiteOptions>;

/** The Jiras that a run can be played with. */
export const soakJiras = { 'Jira Cloud': {}, ...dataCenters } satisfies Record<string, JiraSiteOptions>;
export type SoakJira = keyof typeof soakJiras;
export const soakJiraNames = keysOf(soakJiras);

/** Jira of a run: Cloud, or each Data Center equally often. */
export function jiraOfRun(run: number, isDataCenter: boolean): SoakJira {
  const names = keysOf(dataCenters);
  return isDataCenter ? (names[run % names.length] ?? 'Data Center') : 'Jira Cloud';
}
