import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { OwnerSection } from '../../../renderer/features/settings/owner-section.tsx';
import { AppError } from '../../../shared/errors.ts';
import type { OwnerView } from '../../../shared/settings-view.ts';
import type { Answers } from '../../fakes/bridge.ts';
import { nobody } from '../../fakes/settings-view.ts';
import { show } from '../show.tsx';

const ana = { id: 'U02ANA', name: 'ana.lopez' };
const met: OwnerView = { ...nobody, candidates: [ana] };
const inTenMinutes = () => new Date(Date.now() + 600_000).toISOString();
const pending = (): OwnerView => ({ ...met, pending: { user: ana.id, expiresAt: inTenMinutes() } });
const confirmed: OwnerView = {
  ...met,
  owner: { user: ana.id, name: ana.name, confirmedAt: '2026-05-04T09:12:00.000Z' },
};

function open(view: OwnerView, answers: Answers = {}) {
  const page = show(<OwnerSection />, { 'owner:read': () => view, ...answers });
  const asked = (channel: string) =>
    page.bridge.asked.filter((ask) => ask.channel === channel).map(({ request }) => request);
  return { ...page, asked };
}

describe('choosing', () => {
  it('sends a code to one of the people that this desktop has met, and goes on with the code', async () => {
    const { user, asked } = open(met, { 'owner:ask': pending });
    await user.click(await screen.findByRole('combobox', { name: 'Who are you in Slack?' }));
    await user.click(await screen.findByRole('option', { name: 'ana.lopez (U02ANA)' }));
    await user.click(screen.getByRole('button', { name: 'Send me a code' }));
    expect(asked('owner:ask')).toEqual([{ user: 'U02ANA' }]);
    expect(await screen.findByText('A code is on its way to ana.lopez')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText('Code'));
  });

  it('takes a member ID from somebody it has not met', async () => {
    const { user, asked } = open(nobody, { 'owner:ask': pending });
    const field = await screen.findByLabelText('Your member ID in Slack');
    await user.type(field, '@ana{Enter}');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(asked('owner:ask')).toEqual([]);
    await user.clear(field);
    await user.type(field, ' u02ana {Enter}');
    expect(asked('owner:ask')).toEqual([{ user: 'U02ANA' }]);
  });

  it('says why no code could be sent', async () => {
    const { user } = open(nobody, {
      'owner:ask': () => {
        throw new AppError('unavailable', 'Slack could not be reached.');
      },
    });
    const field = await screen.findByLabelText('Your member ID in Slack');
    await user.clear(field);
    await user.type(field, 'U02ANA{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('Slack could not be reached.');
    expect(field).toHaveProperty('value', 'U02ANA');
  });
});

describe('the code', () => {
  it('makes the person the owner', async () => {
    const { user, asked } = open(pending(), { 'owner:confirm': () => confirmed });
    await user.type(await screen.findByLabelText('Code'), '123 456{Enter}');
    expect(asked('owner:confirm')).toEqual([{ code: '123456' }]);
    expect(await screen.findByText(/confirmed/)).toBeTruthy();
    expect(screen.queryByLabelText('Code')).toBeNull();
  });

  it('can be tried again when it was wrong', async () => {
    const { user } = open(pending(), {
      'owner:confirm': () => {
        throw new AppError('invalid_input', 'That is not the code. You can try 4 times more.');
      },
    });
    const field = await screen.findByLabelText('Code');
    await user.type(field, '111111{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('That is not the code.');
    expect(field).toHaveProperty('value', '111111');
  });

  it('is not sent unless it has six digits', async () => {
    const { user, asked } = open(pending());
    const field = await screen.findByLabelText('Code');
    await user.type(field, '123{Enter}');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(asked('owner:confirm')).toEqual([]);
  });

  it('is asked for anew once it has expired', async () => {
    const late: OwnerView = { ...met, pending: { user: ana.id, expiresAt: '2026-05-04T09:12:00.000Z' } };
    const { user, asked } = open(late, { 'owner:ask': pending });
    expect(await screen.findByText(/has expired/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Send another code' }));
    expect(asked('owner:ask')).toEqual([{ user: 'U02ANA' }]);
    expect(await screen.findByLabelText('Code')).toBeTruthy();
  });

  it('stays typed when the settings are read again', async () => {
    const view = pending();
    const { user, bridge } = open(view);
    await user.type(await screen.findByLabelText('Code'), '123');
    await act(async () => bridge.change('settings'));
    expect(screen.getByLabelText('Code')).toHaveProperty('value', '123');
  });
});

it('forgets the owner', async () => {
  const { user } = open(confirmed, { 'owner:forget': () => met });
  await user.click(await screen.findByRole('button', { name: 'Forget' }));
  expect(await screen.findByRole('combobox', { name: 'Who are you in Slack?' })).toBeTruthy();
});
