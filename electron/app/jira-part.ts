import type { JiraHealth } from '../../shared/app-status.ts';
import { type AppError, type ErrorCode, reactionTo, toAppError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';
import { createDetection } from '../jira/api/detection.ts';
import type { SendRequest } from '../jira/api/http-client.ts';
import { notSetUp, openJira } from '../jira/api/open-jira.ts';
import { createJiraTracker } from '../jira/jira-tracker.ts';
import type { MarkSeal } from '../jira/marks/mark-seal.ts';
import { createServiceGuard } from '../network/service-guard.ts';
import { createTurnstile } from '../network/turnstile.ts';
import type { IssueTracker } from '../tickets/ports/issue-tracker.ts';
import { ticketRun } from '../tickets/ticket-run.ts';
import { unusableTracker } from '../tickets/unusable-tracker.ts';
import { jiraHealth } from './health.ts';

/** Jira with one set of settings, and how it is. */
export interface JiraPart {
  tracker: IssueTracker;
  /** Finds out how Jira is; comes back at once. */
  check(): void;
  /** A person does not want to wait for a pause, a service in trouble or a login that was refused. */
  tryNow(): void;
  /** The network may be back. */
  wake(): void;
  /** Asks nothing by itself any more, and tells nothing. */
  stop(): void;
}

export interface JiraPartDeps {
  /** Resolves when whoever asks may make one more request; rejects where it must not be made any more. */
  beforeRequest(): Promise<void>;
  /** Has a request wait for whatever all requests wait for. */
  send: SendRequest;
  seal: MarkSeal;
  probeDelayMs(round: number): number;
  /** Why an address may not be reached; null where it may. */
  refusal(address: string): AppError | null;
  onState(state: JiraHealth): void;
  /** Called when it answers again, or accepts the login again. */
  onBack(): void;
}

/** Requests at once: where Jira wants a captcha, each more would be another failed login before that is known. */
const atOnce = 4;
/** While Jira is in passing trouble, it is asked again after this long at most. */
const checkMs = 60_000;
/** What only a person can mend there is mended in Jira, not here. */
const longestCheckMs = 15 * 60_000;
/** What a check finds wrong with the account or the project, while Jira itself is well. */
const accountCodes: ReadonlySet<ErrorCode> = new Set(['forbidden', 'not_found', 'invalid_input', 'not_configured']);

export function createJiraPart(jira: Settings['jira'], deps: JiraPartDeps): JiraPart {
  const pass = createTurnstile(atOnce);
  const send: SendRequest = async (request, { isFurther } = { isFurther: false }) => {
    guard.demandOpen();
    if (!isFurther) await deps.beforeRequest();
    return pass(() => guard.execute(() => deps.send(request)));
  };
  /** That some server says which Jira it is does not mean that it works, so the guard hears of failures alone. */
  const sendDetection: SendRequest = async (request) => {
    guard.demandOpen();
    await deps.beforeRequest();
    const asked = await deps.send(request).then(
      (answer) => ({ answer }),
      (thrown: unknown) => ({ thrown }),
    );
    return 'answer' in asked ? asked.answer : guard.execute(() => Promise.reject(asked.thrown));
  };
  const { tracker, probe } = connect(jira, { ...deps, send, sendDetection });
  const guard = createServiceGuard({
    name: 'Jira',
    pausesAll: true,
    probe,
    probeDelayMs: deps.probeDelayMs,
    onState(error) {
      // A login that works is no sign yet that the project does, so a check that is under way says it.
      if (error !== null || checks === 0) show(error);
    },
    onBack() {
      deps.onBack();
      void check();
    },
  });
  let timer: NodeJS.Timeout | undefined;
  let accountError: AppError | null = null;
  /** Checks in a row that found something wrong with the account. */
  let accountChecks = 0;
  /** Checks that are under way. */
  let checks = 0;
  let shown = '';
  let isStopped = false;

  /** Shows how Jira is, by what it really answered: `error` is null where it works. */
  function show(error: AppError | null): void {
    if (isStopped) return;
    const part = jiraHealth(error ?? accountError);
    const words = `${part.code} ${part.detail}`;
    if (words !== shown) deps.onState(part);
    shown = words;
    clearTimeout(timer);
    // A login that was refused is probed by the guard.
    if (error !== null && reactionTo(error.code) === 'retry') timer = setTimeout(() => void check(), checkMs);
    else if (accountError !== null && accountError.code !== 'not_configured') {
      timer = setTimeout(() => void check(), Math.min(longestCheckMs, checkMs * 2 ** accountChecks));
    }
  }

  /** Checks on behalf of no ticket, whoever's request brought it about. */
  const check = () => ticketRun.exit(checkNow);

  async function checkNow(): Promise<void> {
    checks += 1;
    const error = await tracker.check(jira.project ?? '').then(() => null, toAppError);
    checks -= 1;
    accountError = error !== null && accountCodes.has(error.code) ? error : null;
    accountChecks = accountError === null ? 0 : Math.min(accountChecks + 1, 10);
    show(error);
  }

  return {
    tracker: {
      ...tracker,
      async createIssue(...parameters) {
        const issue = await tracker.createIssue(...parameters);
        // So the account may.
        if (accountError !== null) void check();
        return issue;
      },
    },
    check: () => void check(),
    tryNow: guard.tryNow,
    wake: guard.wake,
    stop() {
      isStopped = true;
      clearTimeout(timer);
      guard.stop();
    },
  };
}

/** Jira as these settings lead into it; where they lead into none, every call says why. */
function connect(
  jira: Settings['jira'],
  { refusal, seal, ...ways }: Pick<JiraPartDeps, 'refusal' | 'seal' | 'send'> & { sendDetection: SendRequest },
): { tracker: IssueTracker; probe(): Promise<unknown> } {
  const { project } = jira;
  try {
    if (project === null) throw notSetUp(jira, project);
    const detection = createDetection(jira.baseUrl ?? '');
    const api = openJira(jira, { refusal, detection, ...ways });
    const tracker = createJiraTracker({ api, seal });
    // Sent past the guard, which lets nothing but its probe through while it is closed.
    return { tracker, probe: openJira(jira, { refusal, detection }).checkLogin };
  } catch (thrown) {
    return { tracker: unusableTracker(toAppError(thrown)), probe: async () => {} };
  }
}
