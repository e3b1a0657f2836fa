// npm run evaluate: how often a classifier gives the label that a person gave. Never sends a ticket anywhere.
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type EvaluateCall, evaluateArguments, evaluateUsage } from './evaluate-arguments.ts';
import { type Answered, reportLines, reportOn } from './evaluate-report.ts';
import { createStrategy } from './evaluate-strategy.ts';
import { parseLabelledLine } from './labelled-line.ts';

const cwd = process.env['INIT_CWD'] || process.cwd();

/** The exit code: 0, 1 where the file or the model cannot be used, 2 for a wrong call. */
async function main(): Promise<number> {
  const call = evaluateArguments(process.argv.slice(2));
  if (call.kind === 'help') {
    console.log(evaluateUsage);
    return 0;
  }
  if (call.kind === 'wrong') {
    console.error(`${call.problem}\n\n${evaluateUsage}`);
    return 2;
  }
  try {
    const report = reportOn(await answers(call));
    console.log(call.json ? JSON.stringify(report) : reportLines(report).join('\n'));
    return 0;
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : String(thrown));
    return 1;
  }
}

async function answers(call: Extract<EvaluateCall, { kind: 'evaluate' }>): Promise<Answered[]> {
  const tickets = await readTickets(call.file, call.field);
  const strategy = await createStrategy(call.strategy, call.model === null ? null : resolve(cwd, call.model));
  try {
    const answered: Answered[] = [];
    for (const { label, text } of tickets) {
      answered.push({ truth: label, classification: await strategy.classify(text) });
    }
    return answered;
  } finally {
    await strategy.dispose();
  }
}

async function readTickets(file: string, field: 'text' | 'title') {
  const tickets: ReturnType<typeof parseLabelledLine>[] = [];
  let number = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(resolve(cwd, file)) })) {
      number += 1;
      if (line.trim() !== '') tickets.push(parseLabelledLine(line, field));
    }
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new Error(`${file}${number > 0 ? `, line ${number},` : ''} cannot be read: ${reason}`);
  }
  if (tickets.length === 0) throw new Error(`${file} holds no tickets.`);
  return tickets;
}

process.exitCode = await main();
