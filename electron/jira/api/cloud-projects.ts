import { reactionTo, toAppError } from '../../../shared/errors.ts';
import { projectPageSchema, read } from './cloud-answers.ts';
import type { JiraApi } from './jira-api.ts';
import type { JiraClient } from './jira-client.ts';
import type { ProjectApi } from './project-api.ts';

const mostProjects = 100;

/** What only Jira Cloud tells of projects. */
export function createCloudProjects(jira: JiraClient, may: ProjectApi['may']): Pick<JiraApi, 'projects' | 'isEmpty'> {
  /** null where Jira does not tell. */
  async function issueCount(projectKey: string): Promise<number | null> {
    try {
      const answer = await jira.projects.searchProjects({ keys: [projectKey], expand: 'insight' });
      const found = read(projectPageSchema, answer, 'projects').values.find(({ key }) => key === projectKey);
      return found?.insight?.totalIssueCount ?? null;
    } catch (thrown) {
      if (reactionTo(toAppError(thrown).code) !== 'give_up') throw thrown;
      return null;
    }
  }

  return {
    async projects() {
      const answer = await jira.projects.searchProjects({
        action: 'create',
        orderBy: 'name',
        maxResults: mostProjects,
      });
      const { values, total, isLast } = read(projectPageSchema, answer, 'projects');
      return { projects: values, isCut: isLast === false || (total ?? 0) > values.length };
    },

    async isEmpty(projectKey) {
      // The count is experimental, and may lag; with the permission to browse, at least what is ours shows in time.
      const count = await issueCount(projectKey);
      if (count !== null && count > 0) return false;
      return (await may('BROWSE_PROJECTS', projectKey)) ? true : null;
    },
  };
}
