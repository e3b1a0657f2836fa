import type { Door } from '../../shared/ticket.ts';

/** A ticket that somebody asked for. */
export interface SentCommand {
  door: Door;
  /** null where Slack gave it no key that anybody knows: then its text tells. */
  requestId: string | null;
  /** Milliseconds since 1970. */
  sentAt: number;
  /** Slack was told that it is taken. */
  acked: boolean;
  /** `refused`: something before Jira takes offence at its text, so nobody can file it as it is. */
  expected: 'filed' | 'refused';
  /** The text as it was typed; up to its first colon no other command of the run has the same. */
  text: string;
}

/** What the log says of a request at the end. */
export interface LoggedRequest {
  request_id: string;
  text: string;
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
  door: Door;
  requestId: string;
  /**
   * `done`: filed and announced. `person`: the log says honestly that somebody must look. `given up`: it says so, or
   * waits for other settings, although only the moment was bad. `not taken`: never promised, never written down. `lost`:
   * promised or written down, and nobody will ever know. `unfinished`: still at work.
   */
  outcome: 'done' | 'person' | 'given up' | 'not taken' | 'lost' | 'unfinished';
  expected: SentCommand['expected'];
  /** How many issues carry its id. */
  issues: number;
  /** How many messages in channels carry it, and how many that only the requester sees. */
  messages: number;
  privateMessages: number;
  /** How often the requester was told that it is not made and will not be by itself. */
  explanations: number;
  /** Milliseconds from sending the command to the last change of its row; null where it is not done. */
  doneMs: number | null;
  row: LoggedRequest | null;
}

/** Whether nothing more happens to it without a person. */
export function isAtRest({ status, step, error_code, next_try_at }: LoggedRequest): boolean {
  // A login that is refused is probed by itself.
  const needsPerson = error_code !== null && error_code !== 'unauthorized' && next_try_at === null;
  const waitsForClick = step === 'announced' && status === 'created';
  return waitsForClick || step === 'done' || status === 'failed' || needsPerson;
}

export interface Found {
  /** The request that each issue and message carries, and the issue's key; `idBegins` says it in a label. */
  issues: readonly { requestId: unknown; idBegins: string | null; key: string }[];
  messages: readonly { requestId: unknown; isPrivate: boolean }[];
  /** Texts that say for good that a ticket is not made. */
  finalWords: readonly string[];
}

export function judge(
  command: SentCommand,
  rows: readonly LoggedRequest[],
  { issues, messages, finalWords }: Found,
): Verdict {
  const { expected, text } = command;
  const subject = text.slice(0, text.indexOf(':') + 1);
  const isOf = (row: LoggedRequest) =>
    command.requestId === null ? row.text.startsWith(subject) : row.request_id === command.requestId;
  const row = rows.find(isOf) ?? null;
  const requestId = command.requestId ?? row?.request_id ?? subject;
  const own = issues.filter(
    (issue) =>
      issue.requestId === requestId ||
      (issue.requestId === null && issue.idBegins !== null && requestId.startsWith(issue.idBegins)),
  );
  const told = messages.filter((message) => message.requestId === requestId);
  const outcome = outcomeOf(command, row, own);
  return {
    door: command.door,
    requestId,
    outcome,
    expected,
    issues: own.length,
    messages: told.filter(({ isPrivate }) => !isPrivate).length,
    privateMessages: told.filter(({ isPrivate }) => isPrivate).length,
    explanations: finalWords.filter((words) => words.includes(subject)).length,
    doneMs: outcome === 'done' && row !== null ? Date.parse(row.updated_at) - command.sentAt : null,
    row,
  };
}

function outcomeOf(
  { acked, expected }: SentCommand,
  row: LoggedRequest | null,
  issues: readonly { key: string }[],
): Verdict['outcome'] {
  if (row === null) return acked || issues.length > 0 ? 'lost' : 'not taken';
  if (!isAtRest(row)) return 'unfinished';
  const isDecided = row.status === 'approved' || row.status === 'rejected';
  if (row.step === 'announced' || isDecided || (row.step === 'done' && row.status !== 'failed')) {
    return issues.some(({ key }) => key === row.jira_issue_key) ? 'done' : 'lost';
  }
  // Whether Jira has it can stay unknown for good; whatever else was wrong here is over, but for a text that is refused.
  const isHonest = row.status === 'failed' && (expected === 'refused' || row.error_code === 'unconfirmed');
  return isHonest ? 'person' : 'given up';
}
