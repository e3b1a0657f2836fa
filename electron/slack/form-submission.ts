import type { ModalView } from '@slack/types';
import { toAppError } from '../../shared/errors.ts';
import { isBlank } from '../../shared/issue-form.ts';
import type { Label } from '../../shared/labels.ts';
import { unescapeSlackText } from '../rich-text/slack-sequences.ts';
import type { AskedField, AskedForm } from '../tickets/ports/issue-tracker.ts';
import type { NewRequest } from '../tickets/ports/ticket-store.ts';
import { summarise } from '../tickets/summary.ts';
import type { TicketService } from '../tickets/ticket-service.ts';
import { type Deadline, tooLate } from './deadline.ts';
import type { FormDesk, OpenForm } from './form-desk.ts';
import { isPerson } from './modal/field-input.ts';
import { storedValue } from './modal/field-values.ts';
import { blocks, fieldBlock } from './modal/form-state.ts';
import { anywayView, formView, tellingView } from './modal/form-view.ts';
import * as words from './modal/form-words.ts';
import type { Entered } from './modal/metadata.ts';
import * as replies from './replies.ts';
import { requestIdOf } from './request-id.ts';

/** Answer to a submission: it is taken, or something is wrong with inputs, or the form shows something else. */
export type Answer =
  | { outcome: 'taken'; requestId: string }
  | { outcome: 'errors'; errors: Record<string, string> }
  | { outcome: 'update'; view: ModalView };

export interface Submitter {
  team: string;
  user: string;
  userName: string | null;
  /** Slack's id of the view: one submission is one request. */
  viewId: string;
  /** Where Slack gave an address for replies in the chosen channel. */
  responseUrl: string | null;
}

export interface SubmissionDeps {
  desk: FormDesk;
  tickets: TicketService;
  /** A person's e-mail address, by Slack's id. Never rejects. */
  emailOf(user: string): Promise<string | null>;
}

/** Ids of fields that hold Slack's ids of people: those with an input for people, and those not shown now. */
interface PeopleFields {
  shown: ReadonlySet<string>;
  hidden: ReadonlySet<string>;
}

/** The most that each wait for others takes of the time in which a submission is answered. */
const patienceMs = { people: 700, checks: 1_300, channels: 300 };

/** Takes what stands in a form: with all that the tracker asks for, as far as it tells that in time. */
export function createSubmission({ desk, tickets, emailOf }: SubmissionDeps) {
  /** People's e-mail addresses in place of Slack's ids; null where one of them that is shown is not told. */
  async function withAddresses(
    entered: Record<string, Entered>,
    { shown, hidden }: PeopleFields,
  ): Promise<Record<string, Entered> | null> {
    const told = await Promise.all(
      Object.entries(entered).map(async ([id, value]): Promise<[string, Entered | null]> => {
        if (!shown.has(id) && !hidden.has(id)) return [id, value];
        const people = await Promise.all((Array.isArray(value) ? value : [value]).map(emailOf));
        const known = people.filter((email) => email !== null);
        return [id, known.length < people.length ? null : Array.isArray(value) ? known : (known[0] ?? null)];
      }),
    );
    if (told.some(([id, value]) => value === null && shown.has(id))) return null;
    return Object.fromEntries(told.flatMap(([id, value]) => (value === null ? [] : [[id, value]])));
  }

  /** Which fields hold people as Slack knows them: an ordinary word may look like the id of a person. */
  async function peopleIn(form: OpenForm, entered: Record<string, Entered>): Promise<PeopleFields> {
    const elementOf = (id: string) => {
      const block = form.blocks.find((each) => Reflect.get(Object(each), 'block_id') === fieldBlock(id));
      return block === undefined ? null : String(Reflect.get(Object(Reflect.get(Object(block), 'element')), 'type'));
    };
    const known = await desk.knownFields(form);
    const ids = Object.keys(entered);
    const isOfPeople = (id: string) => {
      const value = entered[id] ?? [];
      const isAsked = known.some((field) => field.id === id && (field.kind === 'user' || field.kind === 'users'));
      return isAsked && (Array.isArray(value) ? value : [value]).every(isPerson);
    };
    return {
      shown: new Set(ids.filter((id) => ['users_select', 'multi_users_select'].includes(elementOf(id) ?? ''))),
      hidden: new Set(ids.filter((id) => elementOf(id) === null && isOfPeople(id))),
    };
  }

  /** What the tracker says of all that was given; null where it does not say that in time. */
  async function check(form: OpenForm, entered: Record<string, Entered>, deadline: Deadline) {
    const patience = deadline.left(patienceMs.checks);
    // A request that is completed keeps its label unless a person chose another one.
    const label = form.state.choice ?? form.metadata.ownLabel ?? (await desk.decide(form, patience));
    if (label === null) return null;
    const known = await desk.fresh(form, label);
    const plan = known ?? (await desk.askedFor(form, label)).asked;
    if (plan === null) return { label, asked: null };
    const values = valuesOf(plan.fields, entered);
    const wish = { ...(await desk.wishFor(form, label)), wantedFields: values };
    return { label, asked: { ...(await tickets.askedFor(wish)), issueTypeId: plan.issueTypeId } };
  }

  async function toRequest(form: OpenForm, by: Submitter, place: { id: string; name: string | null }) {
    const { state, longText, metadata } = form;
    const summary = summarise(state.summary);
    const first = metadata.request === null ? null : await tickets.find(metadata.request);
    const typed = longText ?? (state.description.trim() || summary);
    // What was not touched stays as it came, with its marks.
    const isSame = first !== null && (longText !== null || typed === first.text || state.description === first.text);
    return {
      requestId: metadata.request ?? requestIdOf(by.team, 'view', by.viewId),
      door: 'form',
      sourceMessage: metadata.message && { ...metadata.message, author: null, authorName: null, url: null },
      files: [],
      team: by.team,
      user: by.user,
      userName: by.userName,
      channel: place.id,
      channelName: place.name,
      text: isSame ? first.text : typed,
      markup: isSame ? first.markup : null,
      summary,
      responseUrl: metadata.responseUrl ?? by.responseUrl,
      label: state.choice,
      wantedFields: null,
    } satisfies NewRequest;
  }

  async function redrawn(
    form: OpenForm,
    shown: { asked: AskedForm | null; label: Label | null; notice: string },
    deadline: Deadline,
  ) {
    const model = await desk.modelOf(form, shown, deadline.left(patienceMs.channels));
    return { outcome: 'update', view: formView(model) } as const;
  }

  /** The form as it is, with what is to be said of it. */
  async function saying(form: OpenForm, notice: string, deadline: Deadline) {
    const { label } = form.metadata;
    const asked = (await desk.fresh(form, label ?? 'Task')) ?? (await desk.known(form, label ?? 'Task'));
    return redrawn(form, { asked, label, notice }, deadline);
  }

  return async function submit(sent: OpenForm, by: Submitter, deadline: Deadline): Promise<Answer> {
    const { state, metadata } = sent;
    if (summarise(state.summary) === '') return { outcome: 'errors', errors: { [blocks.summary]: words.noSummary } };
    if (metadata.hasLongText && sent.longText === null) {
      return { outcome: 'errors', errors: { [blocks.summary]: words.textElsewhere } };
    }
    const place = await desk.placeOf(sent);
    const form = { ...sent, place };
    if (place === null) {
      if (isShown(form, blocks.channel)) return { outcome: 'errors', errors: { [blocks.channel]: words.noChannel } };
      return saying(form, words.noChannel, deadline);
    }
    const all = await desk.everEntered(form);
    const people = await peopleIn(form, all);
    const addressed = await deadline.within(patienceMs.people, withAddresses(all, people));
    if (addressed === null) {
      const told = { ...form, metadata: { ...metadata, byEmail: true } };
      return saying(told, words.byEmailNow, deadline);
    }
    const entered = addressed === tooLate ? withoutPeople(all, people) : addressed;
    const checked = await deadline.within(patienceMs.checks, check(form, entered, deadline).catch(noteAnd(null)));
    const known = checked === tooLate || checked === null ? null : checked;
    const asked = known?.asked ?? null;
    if (asked !== null && known !== null && addressed !== tooLate) {
      const open = asked.fields.filter((field) => field.isKnown && isOpen(field, entered));
      const shown = open.filter(({ id }) => isShown(form, fieldBlock(id)));
      if (shown.length > 0) {
        const errors = shown.map((field) => [
          fieldBlock(field.id),
          field.problem ?? 'Jira takes no issue without this.',
        ]);
        return { outcome: 'errors', errors: Object.fromEntries(errors) };
      }
      const isTooBig = open.length > 0 && metadata.label === known.label;
      // What does not fit into a form is asked for later.
      if (open.length > 0 && !isTooBig) {
        const full = await desk.fresh(form, known.label);
        const { label } = known;
        return redrawn(form, { asked: full ?? asked, label, notice: words.needsMore(label) }, deadline);
      }
    }
    const label = known?.label ?? state.choice ?? metadata.ownLabel ?? metadata.label;
    const fields = asked?.fields ?? (label === null ? null : ((await desk.known(form, label))?.fields ?? null));
    const given = fields === null ? valuesOf(null, pick(entered, state.entered)) : valuesOf(fields, entered);
    const values = { ...clearedOf(form), ...given };
    const request = {
      ...(await toRequest(form, by, place)),
      wantedFields: Object.keys(values).length === 0 ? null : values,
    };
    return take(request, metadata.request !== null);
  };

  async function take(request: NewRequest, isCompletion: boolean): Promise<Answer> {
    try {
      if (isCompletion) {
        const { outcome, ticket } = await tickets.complete(request);
        if (outcome === 'over') {
          tickets.enqueue(ticket.requestId);
          return { outcome: 'update', view: tellingView('Nothing is missing', words.overWords(ticket)) };
        }
        return { outcome: 'taken', requestId: ticket.requestId };
      }
      const { outcome, ticket } = await tickets.receive(request);
      if (outcome !== 'duplicate') return { outcome: 'taken', requestId: ticket.requestId };
      const text = words.sentAlready(ticket);
      return { outcome: 'update', view: anywayView(text, ticket.requestId, request.responseUrl) };
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code !== 'rate_limited') desk.note(error);
      return { outcome: 'errors', errors: { [blocks.summary]: withoutMarks(replies.notReceived(error)) } };
    }
  }

  function noteAnd<T>(value: T) {
    return (thrown: unknown) => {
      desk.note(thrown);
      return value;
    };
  }
}

/** Words of ours for a place where Slack shows no marks, and takes 2,000 characters. */
export function withoutMarks(mrkdwn: string): string {
  return unescapeSlackText(mrkdwn.replaceAll('*', '')).slice(0, 1_900);
}

function isShown({ blocks: shown }: OpenForm, blockId: string): boolean {
  return shown.some((block) => Reflect.get(Object(block), 'block_id') === blockId);
}

/** Whether a person has to give or to correct it before the tracker takes the issue. */
function isOpen(field: AskedField, entered: Record<string, Entered>): boolean {
  return field.problem !== null || (field.required && isBlank(entered[field.id]));
}

function pick(entered: Record<string, Entered>, shown: Record<string, Entered>): Record<string, Entered> {
  return Object.fromEntries(Object.entries(entered).filter(([id]) => id in shown));
}

/** Fields that were given before and are blank in the form now, each as null. */
function clearedOf({ blocks: shown, state, given }: OpenForm): Record<string, null> {
  const isShown = (id: string) => shown.some((block) => Reflect.get(Object(block), 'block_id') === fieldBlock(id));
  const cleared = Object.keys(given).filter((id) => isShown(id) && isBlank(state.entered[id]));
  return Object.fromEntries(cleared.map((id) => [id, null]));
}

/** Values but for what only Slack understands. */
function withoutPeople(entered: Record<string, Entered>, { shown, hidden }: PeopleFields): Record<string, Entered> {
  return Object.fromEntries(Object.entries(entered).filter(([id]) => !shown.has(id) && !hidden.has(id)));
}

/** What is stored of what was entered into these fields; null: into any, as nobody knows them now. */
function valuesOf(fields: readonly AskedField[] | null, entered: Record<string, Entered>) {
  const given = Object.entries(entered).filter(([id, value]) => {
    return !isBlank(value) && (fields === null || fields.some((field) => field.id === id));
  });
  return Object.fromEntries(
    given.map(([id, value]) => [id, storedValue(fields?.find((field) => field.id === id) ?? null, value)]),
  );
}
