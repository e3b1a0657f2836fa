import type { JiraSiteOptions } from '../../stand-ins/jira/site.ts';

/** Data Centers of different make. */
export const dataCenters = {
  keeping: { deployment: 'datacenter' },
  behindPath: { deployment: 'datacenter', contextPath: '/jira', deploymentType: 'Data Center', metaLists: 'named' },
  forgetful: { deployment: 'datacenter', createProperties: false, commentProperties: false },
} satisfies Record<string, JiraSiteOptions>;
