import { AppError } from '../../shared/errors.ts';
import { projectKeyPattern } from '../../shared/issue-key.ts';
import type { JiraApi } from './jira-api.ts';
import { checkProject, isProjectId } from './project-keys.ts';

/** Which project is meant, and which key it has. */
export interface Projects {
  /** The configured one, by key or id. Throws `not_configured` where it is neither. */
  configured(): string;
  /** Where a ticket goes: the project that a person chose for it, else the configured one. Throws `invalid_input` too. */
  chosen(wanted: string | null): string;
  /** Key of a project that is given by key or id. */
  keyOf(project: string): Promise<string>;
  /** The key that a project has now; after a change Jira still knows it by the one before. */
  currentKey(project: string): Promise<string>;
}

/** `project`: the configured one as the settings have it, unchecked. */
export function createProjects(api: Pick<JiraApi, 'projectKey'>, project: string): Projects {
  const ours = project.toUpperCase();
  const currentKeys = new Map<string, string>();

  function configured(): string {
    checkProject(ours);
    return ours;
  }

  async function currentKey(asked: string): Promise<string> {
    const key = currentKeys.get(asked) ?? (await api.projectKey(asked));
    currentKeys.set(asked, key);
    return key;
  }

  return {
    configured,
    chosen(wanted) {
      if (wanted === null) return configured();
      const key = wanted.toUpperCase();
      if (projectKeyPattern.test(key)) return key;
      throw new AppError('invalid_input', 'That is not the key of a project; one looks like KAN.');
    },
    keyOf: async (asked) => (isProjectId(asked) ? currentKey(asked) : asked),
    currentKey,
  };
}
