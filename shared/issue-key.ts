/** The only form of an issue key that may enter a path of Jira's REST API. */
export const issueKeyPattern = /^[A-Z][A-Z0-9_]+-[1-9]\d*$/;
export const projectKeyPattern = /^[A-Z][A-Z0-9_]+$/;

const longestInput = 2048;
const surrounding = /^[\s"'`([{<*_~#]+|(?<![\s"'`)\]}>*_~.,;:!?])[\s"'`)\]}>*_~.,;:!?]+$/g;

/** An address as people write it by hand: `your-team.atlassian.net/browse/KAN-7`. */
const bareAddress = /^[a-z0-9-]+\.[a-z0-9.-]+(:\d+)?\//i;

/** What a person pasted or typed to name an issue. */
export interface IssueReference {
  /** The issue's key; null in an address that names none. */
  key: string | null;
  /** The address in its normal form, of whatever site; null where there is none. */
  address: string | null;
}

/**
 * The issue a person means: `kan-7`, a bare number in the configured project, or a pasted address, also in Slack's
 * `<address|text>`, where the text does not count, and with quotes or punctuation around it. Null where no issue can be read;
 * a bare number has none when the project is known by its numeric id only.
 */
export function parseIssueReference(input: string, project: string | null): IssueReference | null {
  if (input.length > longestInput) return null;
  const text = unwrap(input);
  const address = bareAddress.test(text) ? `https://${text}` : text;
  if (/^https?:\/\//i.test(address)) {
    return URL.canParse(address) ? { key: keyInAddress(new URL(address)), address: new URL(address).href } : null;
  }
  if (/^[1-9]\d*$/.test(text)) {
    const isKnown = project !== null && projectKeyPattern.test(project);
    return isKnown ? { key: `${project}-${text}`, address: null } : null;
  }
  const key = asKey(text);
  return key === null ? null : { key, address: null };
}

/** The key alone, whichever site an address names. */
export function parseIssueKey(input: string, project: string | null): string | null {
  return parseIssueReference(input, project)?.key ?? null;
}

function unwrap(input: string): string {
  const link = /<(https?:[^<|>\s]+)(?:\|[^<>]*)?>/i.exec(input)?.[1];
  return (link ?? input).replace(surrounding, '');
}

/** `/browse/KAN-7`, `?selectedIssue=KAN-7` on boards and backlogs, `/issues/KAN-7` and queues. */
function keyInAddress({ searchParams, pathname }: URL): string | null {
  const selected = asKey(searchParams.get('selectedIssue') ?? '');
  return (
    selected ??
    pathname
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
