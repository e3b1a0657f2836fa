import type { JiraApi } from './api/jira-api.ts';
import { checkProject, isProjectId } from './api/project-keys.ts';

/** Which project is meant, and which key it has. */
export interface Projects {
  /** The one of that key or id. Throws `not_configured` where none is given, and `invalid_input` where it is neither. */
  named(project: string): string;
  /** Key of a project that is given by key or id. */
  keyOf(project: string): Promise<string>;
  /** The key that a project has now; after a change Jira still knows it by the one before. */
  currentKey(project: string): Promise<string>;
}

export function createProjects(api: Pick<JiraApi, 'projectKey'>): Projects {
  const currentKeys = new Map<string, string>();

  async function currentKey(asked: string): Promise<string> {
    const key = currentKeys.get(asked) ?? (await api.projectKey(asked));
    currentKeys.set(asked, key);
    return key;
  }

  return {
    named(project) {
      const key = project.toUpperCase();
      checkProject(key);
      return key;
    },
    keyOf: async (asked) => (isProjectId(asked) ? currentKey(asked) : asked),
    currentKey,
  };
}
