import { isRecord, type Json } from '../record.ts';
import { optionsOf, suggestedOptions } from './elements.ts';
import { type Entry, enter } from './enter-values.ts';
import type { SlackManifest } from './manifest.ts';
import { interactionFields } from './payloads.ts';
import { namedUser, requireInteractivity } from './people.ts';
import type { SlackResponseUrls } from './response-urls.ts';
import type { Acked, SlackSocketHub } from './socket.ts';
import type { SlackState } from './state.ts';
import { answerSubmission, type Submission } from './submissions.ts';
import type { SlackTriggers } from './triggers.ts';
import { elementsOf } from './view-checks.ts';
import { faultsOf } from './view-state.ts';
import type { SlackView, SlackViews } from './views.ts';

/**
 * What a person does in a modal or in Home. Inputs go by the words above them or their `block_id`, buttons and other
 * elements by their words or `action_id`, options by their text or value. Deliveries reject as those of SlackPeople.
 */
export interface SlackViewHands {
  /** Puts something into inputs, which tells nobody; null empties one. Of an external select, options are asked for. */
  fill(view: SlackView, values: Record<string, Entry>): Promise<void>;
  /** Fills in what is given, and presses Submit. */
  submit(view: SlackView, values?: Record<string, Entry>): Promise<Submission>;
  /** Presses a button or chooses, and tells the app where Slack does; resolves with null where it does not. */
  pick(view: SlackView, what: string, value?: Entry): Promise<Acked | null>;
  /** Types into an external select; resolves with the options that the app offers. */
  suggest(view: SlackView, what: string, typed: string): Promise<Json[]>;
  /** Presses the cross, or the button beside Submit. */
  closeView(view: SlackView): Promise<Acked | null>;
}

interface Place {
  block: Json;
  element: Json;
}

export function createSlackViewHands(deps: {
  state: SlackState;
  sockets: SlackSocketHub;
  manifest: SlackManifest;
  triggers: SlackTriggers;
  views: SlackViews;
  responseUrls: SlackResponseUrls;
  urlOf(path: string): string;
}): SlackViewHands {
  const { state, sockets, manifest, triggers, views, responseUrls, urlOf } = deps;

  function send(view: SlackView, payload: Json, acceptsAnswer: boolean): Promise<Acked> {
    requireInteractivity(manifest);
    const shown = structuredClone(views.show(view));
    const whole = { ...interactionFields(state, namedUser(state, view.user)), view: shown, ...payload };
    return sockets.deliver('interactive', whole, { accepts_response_payload: acceptsAnswer });
  }

  function newTrigger(view: SlackView): string {
    return triggers.issue({ user: view.user, channel: view.channel, view: view.id });
  }

  async function suggest(view: SlackView, what: string, typed: string): Promise<Json[]> {
    const { block, element } = placeOf(view, what);
    if (!String(element['type']).endsWith('external_select')) throw new Error(`“${what}” asks for no options.`);
    const min = typeof element['min_query_length'] === 'number' ? element['min_query_length'] : 3;
    if (typed.length < min) throw new Error(`Slack asks for options from ${min} characters on.`);
    const { ack } = await send(
      view,
      {
        type: 'block_suggestion',
        container: { type: 'view', view_id: view.id },
        action_id: element['action_id'],
        block_id: block['block_id'],
        value: typed,
        // Slack does not tell here what is in the view meanwhile: slackapi/bolt-js#1146, slackapi/java-slack-sdk#1292.
        view: { ...structuredClone(views.show(view)), state: { values: {} } },
      },
      true,
    );
    const faults: string[] = [];
    suggestedOptions(ack, '', (fault, place) => faults.push(`${fault} [json-pointer:${place}]`));
    if (faults.length > 0) throw new Error(`Slack shows none of these options: ${faults.join(', ')}`);
    return optionsOf(isRecord(ack) ? ack : {});
  }

  async function set(view: SlackView, what: string, entry: Entry): Promise<Place> {
    const place = placeOf(view, what);
    const { block, element } = place;
    const value = await enter(element, entry, state, (typed) => suggest(view, what, typed));
    const blockId = String(block['block_id']);
    view.values[blockId] = { ...view.values[blockId], [String(element['action_id'])]: value };
    return place;
  }

  async function fill(view: SlackView, values: Record<string, Entry>): Promise<void> {
    checkOpen(view);
    for (const [what, entry] of Object.entries(values)) await set(view, what, entry);
    views.changed(view);
  }

  /** Response URLs of the conversations that were chosen where the app wants to answer there. */
  function responseUrlsOf(view: SlackView): Json[] {
    return view.blocks.flatMap(({ block_id, element }) => {
      if (!isRecord(element) || element['response_url_enabled'] !== true) return [];
      const { action_id } = element;
      const value = view.values[String(block_id)]?.[String(action_id)] ?? {};
      const channel = value['selected_conversation'] ?? value['selected_channel'];
      if (typeof channel !== 'string') return [];
      const path = responseUrls.create('actions', { channel, user: view.user, original: null });
      return [{ block_id, action_id, channel_id: channel, response_url: urlOf(path) }];
    });
  }

  return {
    fill,
    suggest,
    async submit(view, values = {}) {
      await fill(view, values);
      if (view.type !== 'modal' || view.submit === null) throw new Error('This view has no Submit.');
      const errors = faultsOf(view.blocks, view.values);
      if (Object.keys(errors).length > 0) return { outcome: 'not_sent', errors, view };
      const submission = {
        type: 'view_submission',
        trigger_id: newTrigger(view),
        response_urls: responseUrlsOf(view),
      };
      const { ack } = await send(view, submission, true);
      return answerSubmission(views, view, ack);
    },
    async pick(view, what, value) {
      checkOpen(view);
      const place = value === undefined ? placeOf(view, what) : await set(view, what, value);
      views.changed(view);
      const { block, element } = place;
      if (block['type'] === 'input' && block['dispatch_action'] !== true) return null;
      const { options: _options, option_groups: _groups, confirm: _confirm, ...shown } = element;
      const blockId = block['block_id'];
      const held = view.values[String(blockId)]?.[String(element['action_id'])] ?? {};
      const chosen = element['type'] === 'overflow' ? { selected_option: optionNamed(element, value) } : held;
      return send(
        view,
        {
          type: 'block_actions',
          container: { type: 'view', view_id: view.id },
          trigger_id: newTrigger(view),
          actions: [{ ...shown, ...chosen, block_id: blockId, action_ts: state.nextTs() }],
        },
        false,
      );
    },
    async closeView(view) {
      checkOpen(view);
      const { clearOnClose, notifyOnClose } = view;
      const payload = { type: 'view_closed', is_cleared: clearOnClose };
      if (clearOnClose) views.closeAll(view.user);
      else views.close(view);
      return notifyOnClose ? send(view, payload, false) : null;
    },
  };
}

function checkOpen(view: SlackView): void {
  if (!view.isOpen) throw new Error('This view is gone.');
}

function optionNamed(element: Json, value: Entry | undefined): Json | undefined {
  return optionsOf(element).find(({ text }) => isRecord(text) && text['text'] === value);
}

/** The element that a person means. */
function placeOf(view: SlackView, what: string): Place {
  const places = view.blocks.flatMap((block) => elementsOf(block).map((element) => ({ block, element })));
  const hasText = (value: unknown) => isRecord(value) && value['text'] === what;
  const found =
    places.find(({ block }) => hasText(block['label'])) ??
    places.find(({ element }) => hasText(element['text']) || element['action_id'] === what) ??
    places.find(({ block }) => block['block_id'] === what || hasText(block['text']));
  if (found === undefined) throw new Error(`The view has nothing that is called “${what}”.`);
  return found;
}
