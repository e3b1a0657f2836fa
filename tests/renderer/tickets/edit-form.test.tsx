import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { EditForm } from '../../../renderer/features/tickets/edit-form.tsx';
import type { FormField, InputKind, IssueForm } from '../../../shared/issue-form.ts';
import type { TicketView } from '../../../shared/ticket-list.ts';
import type { Answers } from '../../fakes/bridge.ts';
import { show } from '../show.tsx';
import { answersFor, aStoppedTicket } from './a-ticket.ts';

const options = [
  { id: '1', name: 'Red', children: [] },
  { id: '2', name: 'Blue', children: [{ id: '21', name: 'Navy' }] },
];
const field = (kind: InputKind, change: Partial<FormField> = {}): FormField => {
  const hasOptions = ['select', 'radio', 'multi_select', 'checkboxes', 'cascading'].includes(kind);
  return {
    id: `f_${kind}`,
    name: `The ${kind}`,
    kind,
    required: false,
    options: hasOptions ? options : [],
    help: null,
    ...change,
  };
};
const formOf = (...fields: FormField[]): IssueForm => ({ issueType: 'Bug', types: ['Task', 'Bug'], fields });

async function open(form: IssueForm, ticket: Partial<TicketView> = {}, answers: Answers = {}) {
  const shown = show(<EditForm ticket={aStoppedTicket(ticket)} onClose={() => {}} />, {
    ...answersFor(),
    'tickets:form': () => form,
    'tickets:retry': () => undefined,
    ...answers,
  });
  const dialog = within(await screen.findByRole('dialog'));
  const sent = () =>
    shown.bridge.asked.filter(({ channel }) => channel === 'tickets:retry').map(({ request }) => request);
  const retry = () => shown.user.click(dialog.getByRole('button', { name: 'Retry' }));
  return { ...shown, dialog, sent, retry };
}
const given = (fields: Record<string, unknown>) => [{ requestId: 'r7', edits: { fields } }];

describe('the fields that Jira wants', () => {
  it('are inputs by their names, and what is entered is sent with the retry', async () => {
    const kinds: InputKind[] = ['text', 'textarea', 'number', 'url', 'user', 'users', 'labels'];
    const { user, dialog, sent, retry } = await open(formOf(...kinds.map((kind) => field(kind))));
    for (const kind of kinds) await user.type(await dialog.findByLabelText(`The ${kind}`), 'x1');
    await retry();
    expect(sent()).toEqual(given(Object.fromEntries(kinds.map((kind) => [`f_${kind}`, 'x1']))));
  });

  it('that offer a choice send what was chosen by its id', async () => {
    const kinds: InputKind[] = ['select', 'multi_select', 'radio', 'checkboxes', 'cascading'];
    const { user, dialog, sent, retry } = await open(formOf(...kinds.map((kind) => field(kind))));
    const choose = async (label: string, name: string) => {
      await user.click(await dialog.findByLabelText(label, { selector: 'input:not([type=hidden])' }));
      await user.click(await dialog.findByRole('option', { name }));
    };
    await choose('The select', 'Blue');
    await choose('The multi_select', 'Red');
    await user.click(dialog.getByRole('radio', { name: 'Red' }));
    for (const name of ['Red', 'Blue']) await user.click(dialog.getByRole('checkbox', { name }));
    await choose('The cascading', 'Blue');
    await choose('The cascading, more exactly', 'Navy');
    await retry();
    expect(sent()).toEqual(
      given({
        f_select: { id: '2' },
        f_multi_select: [{ id: '1' }],
        f_radio: { id: '1' },
        f_checkboxes: [{ id: '1' }, { id: '2' }],
        f_cascading: { id: '2', child: { id: '21' } },
      }),
    );
  });

  it('that hold a time send the moment with its zone', async () => {
    const { user, dialog, sent, retry } = await open(formOf(field('date'), field('datetime')));
    await user.type(await dialog.findByLabelText('The date'), '2026-12-24');
    await user.type(dialog.getByLabelText('The datetime'), '2026-12-24T15:30');
    await retry();
    const moment = new Date(2026, 11, 24, 15, 30).toISOString();
    expect(sent()).toEqual(given({ f_date: '2026-12-24', f_datetime: moment }));
  });

  it('show what was given before', async () => {
    const fields = [field('text'), field('select'), field('checkboxes'), field('cascading'), field('datetime')];
    const { dialog, sent, retry } = await open(formOf(...fields), {
      wantedFields: {
        f_text: 'Blue team',
        f_select: 'Red',
        f_checkboxes: [{ id: '2' }],
        f_cascading: { id: '2', child: { id: '21' } },
        f_datetime: '2026-12-24T14:30:00.000Z',
      },
    });
    expect((await dialog.findByLabelText<HTMLInputElement>('The text')).value).toBe('Blue team');
    expect(dialog.getByRole<HTMLInputElement>('checkbox', { name: 'Blue' }).checked).toBe(true);
    expect(
      dialog.getByLabelText<HTMLInputElement>('The cascading, more exactly', { selector: 'input:not([type=hidden])' })
        .value,
    ).toBe('Navy');
    expect(dialog.getByLabelText<HTMLInputElement>('The datetime').value).toMatch(/^2026-12-24T\d\d:30$/);
    await retry();
    expect(sent()).toMatchObject(given({ f_text: 'Blue team', f_select: 'Red', f_checkboxes: [{ id: '2' }] }));
  });

  it('are told where they are missing, and nothing is sent before they are filled in', async () => {
    const { user, dialog, sent, retry } = await open(formOf(field('text', { required: true }), field('url')));
    await dialog.findByLabelText(/The text/);
    await retry();
    expect(dialog.getByText('Jira takes no issue without this.')).toBeDefined();
    expect(document.activeElement).toBe(dialog.getByLabelText(/The text/));
    expect(sent()).toEqual([]);
    await user.type(dialog.getByLabelText(/The text/), 'Blue');
    expect(dialog.queryByText('Jira takes no issue without this.')).toBeNull();
    await retry();
    expect(sent()).toEqual(given({ f_text: 'Blue', f_url: null }));
  });

  it('are those of the type and the project that are entered, and keep what was typed', async () => {
    const forms: Record<string, IssueForm> = {
      '': formOf(field('text'), field('url')),
      Incident: { issueType: 'Incident', types: [], fields: [field('text'), field('number')] },
    };
    const { user, dialog, sent, retry, bridge } = await open(
      formOf(),
      {},
      {
        'tickets:form': ({ issueType }) => forms[issueType ?? ''] ?? formOf(),
      },
    );
    await user.type(await dialog.findByLabelText('The text'), 'Blue');
    await user.type(dialog.getByLabelText('Type', { selector: 'input' }), 'Incident');
    await dialog.findByLabelText('The number');
    expect(dialog.queryByLabelText('The url')).toBeNull();
    expect(dialog.getByLabelText<HTMLInputElement>('The text').value).toBe('Blue');
    expect(bridge.asked.filter(({ channel }) => channel === 'tickets:form').at(-1)?.request).toEqual({
      requestId: 'r7',
      project: null,
      issueType: 'Incident',
    });
    await retry();
    expect(sent()).toEqual([
      { requestId: 'r7', edits: { issueType: 'Incident', fields: { f_text: 'Blue', f_number: null } } },
    ]);
  });

  it('are not in the way where Jira cannot be asked', async () => {
    const { dialog, sent, retry } = await open(
      formOf(),
      {},
      {
        'tickets:form': () => {
          throw new Error('Jira cannot be reached.');
        },
      },
    );
    await dialog.findByText(/did not say which fields it wants: .*Jira cannot be reached/);
    await retry();
    await waitFor(() => expect(sent()).toEqual([{ requestId: 'r7', edits: {} }]));
  });
});

it('the types are those of the project that is entered, and stay while one is typed', async () => {
  const typesOf: Record<string, string[]> = { '': ['Task', 'Bug'], OPS: ['Task', 'Incident'] };
  const { user, dialog } = await open(
    formOf(),
    {},
    {
      'tickets:form': ({ project, issueType }) => {
        if (issueType !== null) throw new Error('Jira cannot be reached.');
        return { issueType: 'Task', types: typesOf[project ?? ''] ?? [], fields: [] };
      },
    },
  );
  const type = dialog.getByLabelText('Type', { selector: 'input' });
  const offered = async (...names: string[]) => {
    await user.click(type);
    await waitFor(() => expect(dialog.getAllByRole('option').map(({ textContent }) => textContent)).toEqual(names));
  };
  await waitFor(() => expect(type.getAttribute('placeholder')).toBe('Task'));
  await offered('Task', 'Bug');
  await user.type(dialog.getByLabelText('Project', { selector: 'input' }), 'ops');
  await waitFor(() => expect(dialog.queryAllByRole('option', { name: 'Bug' })).toEqual([]));
  await offered('Task', 'Incident');
  await user.type(type, 'Incident');
  await dialog.findByText(/did not say which fields it wants/);
  await offered('Task', 'Incident');
});

it('a type is asked for where the project has none that fits', async () => {
  const { dialog } = await open({ issueType: null, types: ['Widget'], fields: [] });
  expect(await dialog.findByText('The project has no type that fits. Choose one.')).toBeDefined();
});
