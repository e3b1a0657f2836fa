import { AppError } from '../../../shared/errors.ts';
import { issueKeyPattern, projectKeyPattern } from '../../../shared/issue-key.ts';

/** Jira's paths are not escaped, so nothing but these forms may enter them. Throws `invalid_input`. */
export function checkKey(key: string): void {
  if (!issueKeyPattern.test(key)) {
    throw new AppError('invalid_input', 'That is not an issue key; one looks like KAN-7.');
  }
}

/** The same of a project. Throws `not_configured` where none is given, else `invalid_input`. */
export function checkProject(project: string): void {
  if (project === '') throw new AppError('not_configured', 'Choose the project that gets the tickets, in Settings.');
  if (!projectKeyPattern.test(project) && !isProjectId(project)) {
    throw new AppError('invalid_input', 'That is not the key of a project, such as KAN, nor the numeric id of one.');
  }
}

/** Whether a project is named by Jira's number for it, not by its key. */
export function isProjectId(project: string): boolean {
  return /^\d+$/.test(project);
}

/** Clause of JQL for the issues of a project, by key or id. */
export function inProject(project: string): string {
  return `project = ${isProjectId(project) ? project : `"${project}"`}`;
}

/** The number in an issue's key. */
export function numberOf(key: string): number {
  return Number(key.slice(key.lastIndexOf('-') + 1));
}

/** Key of the project that an issue's key names. */
export function prefixOf(key: string): string {
  return key.replace(/-\d+$/, '');
}

/** Key of the project's issue with this number. */
export function keyOf(project: string, number: number): string {
  return `${project}-${number}`;
}
