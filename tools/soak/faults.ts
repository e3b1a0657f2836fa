import { keysOf } from '../../shared/keys-of.ts';
import type { Fault } from '../../stand-ins/faults.ts';
import type { FaultScene, SoakFault } from './fault-scene.ts';
import type { SoakJira } from './jiras.ts';
import { faultsOfDataCenters, lastingFaults } from './lasting-faults.ts';

const webPage = '<html><title>Sign in</title><body>Proxy: please sign in</body></html>';
const pause = { status: 429, headers: { 'retry-after': '1' }, body: { errorMessages: ['Rate limit exceeded'] } };

/** One to three times. */
const create =
  (fault: Fault): SoakFault =>
  ({ jira, upTo }) =>
    all(Array.from({ length: 1 + upTo(3) }, () => jira.failNext('createIssue', fault)));
const post =
  (fault: Fault): SoakFault =>
  ({ slack, upTo }) =>
    all(Array.from({ length: 1 + upTo(3) }, () => slack.failNext('chat.postMessage', fault)));

const all = (planned: readonly { met: boolean }[]) => () => planned.filter(({ met }) => met).length;

const everywhere = {
  'kill alone': () => () => 1,
  'create: cut before': create('cut'),
  'create: cut after': create('cut_after_commit'),
  // The app waits for these until its own time limit, so there is one of each.
  'create: hangs before': ({ jira }) => all([jira.failNext('createIssue', 'hang')]),
  'create: hangs after': ({ jira }) => all([jira.failNext('createIssue', 'hang_after_commit')]),
  'create: lands late': (scene) => create({ landAfterMs: 500 + scene.upTo(2000) })(scene),
  'create: slow': (scene) => create({ delayMs: 200 + scene.upTo(1000) })(scene),
  'create: 429': create(pause),
  'create: 503 before': create({ status: 503, body: webPage }),
  'create: 503 after': create({ status: 503, body: webPage, afterCommit: true }),
  'create: web page before': create({ status: 200, body: webPage }),
  'create: web page after': create({ status: 200, body: webPage, afterCommit: true }),
  // The answer is lost, and then the looking for it fails, too.
  'create: cut after, looking fails': ({ jira }) => {
    const look = ['search', 'search', 'bulkFetchIssues', 'getIssue'] as const;
    const faults = look.map((operation) => jira.failNext(operation, { status: 503, body: webPage }));
    return all([jira.failNext('createIssue', 'cut_after_commit'), ...faults]);
  },
  'Jira: refuses connections': ({ jira, upTo, later }) => {
    let struck = 0;
    later(upTo(500), () => {
      jira.goDown();
      struck += 1;
    });
    later(1000 + upTo(2500), jira.comeBack);
    return () => struck;
  },
  'message: cut before': post('cut'),
  'message: cut after': post('cut_after_commit'),
  'message: slow': (scene) => post({ delayMs: 200 + scene.upTo(1000) })(scene),
  'message: 429': post({ ...pause, body: { ok: false, error: 'ratelimited' } }),
  'message: 503 before': post({ status: 503, body: webPage }),
  'message: 503 after': post({ status: 503, body: webPage, afterCommit: true }),
  'message: web page after': post({ status: 200, body: webPage, afterCommit: true }),
  'socket: cut': ({ slack, upTo, later }) => {
    let struck = 0;
    for (let cut = 0; cut < 3; cut += 1) {
      later(upTo(800), () => {
        struck += slack.connections;
        slack.cutSockets();
      });
    }
    return () => struck;
  },
  'socket: disconnect frame': ({ slack, upTo, later }) => {
    let struck = 0;
    for (const reason of ['warning', 'refresh_requested'] as const) {
      later(upTo(600), () => {
        struck += slack.connections;
        slack.disconnect(reason);
      });
    }
    return () => struck;
  },
  'command: delivered again': ({ upTo, repeatCommands }) => repeatCommands(50 + upTo(2500)),
  'command: on two sockets at once': ({ slack, later, repeatCommands }) => {
    // Warned, the app opens a second one; the first stays open, and deliveries take turns.
    later(0, () => slack.disconnect('warning'));
    return repeatCommands(0);
  },
  ...lastingFaults,
} satisfies Record<string, SoakFault>;

const catalogue = { ...everywhere, ...faultsOfDataCenters };

export type FaultName = keyof typeof catalogue;
export const faultNames = keysOf(catalogue);

/** The faults that a run with this Jira can meet. */
export function faultsWith(jira: SoakJira): FaultName[] {
  return jira === 'Jira Cloud' ? keysOf(everywhere) : faultNames;
}

export function setFault(name: FaultName, scene: FaultScene): () => number {
  const fault: SoakFault = catalogue[name];
  return fault(scene);
}
