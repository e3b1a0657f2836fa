import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  BlockSuggestion,
  ButtonAction,
  GlobalShortcut,
  SlackViewMiddlewareArgs,
  ViewOutput,
  ViewSubmitAction,
} from '@slack/bolt';
import { toAppError } from '../../shared/errors.ts';
import type { TicketService } from '../tickets/ticket-service.ts';
import { createDeadline, tooLate } from './deadline.ts';
import { createRedraw } from './form-changes.ts';
import { createFormDesk, type FormDeskDeps, nobodysChoice, type OpenForm } from './form-desk.ts';
import { createFormOpening, type FormOpening } from './form-opening.ts';
import { createSubmission, type SubmissionDeps, withoutMarks } from './form-submission.ts';
import { decodeCompleteValue } from './modal/complete-value.ts';
import { suggested } from './modal/field-options.ts';
import { createFormCache } from './modal/form-cache.ts';
import { elements, fieldBlock, readState } from './modal/form-state.ts';
import { formIds, tellingView } from './modal/form-view.ts';
import { readMetadata } from './modal/metadata.ts';
import * as replies from './replies.ts';
import { requestIdOf } from './request-id.ts';

export interface FormDeps extends Omit<FormDeskDeps, 'cache' | 'tickets'>, Pick<SubmissionDeps, 'emailOf'> {
  tickets: TicketService;
}

/** Ids of what opens a form: the global shortcut and the button of Home, and the button that asks for missing fields. */
export const formActionIds = { new: formIds.new, complete: formIds.complete } as const;

/** A suggestion is answered within three seconds. */
const suggestionMs = 2_700;
/** A submission too; what is left of that is for the log. */
export const submissionMs = 2_200;

/** Registers the forms: what opens them, what changes them, lists of options, and submissions. */
export function registerForms(app: App, deps: FormDeps): Pick<FormOpening, 'openNew'> {
  const { tickets, views } = deps;
  const cache = createFormCache((wish) => tickets.askedFor(wish));
  const desk = createFormDesk({ ...deps, cache });
  const submit = createSubmission({ desk, tickets, emailOf: deps.emailOf });
  const redraw = createRedraw(desk);
  const { openNew, openToComplete } = createFormOpening({ tickets, views, desk, redraw });

  /** The form that a payload brings, with the texts that only the log has. */
  async function formIn(view: ViewOutput | undefined): Promise<OpenForm> {
    const metadata = readMetadata(view?.private_metadata);
    const state = readState(view?.state);
    const first = metadata.request === null ? null : await tickets.find(metadata.request);
    return {
      metadata,
      state,
      root: view?.root_view_id || view?.id || null,
      blocks: view?.blocks ?? [],
      longText: metadata.hasLongText ? (first?.text ?? null) : null,
      given: first?.wantedFields ?? {},
      wanted: first ?? nobodysChoice,
    };
  }

  async function tell(trigger_id: string, title: string, text: string): Promise<void> {
    await views.open({ trigger_id, view: tellingView(title, text) }).catch(desk.note);
  }

  app.shortcut<GlobalShortcut>({ callback_id: formIds.new, type: 'shortcut' }, async ({ ack, shortcut }) => {
    await ack().catch(desk.note);
    await openNew(shortcut.trigger_id, null).catch(desk.note);
  });

  app.action<BlockAction<ButtonAction>>(formActionIds.new, async ({ ack, body }) => {
    await ack().catch(desk.note);
    await openNew(body.trigger_id, null).catch(desk.note);
  });

  app.action<BlockAction<ButtonAction>>(formActionIds.complete, async ({ ack, body, action }) => {
    await ack().catch(desk.note);
    const value = decodeCompleteValue(action.value);
    if (value === null) return tell(body.trigger_id, 'Too old', replies.unknownButton);
    await openToComplete(body.trigger_id, value, body.response_url || null).catch(desk.note);
  });

  async function onChange(body: BlockAction): Promise<void> {
    const { view } = body;
    if (view !== undefined) await redraw(await formIn(view), { id: view.id, hash: view.hash });
  }
  for (const actionId of [elements.type, elements.channel]) {
    app.action<BlockAction>(actionId, async ({ ack, body }) => {
      await ack().catch(desk.note);
      await onChange(body).catch(desk.note);
    });
  }
  // Enter in the summary: the text is known, so the type may be.
  app.action<BlockAction>(elements.value, async ({ ack, body }) => {
    await ack().catch(desk.note);
    if (readState(body.view?.state).choice === null) await onChange(body).catch(desk.note);
  });

  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: elements.pick },
    async ({ ack, options: payload }) => {
      const options = await suggestionsFor(payload).catch((thrown) => {
        desk.note(thrown);
        return [];
      });
      await ack({ options });
    },
  );

  async function suggestionsFor({ view, block_id, value }: BlockSuggestion) {
    const deadline = createDeadline(suggestionMs);
    const form = await formIn(view);
    const { label, type } = form.metadata;
    const wish = await desk.wishFor(form, label ?? 'Task', type);
    const asking = cache.ask(wish);
    asking.catch(() => {});
    const known = cache.known(wish) ?? (await deadline.within(suggestionMs, asking));
    if (known === tooLate) return [];
    const field = known.fields.find(({ id }) => fieldBlock(id) === block_id);
    return field === undefined ? [] : suggested(field, value ?? '');
  }

  async function onSubmission({
    ack,
    body,
    view,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> {
    const deadline = createDeadline(submissionMs);
    const by = {
      team: body.team?.id ?? body.user.team_id ?? '',
      user: body.user.id,
      userName: body.user.name || null,
      viewId: view.id,
      responseUrl: body.response_urls?.[0]?.response_url ?? null,
    };
    const answer = await submit(await formIn(view), by, deadline);
    if (answer.outcome === 'errors') return ack({ response_action: 'errors', errors: answer.errors });
    if (answer.outcome === 'update') return ack({ response_action: 'update', view: answer.view });
    // Written down: a dead socket at the ack does not stop the work.
    await ack().catch(desk.note);
    tickets.enqueue(answer.requestId);
  }
  app.view<ViewSubmitAction>(formIds.new, onSubmission);
  app.view<ViewSubmitAction>(formIds.complete, onSubmission);

  app.view<ViewSubmitAction>(formIds.anyway, async ({ ack, body, view }) => {
    const { request, responseUrl } = readMetadata(view.private_metadata);
    const requestId = requestIdOf(body.team?.id ?? body.user.team_id ?? '', 'file_anyway', request ?? '');
    const click = { requestId, responseUrl, user: body.user.id, userName: body.user.name || null };
    let told: string = replies.originalUnknown;
    try {
      const receipt = await tickets.fileAnyway(request ?? '', click, null);
      if (receipt !== null) {
        await ack().catch(desk.note);
        return tickets.enqueue(receipt.ticket.requestId);
      }
    } catch (thrown) {
      told = withoutMarks(replies.notReceived(toAppError(thrown)));
    }
    await ack({ response_action: 'update', view: tellingView('Not filed', told) });
  });

  return { openNew };
}
