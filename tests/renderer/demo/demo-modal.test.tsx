import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { DemoPage } from '../../../renderer/features/demo/demo-page.tsx';
import type { DemoBlock, DemoElement, DemoModal } from '../../../shared/demo-view.ts';
import { show } from '../show.tsx';
import { aDemo, aMessage, aSection } from './demo-view.ts';

type ElementSeed<Type extends DemoElement['type']> = Partial<Extract<DemoElement, { type: Type }>>;
const held = { actionId: 'value', placeholder: '', value: [], hasFocus: false };
const options = ['Red', 'Green'].map((text) => ({ value: text.toLowerCase(), text, description: null }));

const text = (change: ElementSeed<'text'> = {}): DemoElement => ({
  ...{ type: 'text', ...held, kind: 'text', isMultiline: false, maxLength: null, dispatchesOn: 'enter' },
  ...change,
});
const select = (change: ElementSeed<'select'> = {}): DemoElement => ({
  ...{ type: 'select', ...held, isMulti: false, groups: [{ label: null, options }], asksFrom: null, mostItems: null },
  ...change,
});

function field(
  label: string,
  element: DemoElement,
  change: Partial<Extract<DemoBlock, { type: 'input' }>> = {},
): DemoBlock {
  return { type: 'input', id: label, label, hint: '', isOptional: false, dispatches: false, element, ...change };
}

const aModal = (blocks: DemoBlock[], change: Partial<DemoModal> = {}): DemoModal => ({
  ...{ id: 'V1', title: 'New ticket', submit: 'Create', close: 'Cancel', blocks, errors: {} },
  ...change,
});

const submitted = (bridge: ReturnType<typeof show>['bridge']) =>
  bridge.asked.filter(({ channel }) => channel === 'demo:submit').at(-1)?.request;

/** A demo whose modal a test can replace, as the app does by `views.update`. */
function open(modal: DemoModal, answers: Parameters<typeof show>[1] = {}) {
  let view = aDemo({ modal });
  const shown = show(<DemoPage />, {
    'demo:read': () => view,
    'demo:submit': () => ({}),
    'demo:act': () => undefined,
    'demo:close': () => {
      view = aDemo();
      shown.bridge.change('demo');
    },
    ...answers,
  });
  function update(next: DemoModal) {
    view = aDemo({ modal: next });
    shown.bridge.change('demo');
  }
  return { ...shown, update };
}

describe('a modal', () => {
  it('sends what stands in every kind of input, typed or not', async () => {
    const { bridge, user } = open(
      aModal([
        field('Summary', text()),
        field('Details', text({ isMultiline: true, value: ['As before'] })),
        field('Amount', text({ kind: 'number' })),
        field('Mail', text({ kind: 'email' })),
        field('Address', text({ kind: 'url' })),
        field('Day', { type: 'moment', ...held, kind: 'date' }),
        field('Moment', { type: 'moment', ...held, kind: 'datetime', value: ['1779264000'] }),
        field('Colour', select()),
        field('Colours', select({ isMulti: true })),
        field('Size', { type: 'choice', ...held, isMulti: false, options }),
        field('Extras', { type: 'choice', ...held, isMulti: true, options }),
      ]),
    );
    const dialog = within(await screen.findByRole('dialog', { name: 'New ticket' }));
    await user.type(dialog.getByRole('textbox', { name: 'Summary' }), 'VPN');
    await user.type(dialog.getByRole('textbox', { name: 'Amount' }), '7');
    await user.type(dialog.getByRole('textbox', { name: 'Mail' }), 'a@b.example');
    await user.type(dialog.getByRole('textbox', { name: 'Address' }), 'https://a.example');
    await user.type(dialog.getByLabelText('Day'), '2026-05-20');
    await user.click(dialog.getByRole('combobox', { name: 'Colour' }));
    await user.click(await screen.findByRole('option', { name: 'Green' }));
    await user.click(dialog.getByRole('combobox', { name: 'Colours' }));
    for (const name of ['Red', 'Green']) {
      const [shown] = (await screen.findAllByRole('option', { name })).slice(-1);
      await user.click(shown as HTMLElement);
    }
    const size = within(dialog.getByRole('radiogroup', { name: 'Size' }));
    await user.click(size.getByRole('radio', { name: 'Red' }));
    await user.click(dialog.getByRole('checkbox', { name: 'Green' }));
    await user.click(dialog.getByRole('button', { name: 'Create' }));
    const values = Object.entries({
      Summary: ['VPN'],
      Details: ['As before'],
      Amount: ['7'],
      Mail: ['a@b.example'],
      Address: ['https://a.example'],
      Day: ['2026-05-20'],
      Moment: ['1779264000'],
      Colour: ['green'],
      Colours: ['red', 'green'],
      Size: ['red'],
      Extras: ['green'],
    }).map(([blockId, value]) => ({ blockId, actionId: 'value', value }));
    expect(submitted(bridge)).toEqual({ viewId: 'V1', values });
  });

  it('begins in its first input, also where that comes behind “Loading”, and closes with Escape', async () => {
    const { bridge, update, user } = open(aModal([aSection('Loading…')], { submit: null }));
    await screen.findByText('Loading…');
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
    update(aModal([field('Summary', text())]));
    const summary = await screen.findByRole('textbox', { name: 'Summary' });
    await waitFor(() => expect(document.activeElement).toBe(summary));
    await user.keyboard('{Escape}');
    expect(bridge.asked).toContainEqual({ channel: 'demo:close', request: { viewId: 'V1' } });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('keeps what was typed when the app changes it, and forgets it with the input', async () => {
    const { bridge, update, user } = open(aModal([field('Summary', text()), field('Old', text())]));
    await user.type(await screen.findByRole('textbox', { name: 'Summary' }), 'VPN');
    await user.type(screen.getByRole('textbox', { name: 'Old' }), 'gone');
    update(aModal([field('New', text()), field('Summary', text({ value: ['Theirs'] }))]));
    await screen.findByRole('textbox', { name: 'New' });
    update(aModal([field('Summary', text()), field('Old', text())]));
    expect(await screen.findByRole('textbox', { name: 'Old' })).toHaveProperty('value', '');
    expect(screen.getByRole('textbox', { name: 'Summary' })).toHaveProperty('value', 'VPN');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(submitted(bridge)).toMatchObject({ values: [{ blockId: 'Summary', value: ['VPN'] }, { value: [] }] });
  });

  it('shows hints, what may be left out, and what is wrong below its input, which gets the focus', async () => {
    const fault = 'Please complete this required field.';
    const { update, user } = open(
      aModal([field('Summary', text(), { hint: 'In a few words' }), field('Details', text(), { isOptional: true })]),
      { 'demo:submit': () => ({ Summary: fault }) },
    );
    const summary = await screen.findByRole('textbox', { name: 'Summary' });
    screen.getByText('In a few words');
    screen.getByRole('textbox', { name: 'Details (optional)' });
    await user.click(screen.getByRole('button', { name: 'Create' }));
    await screen.findByText(fault);
    expect(document.activeElement).toBe(summary);
    await user.type(summary, 'VPN');
    expect(screen.queryByText(fault)).toBeNull();
    update(aModal([field('Summary', text())], { errors: { Summary: 'Jira takes 255 characters.' } }));
    await screen.findByText('Jira takes 255 characters.');
    expect(summary.getAttribute('aria-invalid')).toBe('true');
  });

  it('tells the app at once what it wants to hear at once, with all that is put in', async () => {
    const { bridge, user } = open(
      aModal([
        field('Summary', text()),
        field('Type', select(), { dispatches: true }),
        {
          type: 'actions',
          id: 'more',
          elements: [{ type: 'button', actionId: 'again', label: 'Try again', style: 'plain' }],
        },
      ]),
    );
    await user.type(await screen.findByRole('textbox', { name: 'Summary' }), 'VPN');
    await user.click(screen.getByRole('combobox', { name: 'Type' }));
    await user.click(await screen.findByRole('option', { name: 'Red' }));
    const values = [
      { blockId: 'Summary', actionId: 'value', value: ['VPN'] },
      { blockId: 'Type', actionId: 'value', value: ['red'] },
    ];
    const place = { viewId: 'V1', blockId: 'Type', actionId: 'value' };
    expect(bridge.asked).toContainEqual({ channel: 'demo:act', request: { ...place, value: ['red'], values } });
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    const pressed = { viewId: 'V1', blockId: 'more', actionId: 'again', value: [], values };
    expect(bridge.asked).toContainEqual({ channel: 'demo:act', request: pressed });
  });

  it('sends with Enter, but where Enter tells the app', async () => {
    const { bridge, user } = open(aModal([field('Search', text(), { dispatches: true }), field('Summary', text())]));
    await user.type(await screen.findByRole('textbox', { name: 'Search' }), 'x{Enter}');
    expect(bridge.asked.map(({ channel }) => channel)).toContain('demo:act');
    expect(submitted(bridge)).toBeUndefined();
    await user.type(screen.getByRole('textbox', { name: 'Summary' }), 'VPN{Enter}');
    expect(submitted(bridge)).toMatchObject({ viewId: 'V1' });
  });

  it('asks the app for the options of a long list, from so many characters on', async () => {
    const { bridge, user } = open(aModal([field('Service', select({ asksFrom: 2, groups: [] }))]), {
      'demo:suggest': ({ query }) => [
        { label: null, options: [{ value: `id-${query}`, text: `Service ${query}`, description: null }] },
      ],
    });
    const service = await screen.findByRole('combobox', { name: 'Service' });
    await user.click(service);
    await screen.findByText('Type at least 2 characters');
    await user.type(service, 'vp');
    await user.click(await screen.findByRole('option', { name: 'Service vp' }));
    expect(bridge.asked.filter(({ channel }) => channel === 'demo:suggest').map(({ request }) => request)).toEqual([
      { viewId: 'V1', blockId: 'Service', actionId: 'value', query: 'vp' },
    ]);
    expect(service).toHaveProperty('value', 'Service vp');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(submitted(bridge)).toMatchObject({ values: [{ value: ['id-vp'] }] });
  });

  it('holds the keyboard: nothing of the page below can be reached', async () => {
    const { user } = open(aModal([field('Summary', text())]));
    const dialog = await screen.findByRole('dialog');
    for (let presses = 0; presses < 8; presses++) {
      await user.tab();
      expect(dialog.contains(document.activeElement)).toBe(true);
    }
  });
});

it('a message’s list that asks is none of this program’s, and anything unknown is named', async () => {
  const blocks: DemoBlock[] = [
    { type: 'section', id: 's', text: [], fields: [], accessory: { type: 'unknown', name: 'workflow_button' } },
  ];
  show(<DemoPage />, { 'demo:read': () => aDemo({ messages: [aMessage('', { blocks })] }) });
  await screen.findByText(/workflow_button/);
});
