import type { IpcHandlers } from '../../shared/ipc.ts';
import { createDemoHandlers, type DemoDeps } from '../demo/demo-handlers.ts';
import { createModelHandlers, type ModelDeps } from '../model-library/model-handlers.ts';
import { createSettingsHandlers, type SettingsDeps } from '../setup/settings-handlers.ts';
import { createTicketHandlers, type TicketDeps } from '../tickets/ticket-handlers.ts';
import { createDeskHandlers, type DeskDeps } from './app-handlers.ts';

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
