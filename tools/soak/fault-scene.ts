import type { JiraSite } from '../../stand-ins/jira/site.ts';
import type { SlackWorkspace } from '../../stand-ins/slack/workspace.ts';

/** What a fault may lay hands on. */
export interface FaultScene {
  slack: SlackWorkspace;
  jira: JiraSite;
  /** A whole number from 0 to below `limit`, by the run's seed. */
  upTo(limit: number): number;
  /** Does the work that many milliseconds after the first app has connected. */
  later(delayMs: number, work: () => void | Promise<void>): void;
  /** Repeats every command that much later; gives how often one was acknowledged again. */
  repeatCommands(delayMs: number): () => number;
  /** Puts this word into one of the commands, always the same one, which is expected to be refused for it. */
  poison(word: string): void;
  /** Approves the first ticket that is announced, whichever app is there to take the click. */
  approveFirst(): void;
}

/** Lies in wait for the first app, and for the next ones where it is not met. Gives how often it has struck by now. */
export type SoakFault = (scene: FaultScene) => () => number;
