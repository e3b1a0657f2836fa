import { randomBytes } from 'node:crypto';
import type { Json } from '../record.ts';
import { createWatch, type Watch } from '../watch.ts';
import { SlackFailure } from './failure.ts';
import type { SlackState } from './state.ts';
import type { SlackTriggers } from './triggers.ts';
import { readView, type ViewContent } from './view-checks.ts';
import { initialValues, type ViewValues, valuesAfterUpdate } from './view-state.ts';

/** A modal or somebody's Home tab as that person sees it now; updates and what the person puts in change it in place. */
export interface SlackView extends ViewContent {
  id: string;
  /** Id of the only person who sees it. */
  user: string;
  values: ViewValues;
  hash: string;
  /** Id of the first view of its stack. */
  root: string;
  /** The view below it. */
  previous: SlackView | null;
  /** Id of the channel where the person was; null where in none. */
  channel: string | null;
  /** Words below inputs since the last submission, by `block_id`. */
  errors: Record<string, string>;
  isOpen: boolean;
}

export interface SlackViews {
  open(args: Json): Json;
  push(args: Json): Json;
  update(args: Json): Json;
  publish(args: Json): Json;
  /** Each view there was, oldest first. */
  all: readonly SlackView[];
  watch: Watch<SlackView>;
  /** The modal on top of this person's stack; null where none is open. */
  modalOf(user: string): SlackView | null;
  /** What was published for this person; null before. */
  homeOf(user: string): SlackView | null;
  /** Replaces what a view says, as `views.update` does. Throws SlackFailure. */
  replace(view: SlackView, given: unknown): void;
  /** Shows another view above one. Throws SlackFailure. */
  putAbove(view: SlackView, given: unknown): SlackView;
  /** Takes a view away; the one below it is seen then. */
  close(view: SlackView): void;
  closeAll(user: string): void;
  changed(view: SlackView): void;
  show(view: SlackView): Json;
}

const deepestStack = 3;

/** The `views.*` methods: docs.slack.dev/reference/methods/views.open, .push, .update, .publish. Throw SlackFailure. */
export function createSlackViews(state: SlackState, triggers: SlackTriggers, hasHome: boolean): SlackViews {
  const all: SlackView[] = [];
  const open = () => all.filter(({ isOpen }) => isOpen);
  const watch = createWatch(open, 'view');
  const newId = () => state.newId('b');
  const newHash = () => `${Math.floor(state.now() / 1000)}.${randomBytes(4).toString('hex')}`;

  function checkExternalId(content: ViewContent, own: SlackView | null): void {
    const isTaken = open().some((view) => view !== own && view.externalId === content.externalId);
    if (content.externalId !== '' && isTaken) throw new SlackFailure('duplicate_external_id');
  }

  function add(content: ViewContent, by: { user: string; channel: string | null; previous: SlackView | null }) {
    checkExternalId(content, null);
    const id = state.newId('V');
    const view: SlackView = {
      ...content,
      ...by,
      id,
      values: initialValues(content.blocks, by.channel),
      hash: newHash(),
      root: by.previous?.root ?? id,
      errors: {},
      isOpen: true,
    };
    all.push(view);
    watch.changed(view);
    return view;
  }

  function close(view: SlackView): void {
    view.isOpen = false;
    watch.changed(view);
  }

  const modalsOf = (user: string) => open().filter((view) => view.type === 'modal' && view.user === user);

  function replace(view: SlackView, given: unknown): void {
    const content = readView(given, view.type, newId);
    checkExternalId(content, view);
    const values = valuesAfterUpdate(view.values, content.blocks, view.channel);
    Object.assign(view, content, { values, hash: newHash(), errors: {} });
    watch.changed(view);
  }

  function putAbove(view: SlackView, given: unknown): SlackView {
    if (modalsOf(view.user).length >= deepestStack) throw new SlackFailure('push_limit_reached');
    const { user, channel } = view;
    return add(readView(given, 'modal', newId), { user, channel, previous: view });
  }

  function checkHash(view: SlackView | null, hash: unknown): void {
    if (hash !== undefined && hash !== view?.hash) throw new SlackFailure('hash_conflict');
  }

  function show(view: SlackView): Json {
    return {
      id: view.id,
      team_id: state.team.id,
      type: view.type,
      blocks: view.blocks,
      private_metadata: view.privateMetadata,
      callback_id: view.callbackId,
      state: { values: view.values },
      hash: view.hash,
      title: view.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
      clear_on_close: view.clearOnClose,
      notify_on_close: view.notifyOnClose,
      close: view.close,
      submit: view.submit,
      previous_view_id: view.previous?.id ?? null,
      root_view_id: view.root,
      app_id: state.appId,
      external_id: view.externalId,
      app_installed_team_id: state.team.id,
      bot_id: state.botId,
    };
  }

  const answer = (view: SlackView) => ({ view: structuredClone(show(view)) });

  return {
    all,
    watch,
    replace,
    putAbove,
    close,
    show,
    changed: watch.changed,
    modalOf: (user) => modalsOf(user).at(-1) ?? null,
    homeOf: (user) => open().find((view) => view.type === 'home' && view.user === user) ?? null,
    closeAll(user) {
      for (const view of modalsOf(user).reverse()) close(view);
    },
    open(args) {
      const { trigger, use } = triggers.find(args['trigger_id']);
      const content = readView(args['view'], 'modal', newId);
      checkExternalId(content, null);
      use();
      // Assumed: what was open before gives way.
      for (const view of modalsOf(trigger.user)) close(view);
      return answer(add(content, { user: trigger.user, channel: trigger.channel, previous: null }));
    },
    push(args) {
      const { trigger, use } = triggers.find(args['trigger_id']);
      const below = modalsOf(trigger.user).find(({ id }) => id === trigger.view);
      if (below === undefined) throw new SlackFailure('not_found');
      const view = putAbove(below, args['view']);
      use();
      return answer(view);
    },
    update(args) {
      const { view_id: id, external_id: externalId } = args;
      const isNamed = (view: SlackView) =>
        typeof id === 'string' ? view.id === id : externalId !== '' && view.externalId === externalId;
      const view = open().find(isNamed);
      if (view === undefined) throw new SlackFailure('not_found');
      checkHash(view, args['hash']);
      replace(view, args['view']);
      return answer(view);
    },
    publish(args) {
      const user = state.users.find((known) => known.id === args['user_id']);
      if (user === undefined) {
        throw new SlackFailure('invalid_arguments', { response_metadata: { messages: ['invalid `user_id`'] } });
      }
      if (!hasHome) throw new SlackFailure('not_enabled');
      const home = open().find((view) => view.type === 'home' && view.user === user.id);
      checkHash(home ?? null, args['hash']);
      if (home !== undefined) {
        replace(home, args['view']);
        return answer(home);
      }
      const content = readView(args['view'], 'home', newId);
      return answer(add(content, { user: user.id, channel: null, previous: null }));
    },
  };
}
