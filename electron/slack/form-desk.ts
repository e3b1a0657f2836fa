import type { InputBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type AppError, toAppError } from '../../shared/errors.ts';
import { type Label, labels } from '../../shared/labels.ts';
import { isChannelNamed } from '../../shared/places.ts';
import type { Ticket } from '../../shared/ticket.ts';
import type { FormActions, FormWish } from '../tickets/form-actions.ts';
import type { AskedField, AskedForm } from '../tickets/ports/issue-tracker.ts';
import { tooLate, within } from './deadline.ts';
import { slackCodeOf, translateSlackError } from './errors.ts';
import { fieldInput } from './modal/field-input.ts';
import { mostOptions } from './modal/field-options.ts';
import { shownValue } from './modal/field-values.ts';
import type { FormCache } from './modal/form-cache.ts';
import { type FormState, fieldBlock } from './modal/form-state.ts';
import type { FormModel, OfferedChannel } from './modal/form-view.ts';
import { beginningOnly, troubleWords } from './modal/form-words.ts';
import { type Entered, hideIn, type Metadata } from './modal/metadata.ts';
import { longest } from './modal/plain-text.ts';

export interface FormDeskDeps {
  tickets: FormActions;
  views: Pick<WebClient['views'], 'open' | 'update'>;
  cache: FormCache;
  /** Channels that may be chosen, where one has to be: exactly these, or any. Told within about so many milliseconds. */
  offeredChannels(patienceMs: number): Promise<readonly OfferedChannel[] | 'any'>;
  /** Name of a channel; null where Slack does not tell. */
  channelName(id: string): Promise<string | null>;
  /** Whether no other desktop may take the form's next payload. */
  isAlone(): boolean;
  onError(error: AppError): void;
}

/** A channel that a ticket is for, as far as Slack tells its name. */
export interface FormChannel {
  id: string;
  name: string | null;
}

/** A form as it stands on a person's screen. */
export interface OpenForm {
  metadata: Metadata;
  state: FormState;
  /** Slack's id of the first view of the form; null before it is open. */
  root: string | null;
  /** The blocks that are shown, as Slack sent them back. */
  blocks: readonly unknown[];
  longText: string | null;
  /** The channel that the ticket is for, where that was found out already. */
  place?: FormChannel | null;
  /** What was given before, by the fields' ids. */
  given: NonNullable<Ticket['wantedFields']>;
  /** Type and project that were chosen for the request in the window, as far as is known here. */
  wanted: Pick<Ticket, 'wantedType' | 'wantedProject'>;
}

export const nobodysChoice: OpenForm['wanted'] = { wantedType: null, wantedProject: null };

/** How long Slack is waited for, in milliseconds: a form opens within three seconds. */
const usualMs = { channels: 800, place: 500 };

/** What all listeners of forms do: find out what a form is to show, and show it. */
export function createFormDesk(deps: FormDeskDeps) {
  const { tickets, views, cache } = deps;
  const note = (thrown: unknown) => deps.onError(toAppError(thrown));

  /** The channel that the ticket is for, as far as it is chosen. */
  async function placeOf({ metadata, state, place }: OpenForm): Promise<FormChannel | null> {
    if (place !== undefined) return place;
    if (metadata.channel !== null) {
      const { channel: id, channelName: name } = metadata;
      if (isChannelNamed({ channel: id, channelName: name }) || id.startsWith('D')) return { id, name };
      const told = await within(usualMs.place, deps.channelName(id));
      return { id, name: (told === tooLate ? null : told) ?? name };
    }
    const id = state.channel?.id ?? metadata.chosen;
    if (id === null) return null;
    // What an option says of it may be cut.
    const told = await within(usualMs.place, channelOf(id));
    const { name, ...channel } = told === tooLate ? { id, name: null } : told;
    return { ...channel, name: name ?? state.channel?.name ?? null };
  }

  /** The channel of an option: by its id, or by the name in the settings, where Slack had not told the id in time. */
  async function channelOf(id: string): Promise<FormChannel> {
    const isName = id !== id.toUpperCase();
    const channels = isName ? await deps.offeredChannels(usualMs.place) : 'any';
    const named = channels === 'any' ? undefined : channels.find(({ name }) => name === id);
    return named ?? { id, name: await deps.channelName(id) };
  }

  /** What the tracker is asked for a form with this label, or with the type that the form remembers, or was given in the window. */
  async function wishFor(form: OpenForm, label: Label, rememberedType: string | null = null): Promise<FormWish> {
    const place = await placeOf(form);
    const { asked } = form.metadata;
    const { wantedType, wantedProject } = form.wanted;
    return {
      label,
      channel: place?.id ?? '',
      channelName: place?.name ?? null,
      wantedType: rememberedType ?? (form.state.choice === null ? wantedType : null),
      wantedProject,
      wantedFields: asked.length === 0 ? null : Object.fromEntries(asked.map((id) => [id, null])),
    };
  }

  /** The label that the form's own words have; null where there are none, or nobody can tell in time. */
  async function decide(form: OpenForm, patienceMs: number): Promise<Label | null> {
    const { state, longText } = form;
    const words = [state.summary, longText ?? state.description].join('\n').trim();
    if (words === '') return null;
    const place = await placeOf(form);
    const from = { channel: place?.id ?? '', channelName: place?.name ?? null };
    const answer = await within(patienceMs, tickets.classify(words, from));
    return answer === tooLate ? null : answer.label;
  }

  /** All that was entered, also into what is hidden. */
  async function everEntered(form: OpenForm): Promise<Record<string, Entered>> {
    const { metadata, state } = form;
    return { ...toEntered(await keptOf(form)), ...metadata.hidden, ...state.entered };
  }

  /** Texts of hidden fields that this desktop's log keeps; null where there are none, or another desktop has them. */
  async function keptOf({ metadata, root }: OpenForm) {
    return metadata.hasMore && root !== null ? tickets.keptTexts(root).catch(noted) : null;
  }

  function noted(thrown: unknown): null {
    note(thrown);
    return null;
  }

  /**
   * What the form is to show with the label: nothing that was typed gets lost. What is not shown goes into the metadata, else
   * into the log where no other desktop can be asked next; else it stays shown.
   */
  async function modelOf(
    form: OpenForm,
    shown: { asked: AskedForm | null; label: Label | null; notice: string | null },
    channelsMs = usualMs.channels,
  ) {
    const { asked, label, notice } = shown;
    const { metadata, state, root } = form;
    // Before the type is known, what one type demands is nothing to ask for.
    const isTypeKnown = label !== null || metadata.request !== null;
    const entered = { ...shownOf(form, asked), ...(await everEntered(form)) };
    const isMissing = (id: string) => metadata.asked.includes(id) && (form.given[id] ?? null) === null;
    const isElsewhere = metadata.hasMore && (await keptOf(form)) === null;
    const fields = (asked?.fields ?? [])
      .filter(({ required }) => isTypeKnown || !required)
      // Jira asked for these whatever it says of the type; what was given may be taken back.
      .map((field) => (isMissing(field.id) ? { ...field, required: true } : field))
      // What was typed there may be kept by another desktop, which may get the submission.
      .map((field) => (isElsewhere && entered[field.id] === undefined ? { ...field, required: false } : field));
    const ids = new Set(fields.map(({ id }) => id));
    const hidden = Object.fromEntries(Object.entries(entered).filter(([id]) => !ids.has(id)));
    const next = {
      ...metadata,
      label,
      type: asked?.issueTypeId ?? null,
      hidden: {},
      hasMore: isElsewhere,
      chosen: state.channel?.id ?? null,
    };
    let { metadata: told, left } = hideIn(next, asked === null ? {} : hidden);
    if (asked === null) left = hidden;
    const isHome = root !== null && deps.isAlone() && asked !== null;
    if (Object.keys(left).length > 0 && isHome) {
      const isKept = await tickets.keepTexts(root, left).then(() => true, noted);
      if (isKept) [told, left] = [{ ...told, hasMore: true }, {}];
    }
    const model: FormModel = {
      metadata: told,
      ...{ summary: state.summary, description: state.description, choice: state.choice },
      decided: state.choice === null ? label : null,
      form: asked === null ? null : { ...asked, fields },
      entered,
      extra: await inputsFor(form, left),
      channels: metadata.channel === null ? await offered(form, channelsMs) : null,
      channel: state.channel?.id ?? metadata.chosen,
      notice: notice ?? (metadata.isCut ? beginningOnly : null),
      longText: form.longText,
    };
    return model;
  }

  /** Fields that the tracker ever asked for here, those of the form's own type first. */
  async function knownFields(form: OpenForm): Promise<AskedField[]> {
    const { label, type } = form.metadata;
    const known = labels.map(async (each) => cache.known({ ...(await wishFor(form, each)), wantedType: null }));
    const former = label === null ? null : cache.known(await wishFor(form, label, type));
    return [former, ...(await Promise.all(known))].flatMap((each) => each?.fields ?? []);
  }

  /** Inputs of fields that are shown only for what stands in them. */
  async function inputsFor(form: OpenForm, values: Record<string, Entered>): Promise<InputBlock[]> {
    const ids = Object.keys(values);
    if (ids.length === 0) return [];
    const { byEmail } = form.metadata;
    const fields = await knownFields(form);
    return ids.flatMap((id) => {
      const field = fields.find((each) => each.id === id);
      const look = { entered: values[id] ?? null, isOptional: true, byEmail, mostListed: mostOptions };
      if (field !== undefined) return fieldInput(field, look);
      const asSent = form.blocks.find((block) => isInput(block) && block.block_id === fieldBlock(id));
      return isInput(asSent) ? { ...asSent, optional: true } : [];
    });
  }

  /** What may be chosen; what was chosen under another id, when Slack had told less or more, stays chosen. */
  async function offered({ state }: OpenForm, patienceMs: number): Promise<FormModel['channels']> {
    const channels = await deps.offeredChannels(patienceMs);
    const { channel } = state;
    if (channels === 'any' || channel === null || channels.some(({ id }) => id === channel.id)) return channels;
    return channels.map((each) => (each.name === channel.name ? { ...each, id: channel.id } : each));
  }

  /** Shows another state of a form; gives its new hash. Null where there is no such form, or it has changed meanwhile. */
  async function show(view: ModalView, place: { id: string; hash?: string | undefined }): Promise<string | null> {
    try {
      const { id: view_id, hash } = place;
      const answer = await views.update({ view_id, view, ...(hash === undefined ? {} : { hash }) });
      return answer.view?.hash ?? '';
    } catch (thrown) {
      const error = translateSlackError(thrown);
      // Closed, or changed by a later answer.
      if (!['hash_conflict', 'not_found', 'view_not_found'].includes(slackCodeOf(error) ?? '')) note(error);
      return null;
    }
  }

  return {
    note,
    placeOf,
    wishFor,
    decide,
    everEntered,
    knownFields,
    modelOf,
    show,

    /** What the tracker asks for, or why that is not known. */
    async askedFor(form: OpenForm, label: Label): Promise<{ asked: AskedForm | null; notice: string | null }> {
      try {
        return { asked: await cache.ask(await wishFor(form, label)), notice: null };
      } catch (thrown) {
        note(thrown);
        return { asked: null, notice: troubleWords(thrown) };
      }
    },

    fresh: async (form: OpenForm, label: Label) => cache.fresh(await wishFor(form, label)),

    /** A form that was told at any time. */
    known: async (form: OpenForm, label: Label) => cache.known(await wishFor(form, label)),
  };
}

export type FormDesk = ReturnType<typeof createFormDesk>;

function isInput(block: unknown): block is InputBlock {
  return typeof block === 'object' && block !== null && Reflect.get(block, 'type') === 'input';
}

/** What inputs show of what was given before. */
function shownOf({ given }: OpenForm, asked: AskedForm | null): Record<string, Entered> {
  const shown = (asked?.fields ?? []).map((field) => [field.id, shownValue(field, given[field.id])] as const);
  return Object.fromEntries(shown.flatMap(([id, value]) => (value === null ? [] : [[id, value]])));
}

/** The texts that an input may show; what is longer was never typed into one. */
export function fitsInput(text: string): boolean {
  return text.length <= longest.input;
}

function toEntered(kept: Readonly<Record<string, unknown>> | null): Record<string, Entered> {
  const values: Record<string, Entered> = {};
  for (const [id, value] of Object.entries(kept ?? {})) {
    if (typeof value === 'string') values[id] = value;
    else if (Array.isArray(value)) values[id] = value.map(String);
  }
  return values;
}
