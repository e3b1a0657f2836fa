import type { IpcHandlers } from '../../shared/ipc.ts';
import { createDemoHandlers, type DemoDeps } from './demo-handlers.ts';
import { createDeskHandlers, type DeskDeps } from './desk-handlers.ts';
import { createModelHandlers, type ModelDeps } from './model-handlers.ts';
import { createSettingsHandlers, type SettingsDeps } from './settings-handlers.ts';
import { createTicketHandlers, type TicketDeps } from './ticket-handlers.ts';

export interface HandlerDeps {
  tickets: TicketDeps;
  desk: DeskDeps;
  settings: SettingsDeps;
  model: ModelDeps;
  demo: DemoDeps;
}

/** The window's wishes, each handed on to the part that fulfils it. */
export function createHandlers({ tickets, desk, settings, model, demo }: HandlerDeps): IpcHandlers {
  return {
    ...createTicketHandlers(tickets),
    ...createDeskHandlers(desk),
    ...createSettingsHandlers(settings),
    ...createModelHandlers(model),
    ...createDemoHandlers(demo),
  };
}

/** The channels of one part of the contract. */
export type HandlersOf<Prefix extends string> = Pick<IpcHandlers, Extract<keyof IpcHandlers, `${Prefix}:${string}`>>;
