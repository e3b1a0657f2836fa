import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { TypeCorrection } from '../../../renderer/features/tickets/type-correction.tsx';
import { AppError } from '../../../shared/errors.ts';
import type { FakeBridge } from '../../fakes/bridge.ts';
import { show } from '../show.tsx';
import { aTicket } from './a-ticket.ts';

const asked = (bridge: FakeBridge) =>
  bridge.asked.filter(({ channel }) => channel === 'tickets:relabel').map(({ request }) => request);
const nameOf = (user: string) => ({ U2: 'Bea' })[user] ?? user;

describe('correcting a type', () => {
  it('offers every other label, and tells main which one it is', async () => {
    const { bridge, user } = show(<TypeCorrection ticket={aTicket()} nameOf={nameOf} />, {
      'tickets:relabel': () => undefined,
    });
    await user.click(screen.getByRole('combobox', { name: /Wrong type/ }));
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
      'Task',
      'Incident',
      'Feature Request',
      'Question',
    ]);
    await user.click(screen.getByRole('option', { name: 'Incident' }));
    expect(asked(bridge)).toEqual([{ requestId: 'r7', label: 'Incident' }]);
  });

  it('puts the two likeliest others a click away where the classifier was not sure', async () => {
    const { bridge, user } = show(<TypeCorrection ticket={aTicket({ isUnsure: true })} nameOf={nameOf} />, {
      'tickets:relabel': () => undefined,
    });
    expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Incident', 'Task']);
    await user.click(screen.getByRole('button', { name: 'Task' }));
    expect(asked(bridge)).toEqual([{ requestId: 'r7', label: 'Task' }]);
  });

  it('says who corrected it, from what, and that Jira and Slack are still to be told', () => {
    const correction = { from: 'Bug', by: 'U2', at: '2026-03-02T10:00:00.000Z', via: 'slack', isTold: false } as const;
    show(<TypeCorrection ticket={aTicket({ correction })} nameOf={nameOf} />, {});
    expect(screen.getByText(/Corrected from Bug by Bea, .*Jira and Slack are being told/)).toBeTruthy();
  });

  it('says where the type comes from when somebody changed it in Jira', () => {
    const correction = { from: 'Bug', by: null, at: '2026-03-02T10:00:00.000Z', via: 'jira', isTold: true } as const;
    show(<TypeCorrection ticket={aTicket({ correction })} nameOf={nameOf} />, {});
    expect(screen.getByText(/Corrected from Bug in Jira/)).toBeTruthy();
  });

  it('says why it could not be changed', async () => {
    const { user } = show(<TypeCorrection ticket={aTicket({ isUnsure: true })} nameOf={nameOf} />, {
      'tickets:relabel': () => {
        throw new AppError('storage_failed', 'The disk is full.');
      },
    });
    await user.click(screen.getByRole('button', { name: 'Task' }));
    expect(await screen.findByText('The disk is full.')).toBeTruthy();
  });
});
