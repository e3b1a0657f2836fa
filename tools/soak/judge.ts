/** A command that somebody sent. */
export interface SentCommand {
  requestId: string;
  /** Milliseconds since 1970. */
  sentAt: number;
  /** Slack was told that the ticket is being created. */
  acked: boolean;
}

/** What the log says of a request at the end. */
export interface LoggedRequest {
  request_id: string;
  status: string;
  step: string;
  jira_issue_key: string | null;
  error_code: string | null;
  error_message: string | null;
  next_try_at: string | null;
  updated_at: string;
}

/** What has become of one command. */
export interface Verdict {
  requestId: string;
  /**
   * `done`: filed and announced. `person`: the log says honestly that somebody must look. `not taken`: never promised,
   * never written down. `lost`: promised or written down, and nobody will ever know. `unfinished`: still at work.
   */
  outcome: 'done' | 'person' | 'not taken' | 'lost' | 'unfinished';
  /** How many issues carry its id. */
  issues: number;
  /** How many messages in channels carry it, and how many that only the requester sees. */
  messages: number;
  privateMessages: number;
  /** From sending the command to the last change of its row, for those that are done. */
  doneMs: number | null;
  row: LoggedRequest | null;
}

/** Nothing more happens to it without a person. */
export function isAtRest({ status, step, error_code, next_try_at }: LoggedRequest): boolean {
  const needsPerson = error_code !== null && next_try_at === null;
  return step === 'announced' || step === 'done' || status === 'failed' || needsPerson;
}

/** `issues` and `messages`: for each one that there is, the request that it carries, and the issue's key. */
export function judge(
  command: SentCommand,
  rows: readonly LoggedRequest[],
  issues: readonly { requestId: unknown; key: string }[],
  messages: readonly { requestId: unknown; isPrivate: boolean }[],
): Verdict {
  const { requestId } = command;
  const row = rows.find(({ request_id }) => request_id === requestId) ?? null;
  const own = issues.filter((issue) => issue.requestId === requestId);
  const told = messages.filter((message) => message.requestId === requestId);
  const outcome = outcomeOf(command, row, own);
  return {
    requestId,
    outcome,
    issues: own.length,
    messages: told.filter(({ isPrivate }) => !isPrivate).length,
    privateMessages: told.filter(({ isPrivate }) => isPrivate).length,
    doneMs: outcome === 'done' && row !== null ? Date.parse(row.updated_at) - command.sentAt : null,
    row,
  };
}

function outcomeOf(
  { acked }: SentCommand,
  row: LoggedRequest | null,
  issues: readonly { key: string }[],
): Verdict['outcome'] {
  if (row === null) return acked || issues.length > 0 ? 'lost' : 'not taken';
  if (!isAtRest(row)) return 'unfinished';
  if (row.step === 'announced' || (row.step === 'done' && row.status !== 'failed')) {
    return issues.some(({ key }) => key === row.jira_issue_key) ? 'done' : 'lost';
  }
  return 'person';
}
