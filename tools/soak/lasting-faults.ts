import type { Fault, LastingFault } from '../../stand-ins/faults.ts';
import { dataCenterFaults } from '../../stand-ins/jira/datacenter-faults.ts';
import type { JiraSite } from '../../stand-ins/jira/site.ts';
import type { ReceivedRequest } from '../../stand-ins/loopback-server.ts';
import type { FaultScene, SoakFault } from './fault-scene.ts';

/** A word that firewalls in front of web sites take for an attack; it has no character that Slack formats by. */
const badWord = 'exec cmdshell';
const blocked = '<html><head><title>Request rejected</title></head><body>Your support id is 1479</body></html>';
const portalPage = '<html><head><title>Welcome</title></head><body>Accept the terms to use this network</body></html>';

/** What stands before Jira refuses whatever is posted with one ticket's text, and nothing else, for ever. */
const firewall =
  (fault: Fault): SoakFault =>
  ({ jira, poison }) => {
    poison(badWord);
    const isBad = ({ method, body }: ReceivedRequest) => method === 'POST' && body.includes(badWord);
    const between = jira.failWhile(isBad, fault);
    return () => between.struck;
  };

/** Makes faults that last for one to six seconds, from some moment on. */
const forSeconds =
  (begin: (scene: FaultScene) => LastingFault[]): SoakFault =>
  (scene) => {
    const { upTo, later } = scene;
    const faults: LastingFault[] = [];
    later(upTo(500), () => {
      faults.push(...begin(scene));
    });
    later(1500 + upTo(4500), () => {
      for (const fault of faults) fault.end();
    });
    return () => faults.reduce((sum, { struck }) => sum + struck, 0);
  };

const everything = () => true;
const allOfJira = (fault: Fault) => forSeconds(({ jira }) => [jira.failWhile(everything, fault)]);

/** A network that lets nobody out: every request meets the page, and every socket ends. */
const portal = (fault: Fault) =>
  forSeconds(({ slack, jira }) => {
    const faults = [slack.failWhile(everything, fault), jira.failWhile(everything, fault)];
    slack.cutSockets();
    return faults;
  });

/** Slack refuses one method; where it is one that a line begins with, a new line is needed. */
const slackRefuses = (method: string, error: string) =>
  forSeconds(({ slack }) => {
    const fault = slack.failWhile(({ operation }) => operation === method, { error });
    if (method !== 'chat.postMessage') slack.cutSockets();
    return [fault];
  });

/** A service's clock is wrong, and one answer of it is lost. */
const clock =
  (of: 'slack' | 'jira', hours: number): SoakFault =>
  ({ slack, jira }) => {
    const service = of === 'slack' ? slack : jira;
    service.setClock(hours * 3_600_000);
    const lost =
      of === 'slack'
        ? slack.failNext('chat.postMessage', 'cut_after_commit')
        : jira.failNext('createIssue', 'cut_after_commit');
    return () => (lost.met ? 1 : 0);
  };

/** Whoever asks has to read the date against the answer's own. */
const pauseByAnotherClock: SoakFault = ({ jira }) => {
  const date = (ms: number) => new Date(ms).toUTCString();
  const anotherNow = Date.now() + 3 * 3_600_000;
  const headers = { date: date(anotherNow), 'retry-after': date(anotherNow + 2000) };
  const fault = jira.failNext('createIssue', { status: 429, headers, body: jirasWords('Rate limit exceeded') });
  return () => (fault.met ? 1 : 0);
};

const create =
  (...faults: Parameters<JiraSite['failNext']>[1][]): SoakFault =>
  ({ jira }) => {
    const planned = faults.map((fault) => jira.failNext('createIssue', fault));
    return () => planned.filter(({ met }) => met).length;
  };

function jirasWords(...errorMessages: string[]) {
  return { errorMessages, errors: {} };
}

const pauseOf = (retryAfter: string) => {
  const headers = { 'retry-after': retryAfter };
  return create({ status: 429, headers, body: jirasWords('Rate limit exceeded') });
};

/** HAProxy's own page: https://docs.haproxy.org (errorfile 503). Nothing behind it has seen the request. */
const noServer =
  '<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n';
/** Source: confluence.atlassian.com, "Scope of IP Allowlists in Atlassian Cloud". */
const notAllowed =
  'The IP address has been rejected because it is not on the allowed list. See your admin for more information.';

/** What lasts, for one ticket or for everybody, and answers that are not what they seem. */
export const lastingFaults = {
  // Of one ticket: it needs a person in the end, who asked is told so once, and the others are filed meanwhile.
  'one ticket: 403 page': firewall({ status: 403, body: blocked }),
  'one ticket: 404 page': firewall({ status: 404, body: blocked }),
  'one ticket: 307 to a page': firewall({
    status: 307,
    headers: { location: 'https://waf.example/blocked' },
    body: blocked,
  }),
  'one ticket: 200 page': firewall({ status: 200, body: blocked }),
  'one ticket: reset': firewall('reset'),
  'one ticket: Jira’s own 500': firewall({ status: 500, body: jirasWords('Internal server error') }),
  // The decision stands, and trying to tell Jira ends some time.
  'one ticket: property page': ({ jira, approveFirst }) => {
    approveFirst();
    const isMark = ({ operation }: ReceivedRequest) => operation === 'setIssueProperty';
    const between = jira.failWhile(isMark, { status: 403, body: blocked });
    return () => between.struck;
  },

  // Of the moment: everything is filed once it is over.
  'portal: 200 page': portal({ status: 200, body: portalPage }),
  'portal: 302': portal({ status: 302, headers: { location: 'http://portal.example/hello' } }),
  'portal: 511': portal({ status: 511, body: portalPage }),
  'Jira: 401': allOfJira({ status: 401, body: jirasWords('Client must be authenticated to access this resource.') }),
  'Jira: login page': allOfJira({ status: 302, headers: { location: '/login.jsp?os_destination=%2Frest%2Fapi' } }),
  'Jira: address not allowed': allOfJira({ status: 403, body: jirasWords(notAllowed) }),
  'Jira: 403 page': allOfJira({ status: 403, body: blocked }),
  'Slack: auth.test invalid_auth': slackRefuses('auth.test', 'invalid_auth'),
  'Slack: auth.test account_inactive': slackRefuses('auth.test', 'account_inactive'),
  'Slack: connection invalid_auth': slackRefuses('apps.connections.open', 'invalid_auth'),
  'Slack: message invalid_auth': slackRefuses('chat.postMessage', 'invalid_auth'),
  'Slack: message account_inactive': slackRefuses('chat.postMessage', 'account_inactive'),
  'Slack: proxy page': forSeconds(({ slack }) => [slack.failWhile(everything, { status: 403, body: portalPage })]),

  // Of one answer.
  'create: two 503 of Jira': create({ status: 503, body: jirasWords() }, { status: 503, body: jirasWords() }),
  'create: two 503 of HAProxy': create({ status: 503, body: noServer }, { status: 503, body: noServer }),
  'create: empty 503 after': create({ status: 503, afterCommit: true }),
  'create: 502 before': create({ status: 502, body: '<html>Bad Gateway</html>' }),
  'create: 502 after': create({ status: 502, body: '<html>Bad Gateway</html>', afterCommit: true }),
  'create: 504 before': create({ status: 504, body: '<html>Gateway Timeout</html>' }),
  'create: 504 after, as Jira': create({ status: 504, body: jirasWords('timed out'), afterCommit: true }),
  'create: reset': create('reset'),
  'create: 429 for 0 s': pauseOf('0'),
  'create: 429 for -1 s': pauseOf('-1'),
  'create: 429 for abc': pauseOf('abc'),
  'create: 429 by another clock': pauseByAnotherClock,
  'clock: Slack ahead, message cut after': clock('slack', 1),
  'clock: Slack behind, message cut after': clock('slack', -1),
  'clock: Jira ahead, create cut after': clock('jira', 1),
  'clock: Jira behind, create cut after': clock('jira', -1),
} satisfies Record<string, SoakFault>;

/** Jira takes five requests a second, and ten at first, from the beginning to the end. */
const limited: SoakFault = ({ jira }) => {
  const most = 10;
  const perSecond = 5;
  let tokens = most;
  let at = performance.now();
  const isOut = () => {
    const now = performance.now();
    tokens = Math.min(most, tokens + ((now - at) / 1000) * perSecond);
    at = now;
    if (tokens < 1) return true;
    tokens -= 1;
    return false;
  };
  const limit = jira.failWhile(isOut, dataCenterFaults.rateLimited);
  return () => limit.struck;
};

/** What only Data Centers have: a gateway in front, a limit of their own, and times when they start. */
export const faultsOfDataCenters = {
  'Data Center: login form': allOfJira(dataCenterFaults.ssoPage),
  'Data Center: gateway': allOfJira(dataCenterFaults.ssoRedirect),
  'Data Center: starts': allOfJira(dataCenterFaults.maintenance),
  'Data Center: limit': create(dataCenterFaults.rateLimited),
  'Data Center: limit that lasts': limited,
  'Data Center: limit without Retry-After': create(dataCenterFaults.rateLimitedWithoutDelay),
} satisfies Record<string, SoakFault>;
