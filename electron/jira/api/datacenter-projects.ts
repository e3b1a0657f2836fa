import { z } from 'zod';
import { reactionTo, toAppError } from '../../../shared/errors.ts';
import { projectListSchema, read } from './cloud-answers.ts';
import type { JiraApi } from './jira-api.ts';
import type { JiraTransport } from './jira-client.ts';
import type { ProjectApi } from './project-api.ts';
import { inProject } from './project-keys.ts';
import { eachOf } from './read-one-by-one.ts';

/** Each is asked whether issues may be created there. */
const mostProjects = 100;

/** What Data Center tells of projects in another way. */
export function createDataCenterProjects(
  { client }: JiraTransport,
  { may, issueTypes, createScreen }: Pick<ProjectApi, 'may' | 'issueTypes' | 'createScreen'>,
  search: JiraApi['search'],
): Pick<JiraApi, 'projects' | 'isEmpty'> & {
  /** Whether whatever is created in the project can carry labels; false where Jira does not tell. */
  takesLabels(project: string): Promise<boolean>;
} {
  return {
    async projects() {
      const answer = await client.sendRequest<unknown>({ url: '/rest/api/3/project', method: 'GET' });
      const seen = read(listSchema, answer, 'projects').filter(({ archived }) => archived !== true);
      const asked = seen.toSorted((one, other) => one.name.localeCompare(other.name)).slice(0, mostProjects);
      const granted = await eachOf(asked, ({ key }) => may('CREATE_ISSUES', key));
      const projects = asked.filter((_, index) => granted[index]).map(({ id, key, name }) => ({ id, key, name }));
      return { projects, isCut: seen.length > asked.length };
    },

    async isEmpty(projectKey) {
      // The index may lag, so that it has none proves nothing by itself: it is asked beside the keys.
      const { issues } = await search(inProject(projectKey), { size: 1, from: null, withProperty: false });
      if (issues.length > 0) return false;
      return (await may('BROWSE_PROJECTS', projectKey)) ? true : null;
    },

    async takesLabels(project) {
      try {
        const types = (await issueTypes(project)).filter(({ subtask }) => !subtask);
        const screens = await eachOf(types, ({ id }) => createScreen(project, id));
        return screens.length > 0 && screens.every((fields) => fields.some(({ id }) => id === 'labels'));
      } catch (thrown) {
        if (reactionTo(toAppError(thrown).code) !== 'give_up') throw thrown;
        return false;
      }
    },
  };
}

/** A list, as documented of its items; in a page where a server has one. */
const listSchema = projectListSchema.or(z.object({ values: projectListSchema }).transform(({ values }) => values));
