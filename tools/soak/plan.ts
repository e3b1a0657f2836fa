import { seededRandom } from '../../electron/cli/seeded-random.ts';
import { type Door, doors } from '../../shared/ticket.ts';
import { type FaultName, faultsWith } from './faults.ts';
import { jiraOfRun, type SoakJira } from './jiras.ts';

export interface PlannedCommand {
  door: Door;
  user: string;
  channel: string;
  text: string;
  /** Milliseconds after the app has connected. */
  atMs: number;
}

/** The app is killed so many milliseconds after the moment; after two and a half seconds where it does not come. */
export interface Kill {
  /** The start of the process, its line to Slack, an ack, or a request of that operation. */
  moment: 'start' | 'connected' | 'ack' | 'createIssue' | 'chat.postMessage';
  /** Which ack or request from now on: 1 is the next. */
  nth: number;
  delayMs: number;
  /** How long it stays away. */
  downMs: number;
}

/** All that is decided before a run begins; only the machine's own timing is left to chance. */
export interface RunPlan {
  seed: number;
  run: number;
  jira: SoakJira;
  /** One or two. */
  faults: FaultName[];
  /** Sent to the first app. */
  commands: PlannedCommand[];
  /** Sent to the last one, which nobody kills. */
  lateCommands: PlannedCommand[];
  kills: Kill[];
  /** How long Jira's searches do not know a new issue. */
  indexLagMs: number;
  /** When others file issues of their own in the same project: milliseconds after the first start. */
  neighbours: number[];
}

const users = ['alice', 'bob', 'carol'];
/** The bot is in all but the last, where only the requester sees the message. */
const channels = ['support', 'helpdesk', 'office', 'board'];

/** The same for the same numbers, whichever other runs there are. */
export function planRun(seed: number, run: number, isDataCenter: boolean): RunPlan {
  const jira = jiraOfRun(run, isDataCenter);
  const faultNames = faultsWith(jira);
  const random = seededRandom(seed * 100_000 + run);
  const upTo = (limit: number) => Math.floor(random() * limit);
  const oneOf = <T>(items: readonly T[]): T => items[upTo(items.length)] as T;

  const command = (number: number): PlannedCommand => ({
    door: random() < 0.4 ? 'command' : oneOf(doors),
    user: oneOf(users),
    channel: oneOf(channels),
    text: `Run ${run}, ticket ${number}: ${oneOf(['the VPN drops', 'please order a chair', 'how do I print?'])}`,
    atMs: upTo(120),
  });

  const first = dealt(faultNames, seed, run);
  const second = oneOf(faultNames);
  const commands = Array.from({ length: 3 + upTo(4) }, (_, index) => command(index + 1));
  const kill = (moments: readonly Kill['moment'][], most: number): Kill => ({
    moment: oneOf(moments),
    nth: 1 + upTo(most),
    delayMs: random() < 0.6 ? upTo(60) : upTo(1500),
    downMs: upTo(600),
  });
  const kills = [kill(['connected', 'ack', 'ack', 'createIssue', 'createIssue', 'chat.postMessage'], commands.length)];
  if (random() < 0.3) kills.push(kill(['start', 'connected', 'createIssue', 'chat.postMessage'], 2));
  return {
    seed,
    run,
    jira,
    faults: random() < 0.5 && second !== first ? [first, second] : [first],
    commands,
    lateCommands: [command(10)],
    kills,
    indexLagMs: oneOf([0, 0, 1500, 600_000]),
    neighbours: Array.from({ length: upTo(4) }, () => upTo(2500)),
  };
}

/** Each fault comes first equally often: as from a shuffled deck, and another when it is used up. */
function dealt(faultNames: FaultName[], seed: number, run: number): FaultName {
  const random = seededRandom(seed * 100_000 - 1 - Math.floor(run / faultNames.length));
  const deck = [...faultNames];
  for (let left = deck.length; left > 1; left -= 1) {
    const [card] = deck.splice(Math.floor(random() * left), 1);
    if (card !== undefined) deck.push(card);
  }
  return deck[run % deck.length] as FaultName;
}
