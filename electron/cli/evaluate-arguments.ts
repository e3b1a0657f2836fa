import { parseArgs } from 'node:util';

export const evaluateUsage = `Usage:
  npm run evaluate -- FILE                        FILE: one JSON object a line, with "label" and "text"

Options:
  --model FILE.gguf       measures this model; without it, the built-in one
  --strategy NAME         builtin, prompt, probe, ensemble or auto
  --field text|title      what of each line is the ticket; text unless given
  --json                  prints one JSON object

Measures how often a classifier gives the label that a person gave.`;

const strategyNames = ['builtin', 'prompt', 'probe', 'ensemble', 'auto'] as const;
export type StrategyName = (typeof strategyNames)[number];

const fields = ['text', 'title'] as const;
export type Field = (typeof fields)[number];

export type EvaluateCall =
  | { kind: 'evaluate'; file: string; model: string | null; strategy: StrategyName; field: Field; json: boolean }
  | { kind: 'help' }
  | { kind: 'wrong'; problem: string };

/** What a command line asks for. `args`: without node and script. */
export function evaluateArguments(args: readonly string[]): EvaluateCall {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (thrown) {
    return { kind: 'wrong', problem: thrown instanceof Error ? thrown.message : String(thrown) };
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'help' };
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) return { kind: 'wrong', problem: 'Give one file.' };
  const model = values.model ?? null;
  const strategy = oneOf(strategyNames, values.strategy ?? (model === null ? 'builtin' : 'auto'));
  if (strategy === null) return { kind: 'wrong', problem: `--strategy is one of ${strategyNames.join(', ')}.` };
  if (strategy !== 'builtin' && strategy !== 'auto' && model === null)
    return { kind: 'wrong', problem: `--strategy ${strategy} needs --model.` };
  const field = oneOf(fields, values.field);
  if (field === null) return { kind: 'wrong', problem: `--field is ${fields.join(' or ')}.` };
  return { kind: 'evaluate', file, model, strategy, field, json: values.json };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      model: { type: 'string' },
      strategy: { type: 'string' },
      field: { type: 'string', default: 'text' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

function oneOf<T extends string>(choices: readonly T[], value: string): T | null {
  return choices.find((choice) => choice === value) ?? null;
}
