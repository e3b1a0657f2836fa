import { doors } from '../../shared/ticket.ts';
import { markdownTable } from '../markdown-table.ts';
import { faultNames } from './faults.ts';
import { soakJiraNames } from './jiras.ts';
import type { Verdict } from './judge.ts';
import type { RunOutcome } from './run.ts';

/** What the soak counts, over all requests of some runs. */
export interface Totals {
  runs: number;
  /** How often the faults have struck. */
  faults: number;
  requests: number;
  issues: number;
  /** Promised to nobody, because the app was killed or cut off before it could write them down. */
  notTaken: number;
  lost: number;
  duplicated: number;
  /** Tickets neither done nor left to a person when the soak's patience ended. */
  unfinished: number;
  /** Left to a person, or to other settings, although only the moment was bad. */
  givenUp: number;
  /** Honestly left to a person: refused for its text, or unconfirmed for good. */
  unconfirmed: number;
  /** Filed although it was refused, or refused and not explained exactly once. */
  misjudged: number;
  /** Announced twice in a channel. */
  doubleMessages: number;
  /** Announced twice to the requester alone: nobody can look for such a message before it is sent again. */
  doublePrivate: number;
  /** Done, and no message. */
  silent: number;
  /** Refusals that last, tried more than thirty times. */
  hammered: number;
  /** Milliseconds from the command to the announcement; null where nothing was done. */
  medianMs: number | null;
  worstMs: number | null;
}

/** Each request counts under each fault of its run. */
export function totalsOf(outcomes: readonly RunOutcome[], faults = 0): Totals {
  const verdicts = outcomes.flatMap((outcome) => outcome.verdicts);
  const count = (test: (verdict: Verdict) => boolean) => verdicts.filter(test).length;
  const times = verdicts.flatMap(({ doneMs }) => (doneMs === null ? [] : [doneMs])).toSorted((a, b) => a - b);
  return {
    runs: outcomes.length,
    faults,
    requests: verdicts.length,
    issues: verdicts.reduce((sum, { issues }) => sum + issues, 0),
    notTaken: count(({ outcome }) => outcome === 'not taken'),
    lost: count(({ outcome }) => outcome === 'lost'),
    duplicated: count(({ issues }) => issues > 1),
    unfinished: count(({ outcome }) => outcome === 'unfinished'),
    givenUp: count(({ outcome }) => outcome === 'given up'),
    unconfirmed: count(({ outcome }) => outcome === 'person'),
    misjudged: outcomes.reduce((sum, each) => sum + each.verdicts.filter((one) => isMisjudged(one, each)).length, 0),
    doubleMessages: count(({ messages }) => messages > 1),
    doublePrivate: count(({ privateMessages }) => privateMessages > 1),
    silent: count(isSilent),
    hammered: outcomes.reduce((sum, outcome) => sum + hammered(outcome), 0),
    medianMs: times[Math.floor(times.length / 2)] ?? null,
    worstMs: times.at(-1) ?? null,
  };
}

/** Totals of all runs, with every strike of every fault. */
export function grandTotals(outcomes: readonly RunOutcome[]): Totals {
  const strikes = outcomes.flatMap(({ struck }) => Object.values(struck));
  return totalsOf(
    outcomes,
    strikes.reduce((sum, each) => sum + each, 0),
  );
}

const isSilent = ({ outcome, messages, privateMessages }: Verdict) =>
  outcome === 'done' && messages + privateMessages === 0;

/** A refused ticket is never in Jira, and its requester hears so once: at most once where Slack fails as well. */
function isMisjudged({ expected, outcome, issues, explanations }: Verdict, { plan }: Pick<RunOutcome, 'plan'>) {
  if (expected === 'filed' || outcome === 'not taken') return false;
  const isSlackWell = !plan.faults.some((name) => /^(Slack|message|socket|portal|clock: Slack)/.test(name));
  return issues > 0 || explanations > 1 || (isSlackWell && explanations === 0);
}

const isRight = (verdict: Verdict, run: Pick<RunOutcome, 'plan'>) =>
  ['done', 'person', 'not taken'].includes(verdict.outcome) &&
  verdict.issues < 2 &&
  verdict.messages < 2 &&
  !isSilent(verdict) &&
  !isMisjudged(verdict, run);

/** Most tries of a refused request, by all apps of a run together. */
const mostTries = 30;

/** Whether nothing was lost, done twice or left at work, and nobody was hammered. */
export function isGood(outcome: RunOutcome): boolean {
  return outcome.verdicts.every((verdict) => isRight(verdict, outcome)) && hammered(outcome) === 0;
}

/** How many of the refusals that last met more tries than that. */
function hammered({ struck }: Pick<RunOutcome, 'struck'>): number {
  return Object.entries(struck).filter(([name, times]) => name.startsWith('one ticket:') && times > mostTries).length;
}

/** All that is needed to look for the reason, without anybody's words. */
export function whatWentWrong(outcome: RunOutcome): string {
  const { plan, struck, verdicts } = outcome;
  const wrong = verdicts
    .filter((verdict) => !isRight(verdict, outcome))
    .map(({ row, ...verdict }) => ({ ...verdict, step: row?.step, key: row?.jira_issue_key, error: row?.error_code }));
  const { seed, run, jira, kills, indexLagMs } = plan;
  return `seed ${seed}, run ${run} with ${jira} went wrong: ${JSON.stringify({ struck, kills, indexLagMs, wrong })}`;
}

const columns = {
  runs: ({ runs }) => String(runs),
  struck: ({ faults }) => String(faults),
  requests: ({ requests }) => String(requests),
  issues: ({ issues }) => String(issues),
  'not taken': ({ notTaken }) => String(notTaken),
  lost: ({ lost }) => String(lost),
  duplicated: ({ duplicated }) => String(duplicated),
  unfinished: ({ unfinished }) => String(unfinished),
  'given up': ({ givenUp }) => String(givenUp),
  unconfirmed: ({ unconfirmed }) => String(unconfirmed),
  misjudged: ({ misjudged }) => String(misjudged),
  'double messages': ({ doubleMessages }) => String(doubleMessages),
  'double private': ({ doublePrivate }) => String(doublePrivate),
  'no message': ({ silent }) => String(silent),
  hammered: ({ hammered }) => String(hammered),
  'median s': ({ medianMs }) => seconds(medianMs),
  'worst s': ({ worstMs }) => seconds(worstMs),
} satisfies Record<string, (totals: Totals) => string>;

const seconds = (ms: number | null) => (ms === null ? '–' : (ms / 1000).toFixed(1));

/** A line for each fault that came, one for each door and each Jira, and one for everything. */
export function soakTable(outcomes: readonly RunOutcome[]): string {
  const row = (name: string, totals: Totals) => [name, ...Object.values(columns).map((cell) => cell(totals))];
  const rows = faultNames.flatMap((name) => {
    const having = outcomes.filter(({ plan }) => plan.faults.includes(name));
    const struck = having.reduce((sum, outcome) => sum + (outcome.struck[name] ?? 0), 0);
    return having.length === 0 ? [] : [row(name, totalsOf(having, struck))];
  });
  const jiras = soakJiraNames.flatMap((name) => {
    const having = outcomes.filter(({ plan }) => plan.jira === name);
    return having.length === 0 ? [] : [row(name, grandTotals(having))];
  });
  const byDoor = doors.flatMap((door) => {
    const having = outcomes
      .map((outcome) => ({ ...outcome, verdicts: outcome.verdicts.filter((verdict) => verdict.door === door) }))
      .filter(({ verdicts }) => verdicts.length > 0);
    return having.length === 0 ? [] : [row(`door: ${door}`, totalsOf(having))];
  });
  return markdownTable(
    [['fault', ...Object.keys(columns)], ...rows, ...byDoor, ...jiras, row('all', grandTotals(outcomes))],
    1,
  );
}
