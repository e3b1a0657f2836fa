import { isRecord, type Json } from '../record.ts';
import { SlackFailure } from './failure.ts';
import { anything, type Check, oneOf, shape } from './shape.ts';
import { labelOf } from './view-state.ts';
import type { SlackView, SlackViews } from './views.ts';

/** What became of a press on Submit. */
export interface Submission {
  /** `not_sent`: Slack itself found faults; `errors`: the app did; else what the app answered, `closed` to nothing. */
  outcome: 'not_sent' | 'errors' | 'closed' | 'updated' | 'pushed' | 'cleared';
  /** Words by the labels of the inputs that they stand below. */
  errors: Record<string, string>;
  /** What the person sees now; null where no modal is left. */
  view: SlackView | null;
}

/** What an app may answer to a submission: docs.slack.dev/surfaces/modals, "Handling view submissions". */
const answers: Record<string, Check> = {
  errors: shape({ required: { response_action: oneOf('errors'), errors: anything } }),
  update: shape({ required: { response_action: oneOf('update'), view: anything } }),
  push: shape({ required: { response_action: oneOf('push'), view: anything } }),
  clear: shape({ required: { response_action: oneOf('clear') } }),
};

/** Does what the app answered to a submission, and throws where Slack would say that it had trouble connecting. */
export function answerSubmission(views: SlackViews, view: SlackView, ack: unknown): Submission {
  if (!isRecord(ack) || Object.keys(ack).length === 0) {
    views.close(view);
    return { outcome: 'closed', errors: {}, view: views.modalOf(view.user) };
  }
  try {
    return doAnswer(views, view, ack);
  } catch (thrown) {
    if (!(thrown instanceof SlackFailure)) throw thrown;
    const words = `${thrown.error} ${JSON.stringify(thrown.details)}`;
    throw new Error(`Slack does not understand this answer: ${words}`, { cause: thrown });
  }
}

function doAnswer(views: SlackViews, view: SlackView, ack: Json): Submission {
  const faults: string[] = [];
  const check = answers[String(ack['response_action'])];
  if (check === undefined) faults.push('unknown response_action');
  check?.(ack, '', (fault, place) => faults.push(`${fault} [json-pointer:${place}]`));
  if (faults.length > 0) throw new Error(`Slack does not understand this answer: ${faults.join(', ')}`);
  switch (ack['response_action']) {
    case 'errors':
      return { outcome: 'errors', errors: showErrors(views, view, ack['errors']), view };
    case 'update':
      views.replace(view, ack['view']);
      return { outcome: 'updated', errors: {}, view };
    case 'push':
      return { outcome: 'pushed', errors: {}, view: views.putAbove(view, ack['view']) };
    default:
      views.closeAll(view.user);
      return { outcome: 'cleared', errors: {}, view: null };
  }
}

function showErrors(views: SlackViews, view: SlackView, errors: unknown): Record<string, string> {
  const words = Object.entries(isRecord(errors) ? errors : {});
  if (words.length === 0) throw new Error('Slack does not understand errors without any.');
  view.errors = {};
  const shown: Record<string, string> = {};
  for (const [blockId, text] of words) {
    const block = view.blocks.find((each) => each['block_id'] === blockId && each['type'] === 'input');
    if (block === undefined || typeof text !== 'string' || text === '') {
      throw new Error(`Slack has no input ${blockId} to show an error at.`);
    }
    view.errors[blockId] = text;
    shown[labelOf(block)] = text;
  }
  views.changed(view);
  return shown;
}
