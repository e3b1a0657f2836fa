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

/** How long a project's key serves, in milliseconds: an administrator may change it. */
const goodForMs = 5 * 60_000;

/** `now`: milliseconds since 1970. */
export function createProjects(api: Pick<JiraApi, 'projectKey'>, now: () => number): Projects {
  const currentKeys = new Map<string, { key: string; until: number }>();

  async function currentKey(asked: string): Promise<string> {
    const known = currentKeys.get(asked);
    if (known !== undefined && now() < known.until) return known.key;
    try {
      const key = await api.projectKey(asked);
      currentKeys.set(asked, { key, until: now() + goodForMs });
      return key;
    } catch (thrown) {
      // What it was called is the best that is known while Jira does not tell.
      if (known === undefined) throw thrown;
      return known.key;
    }
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
