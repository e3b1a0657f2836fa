/** The only form of an issue key that may enter a path of Jira's REST API. */
export const issueKeyPattern = /^[A-Z][A-Z0-9_]+-[1-9]\d*$/;
export const projectKeyPattern = /^[A-Z][A-Z0-9_]+$/;

const longestInput = 2048;
const surrounding = /^[\s"'`([{<*_~#]+|(?<![\s"'`)\]}>*_~.,;:!?])[\s"'`)\]}>*_~.,;:!?]+$/g;

/**
 * The issue a person means: `kan-7`, a bare number in the configured project, or a pasted address of an issue,
 * also in Slack's `<address|text>` and with quotes or punctuation around it. Null where no key can be read;
 * a bare number has none when the project is known by its numeric id only.
 */
export function parseIssueKey(input: string, project: string | null): string | null {
  if (input.length > longestInput) return null;
  const text = unwrap(input);
  if (/^https?:\/\//i.test(text)) return keyInAddress(text);
  if (/^[1-9]\d*$/.test(text)) {
    return project !== null && projectKeyPattern.test(project) ? `${project}-${text}` : null;
  }
  return asKey(text);
}

function unwrap(input: string): string {
  const link = /<(https?:[^<|>\s]+)(?:\|[^<>]*)?>/i.exec(input)?.[1];
  return (link ?? input).replace(surrounding, '');
}

/** `/browse/KAN-7`, `?selectedIssue=KAN-7` on boards and backlogs, `/issues/KAN-7` and queues. */
function keyInAddress(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const selected = asKey(url.searchParams.get('selectedIssue') ?? '');
  return (
    selected ??
    url.pathname
      .split('/')
      .map(asKey)
      .findLast((key) => key !== null) ??
    null
  );
}

function asKey(text: string): string | null {
  const key = text.toUpperCase();
  // Upper-casing turns some foreign letters into ASCII ones (the long s into S), so the original is checked too.
  return /^[a-z0-9_-]+$/i.test(text) && issueKeyPattern.test(key) ? key : null;
}
