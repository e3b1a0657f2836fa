import { reactionTo } from '../../../shared/errors.ts';
import type { LabelSource, Step } from '../../../shared/ticket.ts';
import type { Activity } from '../../../shared/ticket-list.ts';

interface Happening {
  words: string;
  tone: 'approved' | 'rejected' | 'waiting' | 'bad' | 'quiet';
}

/** What happened to a ticket, in the words that people read. */
export function happeningOf({ step, status, errorCode, source }: Activity): Happening {
  if (errorCode !== null && step !== 'done') {
    const reaction = step === 'unconfirmed' ? 'give_up' : reactionTo(errorCode);
    return { words: `${failures[step]}${outlooks[reaction]}`, tone: reaction === 'give_up' ? 'bad' : 'waiting' };
  }
  if (status === 'approved') return { words: 'Approved', tone: 'approved' };
  if (status === 'rejected') return { words: 'Rejected', tone: 'rejected' };
  if (status === 'failed') return { words: 'Discarded', tone: 'quiet' };
  if (step === 'classified' && source !== null) return { words: `Classified by ${classifiers[source]}`, tone: 'quiet' };
  return { words: progress[step], tone: step === 'announced' ? 'waiting' : 'quiet' };
}

/** A ticket takes several steps in a second: of those in a row, the last one tells the story. */
export function condense(newestFirst: Activity[]): Activity[] {
  return newestFirst.filter(({ requestId }, index) => requestId !== newestFirst[index - 1]?.requestId);
}

const progress: Record<Step, string> = {
  received: 'Received',
  classified: 'Classified',
  needs_fields: 'Waiting for fields',
  creating: 'On its way to Jira',
  unconfirmed: 'May be in Jira or not',
  created: 'Created in Jira',
  announced: 'Waiting for approval',
  done: 'Finished',
};

const failures: Record<Step, string> = {
  received: 'Could not be classified',
  classified: 'Could not be created in Jira',
  needs_fields: 'Fields are missing',
  creating: 'Jira gave no certain answer',
  unconfirmed: 'Nobody can tell whether Jira has it',
  created: 'Could not be announced in Slack',
  announced: 'The decision could not be passed on',
  done: 'Finished',
};

const outlooks = {
  retry: ', tried again by itself',
  park: ', waits for the settings or the login',
  give_up: ', needs attention',
};

const classifiers: Record<LabelSource, string> = {
  gguf: 'the GGUF model',
  openai: 'OpenAI',
  builtin: 'the built-in model',
  none: 'nobody',
  person: 'who asked',
};
