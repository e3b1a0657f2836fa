import { Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { otherChannels, usualChannelRules } from '../../../shared/channel-rules.ts';
import { type Label, labels } from '../../../shared/labels.ts';
import { isMap } from '../../../shared/setting-row.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { fieldLook, suggestingFieldLook } from '../../components/field-look.ts';
import { TypeBadge } from '../../components/type-badge.tsx';
import { type ChannelItem, parseFields, printFields } from './channel-items.ts';
import styles from './channels.module.css';
import { draftEntry } from './settings-draft.ts';

export interface ChannelFieldsProps {
  item: ChannelItem;
  items: readonly ChannelItem[];
  view: SettingsView;
  /** Id of what names the channel. */
  labelledBy: string;
  takesFocus: boolean;
}

interface RuleProps {
  item: ChannelItem;
  /** Gives a rule another value; undefined: as usual. */
  edit(name: string, value: unknown): void;
}

/** The rules of one channel. */
export function ChannelFields({ item, items, view, labelledBy, takesFocus }: ChannelFieldsProps) {
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) first.current?.focus();
  }, [takesFocus]);

  function edit(name: string, value: unknown): void {
    const { [name]: _, ...rest } = item.entry;
    draftEntry('channels', item.key, value === undefined ? rest : { ...rest, [name]: value });
  }

  const project = view.settings.find(({ name }) => name === 'JIRA_PROJECT_KEY')?.value ?? '';
  const rule = { item, edit };
  return (
    <fieldset className={styles['fields']} aria-labelledby={labelledBy}>
      <div className={styles['two']}>
        <TextRule
          {...rule}
          ref={first}
          name="project"
          label="Project"
          placeholder={project}
          help="Its key. Empty: as for all tickets."
        />
        <TextRule
          {...rule}
          name="labels"
          label="Labels"
          placeholder="from-slack"
          help="Each issue gets them. With commas between them."
        />
      </div>
      <TypeRules {...rule} view={view} />
      <div className={styles['two']}>
        <ChoiceRule
          {...rule}
          name="answer"
          label="Who sees the answer"
          usual={usualChannelRules.answer}
          choices={{ channel: 'Everybody in the channel', requester: 'Only who asked' }}
          help="What stands on a message is answered in its thread."
        />
        <EmojiRule {...rule} />
      </div>
      <FieldValues {...rule} />
      <CloudRule {...rule} items={items} />
    </fieldset>
  );
}

function faultOf({ faults }: ChannelItem, name: string): string | undefined {
  return faults.find(({ path }) => path[0] === name)?.message;
}

interface TextRuleProps extends RuleProps {
  ref?: React.Ref<HTMLInputElement>;
  name: string;
  label: string;
  placeholder: string;
  help: string;
}

function TextRule({ item, edit, ref, name, label, placeholder, help }: TextRuleProps) {
  const given = item.entry[name];
  const text = Array.isArray(given) ? given.join(', ') : String(given ?? '');
  return (
    <TextInput
      {...fieldLook}
      {...(ref === undefined ? {} : { ref })}
      label={label}
      placeholder={placeholder}
      value={text}
      onChange={(event) => edit(name, event.currentTarget.value || undefined)}
      description={help}
      error={faultOf(item, name)}
      spellCheck={false}
      autoComplete="off"
    />
  );
}

function TypeRules({ item, edit, view }: RuleProps & { view: SettingsView }) {
  const given = item.entry['label_to_issue_type'];
  const types: Readonly<Record<string, unknown>> = isMap(given) ? given : {};

  function become(label: Label, type: string): void {
    const { [label]: _, ...rest } = types;
    const next = type === '' ? rest : { ...rest, [label]: type };
    edit('label_to_issue_type', Object.keys(next).length === 0 ? undefined : next);
  }

  return (
    <fieldset className={styles['types']}>
      <legend>Issue types</legend>
      {labels.map((label) => (
        <div key={label} className={styles['type']}>
          <TypeBadge label={label} />
          <TextInput
            aria-label={`Issue type for ${label}`}
            placeholder={view.maps.label_to_issue_type[label]}
            value={String(types[label] ?? '')}
            onChange={(event) => become(label, event.currentTarget.value)}
            spellCheck={false}
            autoComplete="off"
          />
        </div>
      ))}
    </fieldset>
  );
}

interface ChoiceRuleProps extends RuleProps {
  name: string;
  label: string;
  usual: string;
  choices: Readonly<Record<string, string>>;
  help?: string;
}

function ChoiceRule({ item, edit, name, label, usual, choices, help }: ChoiceRuleProps) {
  return (
    <Select
      {...suggestingFieldLook}
      label={label}
      data={Object.entries(choices).map(([value, words]) => ({ value, label: words }))}
      value={String(item.entry[name] ?? usual)}
      onChange={(value) => edit(name, value === null || value === usual ? undefined : value)}
      allowDeselect={false}
      {...(help === undefined ? {} : { description: help })}
    />
  );
}

/** An empty name is a rule of its own here: no emoji files anything. */
function EmojiRule({ item, edit }: RuleProps) {
  const given = item.entry['emoji'];
  const isOff = given === '';
  return (
    <div className={styles['emoji']}>
      <TextInput
        {...fieldLook}
        label="Emoji that files a message"
        placeholder={usualChannelRules.emoji}
        value={isOff ? '' : String(given ?? '')}
        onChange={(event) => edit('emoji', event.currentTarget.value || undefined)}
        disabled={isOff}
        description="Its name, as Slack shows it between colons."
        error={faultOf(item, 'emoji')}
        spellCheck={false}
        autoComplete="off"
      />
      <Switch
        label="No emoji files here"
        checked={isOff}
        onChange={(event) => edit('emoji', event.currentTarget.checked ? '' : undefined)}
      />
    </div>
  );
}

/** The text stays as it is typed; what it says goes into the draft. */
function FieldValues({ item, edit }: RuleProps) {
  const given = item.entry['defaults'];
  const [text, setText] = useState(() => printFields(given));
  const isAsTyped = JSON.stringify(parseFields(text)) === JSON.stringify(given);
  return (
    <Textarea
      {...fieldLook}
      label="Values for Jira’s fields"
      placeholder={'Office: Berlin\ncomponents: Backend'}
      rows={3}
      value={isAsTyped ? text : printFields(given)}
      onChange={(event) => {
        setText(event.currentTarget.value);
        edit('defaults', parseFields(event.currentTarget.value));
      }}
      description="One on each line, by the field’s name or its id. They count before those for all tickets."
      error={
        faultOf(item, 'defaults') === undefined ? null : 'Enter a field’s name, a colon and its value on each line.'
      }
      spellCheck={false}
      autoComplete="off"
    />
  );
}

function CloudRule({ item, edit, items }: RuleProps & { items: readonly ChannelItem[] }) {
  const others = items.find(({ key, state }) => key === otherChannels && state !== 'removed');
  const usual = item.key !== otherChannels && (others?.rules.neverCloud ?? false);
  return (
    <Switch
      classNames={{ description: fieldLook.classNames.description }}
      label="Never to a cloud model"
      aria-label="Never to a cloud model"
      checked={item.rules.neverCloud ?? usual}
      onChange={(event) => {
        const wanted = event.currentTarget.checked;
        edit('never_cloud', wanted === usual ? undefined : wanted);
      }}
      description="No text of this channel goes to OpenAI, whatever else is allowed."
    />
  );
}
