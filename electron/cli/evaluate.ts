// npm run evaluate: how often a classifier gives the label that a person gave. Never sends a ticket anywhere.
import { createReadStream } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { keepFilesPrivate } from '../files/private-files.ts';
import { writtenPath } from '../files/written-path.ts';
import { dataFolder } from '../settings/data-folder.ts';
import { type EvaluateCall, evaluateArguments, evaluateUsage } from './evaluate-arguments.ts';
import { type Answered, reportLines, reportOn } from './evaluate-report.ts';
import { createStrategy } from './evaluate-strategy.ts';
import { parseLabelledLine } from './input-lines.ts';
import { type AnsweredTwice, differenceLine, pairedDifference } from './paired-difference.ts';

keepFilesPrivate();
const { argv, env, platform } = process;
const cwd = env['INIT_CWD'] || process.cwd();

/** The exit code: 0, 1 where the file or the model cannot be used, 2 for a wrong call. */
async function main(): Promise<number> {
  const call = evaluateArguments(argv.slice(2));
  if (call.kind === 'help') {
    console.log(evaluateUsage);
    return 0;
  }
  if (call.kind === 'wrong') {
    console.error(`${call.problem}\n\n${evaluateUsage}`);
    return 2;
  }
  try {
    const answered = await answers(call);
    const report = reportOn(answered);
    const difference = call.model === null ? null : pairedDifference(await againstBuiltin(call, answered));
    if (call.json) console.log(JSON.stringify({ ...report, againstBuiltin: difference }));
    else {
      console.log(reportLines(report).join('\n'));
      if (difference !== null) console.log(`\n${differenceLine(difference)}`);
    }
    return 0;
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : String(thrown));
    return 1;
  }
}

async function answers(call: Extract<EvaluateCall, { kind: 'evaluate' }>): Promise<Answered[]> {
  const tickets = await readTickets(call.file, call.field);
  const strategy = await createStrategy(
    call.strategy,
    call.model === null ? null : resolve(cwd, writtenPath(call.model)),
    {
      cacheFolder: join(dataFolder({ argv, env, cwd: process.cwd(), platform, home: homedir() }), 'classifier-cache'),
      onMeasured: ({ state, progress, serving }) =>
        console.error(
          state === 'measuring' ? `measuring: ${Math.round(progress * 100)} %` : `${state}: ${serving.why}`,
        ),
    },
  );
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

/** Our answers beside those of the built-in model to the same tickets. */
async function againstBuiltin(
  call: Extract<EvaluateCall, { kind: 'evaluate' }>,
  answered: readonly Answered[],
): Promise<AnsweredTwice[]> {
  const theirs = await answers({ ...call, model: null, strategy: 'builtin' });
  return answered.flatMap(({ truth, classification }, index) => {
    const other = theirs[index]?.classification.label;
    return other === undefined ? [] : [{ truth, ours: classification.label, theirs: other }];
  });
}

async function readTickets(given: string, field: 'text' | 'title') {
  const file = resolve(cwd, writtenPath(given));
  const tickets: ReturnType<typeof parseLabelledLine>[] = [];
  let number = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(file) })) {
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
