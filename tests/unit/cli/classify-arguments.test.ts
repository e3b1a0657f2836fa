import { describe, expect, it } from 'vitest';
import { classifyArguments } from '../../../electron/cli/classify-arguments.ts';
import { parseTicketLine } from '../../../electron/cli/input-lines.ts';

describe('classifyArguments', () => {
  it.each<[string[], object]>([
    [['vpn', 'is', 'down'], { kind: 'text', text: 'vpn is down' }],
    [['--user-data-dir=/tmp/x', 'text'], { kind: 'text', text: 'text' }],
    [['--user-data-dir', '/tmp/x', 'text'], { kind: 'text', text: 'text' }],
    [['-bash: helm: command not found'], { kind: 'text', text: '-bash: helm: command not found' }],
    [['--', '--jsonl'], { kind: 'text', text: '--jsonl' }],
    [[''], { kind: 'text', text: '' }],
    [['-'], { kind: 'stdin' }],
    [['--jsonl', 'a.jsonl'], { kind: 'jsonl', file: 'a.jsonl' }],
    [['--jsonl=-'], { kind: 'jsonl', file: '-' }],
    [['--jsonl'], { kind: 'wrong', problem: '--jsonl needs a value.' }],
    [['--jsonl', 'a', 'text'], { kind: 'wrong', problem: 'Give text or --jsonl, not both.' }],
    [['--help'], { kind: 'help' }],
    [[], { kind: 'wrong', problem: null }],
  ])('reads %j', (args, call) => {
    expect(classifyArguments(args, true)).toEqual(call);
  });

  it('reads what is piped in where there are no arguments', () => {
    expect(classifyArguments([], false)).toEqual({ kind: 'stdin' });
  });
});

describe('parseTicketLine', () => {
  it.each<[string, object]>([
    ['{"id": 7, "text": "a"}', { id: 7, text: 'a' }],
    ['{"id": "x", "text": "", "more": 1}', { id: 'x', text: '' }],
    ['{"text": "a"}', { id: null, text: 'a' }],
    ['{"id": "x", "text": 3}', { id: 'x', error: 'Expected "text" to be a string.' }],
    ['{"id": "x"}', { id: 'x', error: 'Expected "text" to be a string.' }],
    ['"a"', { id: null, error: 'Expected an object {"id", "text"}.' }],
    ['nonsense', { id: null, error: 'This line is not JSON.' }],
  ])('reads %s', (line, ticket) => {
    expect(parseTicketLine(line)).toEqual(ticket);
  });
});
