import type { createCloudClient } from 'jira.js';

/** jira.js' functions on a transport of ours; the paths of what both dialects know are the same but for the version. */
export type JiraClient = ReturnType<typeof createCloudClient>;
