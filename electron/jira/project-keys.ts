/** As a clause of JQL. */
export function inProject(project: string): string {
  return `project = ${/^\d+$/.test(project) ? project : `"${project}"`}`;
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
