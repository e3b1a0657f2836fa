import type { JiraIssue } from './jira-issue.ts';
import type { JiraState } from './state.ts';

/** What administrators and colleagues do to issues and projects that programs know by their keys. */
export interface JiraRelocations {
  /** Gives the project another key; the old ones go on naming it and its issues. */
  renameProject(key: string, newKey: string): void;
  /** Moves an issue into another project, where it gets the type of the same name, or the first one. */
  moveIssue(key: string, toProject: string): JiraIssue;
  archiveIssue(key: string): void;
  removeIssue(key: string): void;
}

export function createJiraRelocations(state: JiraState): JiraRelocations {
  function theProject(key: string) {
    const project = state.findProject(key);
    if (project === undefined) throw new Error(`The site has no project ${key}.`);
    return project;
  }

  function theIssue(key: string): JiraIssue {
    const issue = state.issues.find((each) => each.key === key);
    if (issue === undefined) throw new Error(`The site has no issue ${key}.`);
    return issue;
  }

  function changeKey(issue: JiraIssue, projectKey: string, key: string): void {
    issue.formerKeys.push(issue.key);
    issue.projectKey = projectKey;
    issue.key = key;
  }

  return {
    renameProject(key, newKey) {
      const project = theProject(key);
      const own = state.issues.filter(({ projectKey }) => projectKey === project.key);
      project.formerKeys.push(project.key);
      project.key = newKey;
      for (const issue of own) changeKey(issue, newKey, issue.key.replace(/^.*-/, `${newKey}-`));
      state.continueNumbers(key, newKey);
      for (const issue of own) state.changed(issue);
    },
    moveIssue(key, toProject) {
      const issue = theIssue(key);
      const project = theProject(toProject);
      changeKey(issue, project.key, state.nextKey(project.key));
      const sameName = project.issueTypes.find(({ name }) => name === issue.issueType);
      issue.issueType = (sameName ?? project.issueTypes[0])?.name ?? issue.issueType;
      state.changed(issue);
      return issue;
    },
    archiveIssue(key) {
      const issue = theIssue(key);
      issue.isArchived = true;
      state.changed(issue);
    },
    removeIssue(key) {
      const issue = theIssue(key);
      state.issues.splice(state.issues.indexOf(issue), 1);
      state.watch.changed(issue);
    },
  };
}
