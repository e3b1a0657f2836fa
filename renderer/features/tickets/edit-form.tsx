import { Autocomplete, Button, Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import type { FormValue } from '../../../shared/issue-form.ts';
import type { TicketEdits, TicketView } from '../../../shared/ticket-list.ts';
import type { Live } from '../../bridge/bridge.ts';
import { useAction, useLive } from '../../bridge/bridge.ts';
import { Notice, TroubleNotice } from '../../components/notice.tsx';
import { useEditDraft } from './edit-draft.ts';
import styles from './edit-form.module.css';
import { missingIn } from './field-entries.ts';
import { FieldInput } from './field-input.tsx';

const longestSummary = 255;
const settledMs = 400;

/** Summary, type, project and demanded fields of a ticket that Jira did not take, and another try with what is edited. */
export function EditForm({ ticket, onClose }: { ticket: TicketView; onClose(): void }) {
  const { requestId } = ticket;
  const { draft, edit, forget } = useEditDraft(ticket);
  const { summary, issueType, project, entries } = draft;
  /** Fields that were left empty although they are wanted, at the last try. */
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [settledProject] = useDebouncedValue(project.trim().toUpperCase(), settledMs);
  const [settledType] = useDebouncedValue(issueType.trim(), settledMs);
  const projects = useLive('jira:projects', { change: {} }, 'settings');
  const there = { requestId, project: settledProject.length < 2 ? null : settledProject };
  const form = useLive('tickets:form', { ...there, issueType: settledType || null }, 'settings');
  /** Form as the settings say; its types stay while another one is typed. */
  const usual = useLive('tickets:form', { ...there, issueType: null }, 'settings');
  const retry = useAction('tickets:retry');

  const usualType = usual.value?.issueType ?? undefined;
  const types = usual.value?.types ?? [];
  const offeredProjects = projects.value?.projects ?? [];
  const names = new Map(offeredProjects.map(({ key, name }) => [key, name]));
  const fields = form.value?.fields ?? [];
  const lacksType = form.value !== null && form.value.issueType === null;

  function close(): void {
    forget();
    onClose();
  }

  function enter(id: string, value: FormValue): void {
    edit({ entries: { ...entries, [id]: value } });
    setMissing((before) => before.filter((each) => each !== id));
  }

  async function onSubmit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const empty = missingIn(fields, entries);
    setMissing(empty);
    const [first] = empty;
    if (first !== undefined) return focusField(event.currentTarget, first);
    const edits: TicketEdits = {};
    if (summary.trim() !== ticket.summary) edits.summary = summary.trim();
    const type = issueType.trim() || null;
    if (type !== ticket.wantedType) edits.issueType = type;
    const key = project.trim().toUpperCase() || null;
    if (key !== ticket.wantedProject) edits.project = key;
    if (fields.length > 0) edits.fields = Object.fromEntries(fields.map(({ id }) => [id, entries[id] ?? null]));
    if ((await retry.run({ requestId, edits })) !== null) close();
  }

  return (
    <Modal opened onClose={close} title="Fix and retry" closeOnClickOutside={false}>
      {/* Our own words say what is missing, also of inputs that the browser does not know. */}
      <form className={styles['form']} onSubmit={onSubmit} noValidate>
        {ticket.error !== null && <Notice tone="info">{ticket.error.message}</Notice>}
        <TextInput
          label="Summary"
          data-autofocus
          dir="auto"
          required
          withAsterisk={false}
          maxLength={longestSummary}
          description={`${summary.length} of ${longestSummary} characters`}
          inputWrapperOrder={helpBelow}
          value={summary}
          onChange={(event) => edit({ summary: event.currentTarget.value })}
        />
        <Autocomplete
          label="Type"
          maxLength={longestSummary}
          placeholder={usualType ?? 'As the settings say'}
          description={lacksType ? null : helpFor(usual)}
          error={lacksType ? 'The project has no type that fits. Choose one.' : null}
          inputWrapperOrder={helpBelow}
          data={types}
          // Whoever opens the list wants to see what there is, not what is chosen already.
          filter={({ options, search }) => (types.includes(search) ? options : byName(options, search))}
          maxDropdownHeight={180}
          value={issueType}
          onChange={(name) => edit({ issueType: name })}
        />
        <Autocomplete
          label="Project"
          maxLength={longestSummary}
          placeholder="As the settings say"
          description={names.get(project.trim().toUpperCase()) ?? helpFor(projects)}
          inputWrapperOrder={helpBelow}
          data={offeredProjects.map(({ key }) => key)}
          filter={({ options, search }) =>
            names.has(search) ? options : byName(options, search, (key) => names.get(key) ?? '')
          }
          renderOption={({ option }) => (
            <span className={styles['option']}>
              <strong>{option.value}</strong> {names.get(option.value)}
            </span>
          )}
          maxDropdownHeight={180}
          value={project}
          onChange={(key) => edit({ project: key })}
        />
        {form.trouble !== null && (
          <Notice tone="info">Jira did not say which fields it wants: {form.trouble.message}</Notice>
        )}
        {fields.map((field) => (
          <div key={field.id} data-field={field.id}>
            <FieldInput
              field={field}
              value={entries[field.id]}
              error={missing.includes(field.id) ? 'Jira takes no issue without this.' : null}
              onChange={(value) => enter(field.id, value)}
            />
          </div>
        ))}
        <TroubleNotice trouble={retry.trouble} />
        <div className={styles['buttons']}>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={summary.trim() === ''} loading={retry.isRunning}>
            Retry
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function focusField(form: HTMLFormElement, id: string): void {
  const place = form.querySelector(`[data-field="${CSS.escape(id)}"]`);
  place?.querySelector<HTMLElement>('input:not([type="hidden"]), textarea')?.focus();
}

const helpBelow: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

function helpFor({ value, trouble }: Live<unknown>): string {
  if (value === null && trouble === null) return 'Asking Jira what there is…';
  return trouble === null ? 'Left empty, the settings decide.' : 'Jira did not say what there is, so type it yourself.';
}

/** Options whose value or second name holds what was typed. */
function byName<T>(options: T[], search: string, nameOf: (value: string) => string = () => ''): T[] {
  const sought = search.trim().toLowerCase();
  return options.filter((option) => {
    const value = typeof option === 'object' && option !== null && 'value' in option ? String(option.value) : '';
    return `${value} ${nameOf(value)}`.toLowerCase().includes(sought);
  });
}
