import { expect, it } from 'vitest';
import { helpOf, inputOf, kindOf } from '../../../electron/jira/fields/field-kinds.ts';
import type { InputKind } from '../../../shared/issue-form.ts';
import { aField, options, type schemas } from './a-field.ts';

const listed = { options: options('Red', 'Green') };

it.each<[keyof typeof schemas, InputKind, InputKind]>([
  // Kind of field, its input where options are listed, and where none are.
  ['text', 'text', 'text'],
  ['rich', 'textarea', 'textarea'],
  ['number', 'number', 'number'],
  ['url', 'url', 'url'],
  ['date', 'date', 'date'],
  ['moment', 'datetime', 'datetime'],
  ['select', 'select', 'text'],
  ['radio', 'radio', 'text'],
  ['multiSelect', 'multi_select', 'text'],
  ['checkboxes', 'checkboxes', 'text'],
  ['cascading', 'cascading', 'text'],
  ['user', 'user', 'user'],
  ['users', 'users', 'users'],
  ['labels', 'labels', 'labels'],
  ['components', 'multi_select', 'text'],
  ['versions', 'multi_select', 'text'],
  ['priority', 'select', 'text'],
  ['sprint', 'select', 'text'],
  ['requestType', 'select', 'text'],
  ['epicLink', 'text', 'text'],
  ['strange', 'text', 'text'],
])('a field of kind %s is asked for by %s, and by %s where nothing is listed', (kind, input, unlisted) => {
  expect(inputOf(aField(kind, listed))).toBe(input);
  expect(inputOf(aField(kind))).toBe(unlisted);
  expect(inputOf(aField(kind, { options: [] }))).toBe(unlisted);
});

it('what the name does not say is told', () => {
  expect(helpOf(aField('select', listed))).toBeNull();
  expect(helpOf(aField('select'))).toContain('does not list');
  expect(helpOf(aField('user'))).toContain('Email');
  expect(helpOf(aField('strange'))).toMatch(/kind com\.example:rating is not known.*REST API.*default in Jira/);
});

it('the system’s own fields and the kind of custom field say more than the type', () => {
  expect(kindOf(aField('environment').schema)).toBe('rich');
  expect(kindOf(aField('sprint').schema)).toBe('sprint');
  expect(kindOf({ type: 'array', items: 'string', system: null, custom: 'x:cascadingselect' })).toBe('cascading');
  expect(kindOf({ type: null, items: null, system: null, custom: null })).toBe('unknown');
});
