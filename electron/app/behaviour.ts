import type { Settings } from '../../shared/settings.ts';
import type { LoadedSettings } from '../settings/load-settings.ts';
import type { Retention } from '../setup/retention.ts';

export interface BehaviourDeps {
  retention: Pick<Retention, 'start'>;
  /** Has the system start this program at login, or no longer. May throw. */
  applyLoginItem(startAtLogin: boolean): void;
}

/** How the program behaves on this desktop, as the settings say. */
export interface Behaviour {
  /** null before the settings were read. */
  current(): Settings['behaviour'] | null;
  /** Throws what the login item throws; all else is done by then. */
  apply(wanted: Settings['behaviour'], origins: Pick<LoadedSettings['origins'], 'START_AT_LOGIN'>): void;
}

export function createBehaviour({ retention, applyLoginItem }: BehaviourDeps): Behaviour {
  let current: Settings['behaviour'] | null = null;
  return {
    current: () => current,
    apply(wanted, origins) {
      // What nobody has chosen, the default, changes nothing on this machine, but for what was chosen before.
      const isChosen = origins.START_AT_LOGIN !== 'default' || current?.startAtLogin === true;
      current = wanted;
      retention.start(wanted);
      if (isChosen) applyLoginItem(wanted.startAtLogin);
    },
  };
}
