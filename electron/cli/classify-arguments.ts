export const classifyUsage = `Usage: npm run --silent classify -- TEXT
       npm run --silent classify -- --jsonl FILE
       ... | npm run --silent classify -- -

TEXT            the ticket; - or nothing reads it from standard input
--jsonl FILE    a file of {"id": ..., "text": ...} lines (- for standard input): one line out for each
--user-data-dir=DIR   the data folder whose settings and models are used

Prints one JSON line a ticket: {label, confidence, probabilities, source, model, ms}.`;

export type ClassifyCall =
  | { kind: 'text'; text: string }
  | { kind: 'stdin' }
  | { kind: 'jsonl'; file: string }
  | { kind: 'help' }
  | { kind: 'wrong'; problem: string | null };

/**
 * What a command line asks for. `args`: without node and script. Not by node:util's parseArgs, for which a ticket that begins
 * with a hyphen would be options.
 */
export function classifyArguments(args: readonly string[], stdinIsTerminal: boolean): ClassifyCall {
  const words: string[] = [];
  let file: string | null = null;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '--help' || arg === '-h') return { kind: 'help' };
    if (arg === '--') {
      words.push(...args.slice(index + 1));
      break;
    }
    if (arg === '--jsonl' || arg === '--user-data-dir') {
      index += 1;
      const value = args[index];
      if (value === undefined) return { kind: 'wrong', problem: `${arg} needs a value.` };
      if (arg === '--jsonl') file = value;
    } else if (arg.startsWith('--jsonl=')) file = arg.slice('--jsonl='.length);
    else if (!arg.startsWith('--user-data-dir=')) words.push(arg);
  }
  if (file !== null)
    return words.length === 0 ? { kind: 'jsonl', file } : { kind: 'wrong', problem: 'Give text or --jsonl, not both.' };
  if (words.length === 1 && words[0] === '-') return { kind: 'stdin' };
  if (words.length > 0) return { kind: 'text', text: words.join(' ') };
  return stdinIsTerminal ? { kind: 'wrong', problem: null } : { kind: 'stdin' };
}
