import { expect, it } from 'vitest';
import { createBehaviour } from '../../../electron/app/behaviour.ts';
import type { Settings } from '../../../shared/settings.ts';

const usual: Settings['behaviour'] = {
  startAtLogin: false,
  notifyAttention: true,
  notifyApproval: true,
  deleteTextsAfterDays: null,
  deleteTicketsAfterDays: null,
};
const atLogin = { ...usual, startAtLogin: true };

function aDesktop({ isRefused = false } = {}) {
  const loginItems: boolean[] = [];
  const kept: unknown[] = [];
  const behaviour = createBehaviour({
    retention: { start: (wanted) => void kept.push(wanted) },
    applyLoginItem(wanted) {
      if (isRefused) throw new Error('read-only');
      loginItems.push(wanted);
    },
  });
  return { behaviour, loginItems, kept };
}

it('leaves the login items alone while nobody chose anything', () => {
  const { behaviour, loginItems, kept } = aDesktop();
  behaviour.apply(usual, { START_AT_LOGIN: 'default' });
  expect(loginItems).toEqual([]);
  expect(kept).toEqual([usual]);
});

it('does what was chosen, and undoes it when the choice is taken back', () => {
  const { behaviour, loginItems } = aDesktop();
  behaviour.apply(atLogin, { START_AT_LOGIN: 'settings.json' });
  behaviour.apply(usual, { START_AT_LOGIN: 'default' });
  behaviour.apply(usual, { START_AT_LOGIN: 'default' });
  expect(loginItems).toEqual([true, false]);
});

it('goes by the new settings in all else where the login item is refused', () => {
  const { behaviour, kept } = aDesktop({ isRefused: true });
  expect(() => behaviour.apply(atLogin, { START_AT_LOGIN: 'settings.json' })).toThrow('read-only');
  expect(behaviour.current()).toEqual(atLogin);
  expect(kept).toEqual([atLogin]);
});
