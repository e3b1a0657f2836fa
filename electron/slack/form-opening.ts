import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Ticket } from '../../shared/ticket.ts';
import type { FormActions } from '../tickets/form-actions.ts';
import { translateSlackError } from './errors.ts';
import type { Redraw } from './form-changes.ts';
import { type FormDesk, fitsInput, nobodysChoice, type OpenForm } from './form-desk.ts';
import type { CompleteValue } from './modal/complete-value.ts';
import type { FormState } from './modal/form-state.ts';
import { formView, tellingView } from './modal/form-view.ts';
import * as words from './modal/form-words.ts';
import { emptyMetadata, type Metadata } from './modal/metadata.ts';

/** What opens forms. Each throws AppError as Slack refuses. */
export interface FormOpening {
  /** Opens a form for a new ticket; `place`: null where it has to ask for a channel. */
  openNew(triggerId: string, place: Pick<Metadata, 'channel' | 'channelName' | 'responseUrl'> | null): Promise<void>;
  /** Opens the form for what a request lacks, or tells that it lacks nothing any more. */
  openToComplete(triggerId: string, value: CompleteValue, responseUrl: string | null): Promise<void>;
}

export interface FormOpeningDeps {
  tickets: FormActions;
  views: Pick<WebClient['views'], 'open'>;
  desk: FormDesk;
  redraw: Redraw;
}

const emptyState: FormState = { summary: '', description: '', choice: null, channel: null, entered: {} };
const unopened = { root: null, blocks: [], longText: null };

export function createFormOpening({ tickets, views, desk, redraw }: FormOpeningDeps): FormOpening {
  async function show(trigger_id: string, view: ModalView) {
    const answer = await views.open({ trigger_id, view }).catch((thrown) => {
      throw translateSlackError(thrown);
    });
    return answer.view;
  }

  /** Opens the form with what is known at once, and fills it when the tracker has answered. */
  async function open(triggerId: string, form: OpenForm): Promise<void> {
    const { label } = form.metadata;
    const known = await desk.fresh(form, label ?? 'Task');
    const first = await desk.modelOf(form, { asked: known, label, notice: known === null ? words.loading : null });
    const view = await show(triggerId, formView(first));
    if (view?.id === undefined) return;
    const opened = { ...form, metadata: first.metadata, root: view.root_view_id ?? view.id };
    await tickets.keepTexts(opened.root, {}).catch(desk.note);
    if (known === null) await redraw(opened, { id: view.id, hash: view.hash });
  }

  const openNew: FormOpening['openNew'] = (triggerId, place) =>
    open(triggerId, {
      ...unopened,
      metadata: { ...emptyMetadata, ...place },
      state: emptyState,
      given: {},
      wanted: nobodysChoice,
    });

  const openToComplete: FormOpening['openToComplete'] = async (triggerId, value, responseUrl) => {
    const ticket = await tickets.find(value.request).catch(() => null);
    if (ticket !== null && ticket.step !== 'needs_fields') {
      await show(triggerId, tellingView('Nothing is missing', words.overWords(ticket)));
      return;
    }
    await open(triggerId, formToComplete(value, ticket, responseUrl));
  };

  return { openNew, openToComplete };
}

/** The form of a request that lacks something: with what its row says, else with what the button carries. */
function formToComplete(value: CompleteValue, ticket: Ticket | null, responseUrl: string | null): OpenForm {
  const summary = ticket?.summary ?? value.summary;
  const text = ticket?.text ?? (value.text || value.summary);
  const isLong = !fitsInput(text);
  const label = ticket?.classification?.label ?? value.label;
  const metadata: Metadata = {
    ...emptyMetadata,
    channel: ticket?.channel ?? value.channel,
    channelName: ticket?.channelName ?? value.channelName,
    message: value.message,
    responseUrl,
    request: value.request,
    label,
    ownLabel: label,
    asked: ticket === null ? value.asked : Object.keys(ticket.wantedFields ?? {}).slice(0, mostAsked),
    hasLongText: isLong,
    isCut: ticket === null && value.isCut,
  };
  const state = { ...emptyState, summary, description: isLong || text === summary ? '' : text };
  const known = { given: ticket?.wantedFields ?? {}, wanted: ticket ?? nobodysChoice };
  return { ...unopened, metadata, state, longText: isLong ? text : null, ...known };
}

/** Fields that a form remembers to ask for, whatever the type demands. */
const mostAsked = 30;
