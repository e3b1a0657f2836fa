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
import type { Ticket } from '../../shared/ticket.ts';
import type { TicketService } from '../tickets/ticket-service.ts';
import { createFormDesk, type FormDeskDeps, fitsInput, type OpenForm, tooLate, within } from './form-desk.ts';
import { createSubmission, type SubmissionDeps, withoutMarks } from './form-submission.ts';
import { type CompleteValue, decodeCompleteValue } from './modal/complete-value.ts';
import { suggested } from './modal/field-options.ts';
import { shownValue } from './modal/field-values.ts';
import { createFormCache } from './modal/form-cache.ts';
import { elements, type FormState, fieldBlock, readState } from './modal/form-state.ts';
import { formIds, formView, tellingView } from './modal/form-view.ts';
import * as words from './modal/form-words.ts';
import { emptyMetadata, type Metadata, readMetadata } from './modal/metadata.ts';
import * as replies from './replies.ts';
import { requestIdOf } from './request-id.ts';

export interface FormDeps extends Omit<FormDeskDeps, 'cache' | 'tickets'>, Pick<SubmissionDeps, 'emailOf'> {
  tickets: TicketService;
}

/** Ids of what opens a form: the global shortcut and the button of Home, and the button that asks for missing fields. */
export const formActionIds = { new: formIds.new, complete: formIds.complete } as const;

export interface Forms {
  /** Opens a form for a new ticket; `place`: null where it has to ask for a channel. Throws AppError as Slack refuses. */
  openNew(triggerId: string, place: Pick<Metadata, 'channel' | 'channelName' | 'responseUrl'> | null): Promise<void>;
}

const emptyState: FormState = { summary: '', description: '', choice: null, channel: null, entered: {} };
/** A suggestion is answered within three seconds. */
const suggestionMs = 2_700;
const decideMs = 20_000;
/** A form that is there so soon is not said to load. */
const soonMs = 300;

/** Registers the forms: what opens them, what changes them, lists of options, and submissions. */
export function registerForms(app: App, deps: FormDeps): Forms {
  const { tickets, views } = deps;
  const cache = createFormCache((wish) => tickets.askedFor(wish));
  const desk = createFormDesk({ ...deps, cache });
  const submit = createSubmission({ desk, tickets, emailOf: deps.emailOf });
  /** The latest change of each form that is under way: what an earlier one comes to is not shown any more. */
  const latest = new Map<string, number>();
  let changes = 0;

  /** Opens the form with what is known at once, and fills it when the tracker has answered. */
  async function open(triggerId: string, form: OpenForm): Promise<void> {
    const { label } = form.metadata;
    const known = await desk.fresh(form, label ?? 'Task');
    const first = await desk.modelOf(form, { asked: known, label, notice: known === null ? words.loading : null });
    const { view } = await views.open({ trigger_id: triggerId, view: formView(first) });
    if (view?.id === undefined) return;
    const opened = { ...form, metadata: first.metadata, root: view.root_view_id ?? view.id };
    await tickets.keepTexts(opened.root, {}).catch(desk.note);
    if (known === null) await redraw(opened, { id: view.id, hash: view.hash });
  }

  /** Shows what the form's type demands, once that is known. */
  async function redraw(form: OpenForm, place: { id: string; hash?: string | undefined }): Promise<void> {
    changes += 1;
    const own = changes;
    latest.set(place.id, own);
    const isLatest = () => latest.get(place.id) === own;
    try {
      const { choice } = form.state;
      const kept = form.metadata.request === null ? null : form.metadata.label;
      const label = choice ?? kept ?? (await desk.decide(form, decideMs));
      const asking = desk.askedFor(form, label ?? 'Task');
      let { hash } = place;
      if ((await within(soonMs, asking)) === tooLate && isLatest()) {
        const loading = await desk.modelOf(form, { asked: null, label: form.metadata.label, notice: words.loading });
        // Until then it shows what was typed, whatever the type.
        const shown = await desk.show(formView({ ...loading, metadata: form.metadata }), { ...place, hash });
        hash = shown === null || shown === '' ? undefined : shown;
      }
      const { asked, notice } = await asking;
      if (!isLatest()) return;
      const view = formView(await desk.modelOf(form, { asked, label, notice }));
      const shown = await desk.show(view, { ...place, hash });
      // Another desktop's change, or one that was under way: this is the latest that is known here.
      if (shown === null && isLatest() && hash !== undefined) await desk.show(view, { id: place.id });
    } catch (thrown) {
      desk.note(thrown);
    } finally {
      if (isLatest()) latest.delete(place.id);
    }
  }

  /** The form that a payload brings, with the texts that only the log has. */
  async function formIn(view: ViewOutput | undefined): Promise<OpenForm> {
    const metadata = readMetadata(view?.private_metadata);
    const state = readState(view?.state);
    const first = metadata.hasLongText && metadata.request !== null ? await tickets.find(metadata.request) : null;
    return {
      metadata,
      state,
      root: view?.root_view_id || view?.id || null,
      blocks: view?.blocks ?? [],
      longText: metadata.hasLongText ? (first?.text ?? null) : null,
    };
  }

  const openNew: Forms['openNew'] = (triggerId, place) =>
    open(triggerId, {
      metadata: { ...emptyMetadata, ...place },
      ...{ state: emptyState, root: null, blocks: [], longText: null },
    });

  async function openToComplete(body: BlockAction, value: CompleteValue): Promise<void> {
    const ticket = await tickets.find(value.request).catch(() => null);
    if (ticket !== null && ticket.step !== 'needs_fields') {
      const view = tellingView('Nothing is missing', words.overWords(ticket));
      await views.open({ trigger_id: body.trigger_id, view });
      return;
    }
    await open(body.trigger_id, await formToComplete(value, ticket, body.response_url || null));
  }

  /** The form of a request that lacks something: with what its row says, else with what the button carries. */
  async function formToComplete(value: CompleteValue, ticket: Ticket | null, url: string | null): Promise<OpenForm> {
    const summary = ticket?.summary ?? value.summary;
    const text = ticket?.text ?? (value.text || value.summary);
    const isLong = !fitsInput(text);
    const metadata: Metadata = {
      ...emptyMetadata,
      channel: ticket?.channel ?? value.channel,
      channelName: ticket?.channelName ?? value.channelName,
      message: value.message,
      responseUrl: url,
      request: value.request,
      label: ticket?.classification?.label ?? value.label,
      asked: ticket === null ? value.asked : Object.keys(ticket.wantedFields ?? {}),
      hasLongText: isLong,
      isCut: ticket === null && value.isCut,
    };
    const state = { ...emptyState, summary, description: isLong || text === summary ? '' : text };
    const form = { metadata, state, root: null, blocks: [], longText: isLong ? text : null };
    const given = Object.entries(ticket?.wantedFields ?? {}).filter(([, stored]) => stored !== null);
    const known = given.length === 0 ? null : await desk.fresh(form, metadata.label ?? 'Task');
    const entered = (known?.fields ?? []).flatMap((field) => {
      const shown = shownValue(field, ticket?.wantedFields?.[field.id]);
      return shown === null ? [] : [[field.id, shown] as const];
    });
    return { ...form, state: { ...state, entered: Object.fromEntries(entered) } };
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
    await openToComplete(body, value).catch(desk.note);
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
    const form = await formIn(view);
    const { label, type } = form.metadata;
    const wish = await desk.wishFor(form, label ?? 'Task', type);
    const asking = cache.ask(wish);
    asking.catch(() => {});
    const known = cache.known(wish) ?? (await within(suggestionMs, asking));
    if (known === tooLate) return [];
    const field = known.fields.find(({ id }) => fieldBlock(id) === block_id);
    return field === undefined ? [] : suggested(field, value ?? '');
  }

  async function onSubmission({
    ack,
    body,
    view,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> {
    const answer = await submit(await formIn(view), {
      team: body.team?.id ?? body.user.team_id ?? '',
      user: body.user.id,
      userName: body.user.name || null,
      viewId: view.id,
      responseUrl: body.response_urls?.[0]?.response_url ?? null,
    });
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
