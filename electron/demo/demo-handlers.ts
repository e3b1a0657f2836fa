import { AppError } from '../../shared/errors.ts';
import type { HandlersOf } from '../../shared/ipc.ts';
import type { DemoMode } from './demo-mode.ts';

export interface DemoHandlerDeps {
  /** The demo; null outside demo mode. */
  mode: DemoMode | null;
  /** Starts the demo as a program of its own. */
  start(): Promise<void>;
}

export function createDemoHandlers({ mode, start }: DemoHandlerDeps): HandlersOf<'demo'> {
  function theDemo() {
    if (mode === null) throw new AppError('not_found', 'The demo is not running. Start it with `npm run demo`.');
    return mode;
  }

  return {
    async 'demo:start'() {
      if (mode !== null) throw new AppError('invalid_input', 'This is the demo already.');
      await start();
    },
    'demo:read': async () => theDemo().view(),
    'demo:type': async ({ line, place, thread }) => theDemo().type(line, place, thread),
    'demo:click': async ({ ts, actionId, option }) => theDemo().click(ts, actionId, option),
    'demo:react': async ({ ts, name }) => theDemo().react(ts, name),
    'demo:shortcut': async ({ id, ts }) => theDemo().shortcut(id, ts),
    'demo:open-home': async () => theDemo().openHome(),
    'demo:act': async ({ value, values, ...place }) => theDemo().act(place, value, values),
    'demo:suggest': async ({ query, ...place }) => theDemo().suggest(place, query),
    'demo:submit': async ({ viewId, values }) => theDemo().submit(viewId, values),
    'demo:close': async ({ viewId }) => theDemo().closeView(viewId),
  };
}
