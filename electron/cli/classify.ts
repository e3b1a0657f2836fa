// npm run classify: labels text with the classifier as the app is set up. Stdout carries JSON lines alone.
import { createReadStream } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text as readAll } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { toAppError } from '../../shared/errors.ts';
import { describeProblem } from '../../shared/settings.ts';
import { createClassifier } from '../classifier/classifier-from-settings.ts';
import { createHostedLoader } from '../classifier/gguf/hosted-model.ts';
import type { LabelSource } from '../classifier/scoring/label-source.ts';
import { keepFilesPrivate, mendPrivacy } from '../files/private-files.ts';
import { writtenPath } from '../files/written-path.ts';
import { modelCheck } from '../model-library/check-model.ts';
import { findModel } from '../model-library/find-model.ts';
import { createHostedFiles } from '../model-library/hosted-files.ts';
import { modelFolders } from '../model-library/model-folders.ts';
import { dataFolder } from '../settings/data-folder.ts';
import { loadSettingsPatiently } from '../settings/load-settings.ts';
import { readSavedFile } from '../settings/saved-file.ts';
import type { SecretUse } from '../settings/secret-origins.ts';
import { createUsedOrigins } from '../settings/used-origins.ts';
import { classifyArguments, classifyUsage } from './classify-arguments.ts';
import { parseTicketLine } from './input-lines.ts';
import { startNodeHost } from './start-node-host.ts';

keepFilesPrivate();
const { argv, env, platform } = process;
/** The folder of this checkout. */
const checkout = join(import.meta.dirname, '..', '..');
const cwd = env['INIT_CWD'] || process.cwd();

/** The exit code: 0, 1 where something could not be read, 2 for a wrong call. */
async function main(): Promise<number> {
  const call = classifyArguments(argv.slice(2), process.stdin.isTTY === true);
  if (call.kind === 'help') {
    console.log(classifyUsage);
    return 0;
  }
  const text = call.kind === 'stdin' ? await readAll(process.stdin) : call.kind === 'text' ? call.text : null;
  if (call.kind === 'wrong' || (call.kind === 'stdin' && text?.trim() === '')) {
    console.error(call.kind === 'wrong' && call.problem ? `${call.problem}\n\n${classifyUsage}` : classifyUsage);
    return 2;
  }
  const classifier = await createConfiguredClassifier();
  try {
    if (call.kind === 'jsonl') return await classifyLines(classifier, call.file);
    print(await classifier.classify((text ?? '').trim()));
    return 0;
  } finally {
    await classifier.dispose();
  }
}

async function createConfiguredClassifier() {
  const dataDir = dataFolder({ argv, env, cwd: process.cwd(), platform, home: homedir() });
  const notice = mendPrivacy(dataDir);
  if (notice !== null) console.error(notice);
  // Saved secrets are encrypted for the app alone, so OpenAI's key has to come from a file or the environment.
  const saved = readSavedFile(join(dataDir, 'settings.json'));
  const origins = createUsedOrigins(join(dataDir, 'secret-origins.json'));
  const files = createHostedFiles({ startHost: startNodeHost });
  const sealed = Object.keys(saved.encrypted);
  const places = { dataDir, cwd, env, saved: saved.values, sealed, used: origins.used };
  const { settings, problems, uses } = await loadSettingsPatiently(places, files.isThere);
  for (const problem of [...saved.problems, ...problems]) console.error(describeProblem(problem));
  try {
    if (settings.openai.allowed) origins.remember(uses.filter(isGivenKey));
  } catch (thrown) {
    console.error(toAppError(thrown).message);
  }
  const waitMs = settings.model.waitSeconds * 1000;
  let hasFailed = false;
  const classifier = createClassifier({
    openai: settings.openai,
    waitMs,
    // A file that lets llama.cpp abort ends its own process, not this one.
    loadModel: createHostedLoader(startNodeHost, modelCheck(files)),
    keyOf: files.key,
    model: await findModel(settings.model.path, modelFolders(dataDir, checkout), files),
    adaptive: { cacheFolder: join(dataDir, 'classifier-cache'), corrections: [], measures: false },
    onModelState: (state) => {
      hasFailed ||= state.state === 'failed';
      if (state.state === 'none' && state.reason) console.error(state.reason);
    },
    onFailure: (source, error) => console.error(`${source}: ${error.message}`),
    onNormalised: (label) => console.error(`openai: the reply was not exactly a label; it was taken as ${label}`),
  });
  return {
    async classify(text: string) {
      // Where llama.cpp crashed with the line before, the model is being loaded again, and nobody else needs an answer now.
      if (hasFailed) await Promise.race([classifier.load(), delay(waitMs, undefined, { ref: false })]);
      return classifier.classify(text, { mayUseCloud: true });
    },
    async dispose() {
      await classifier.dispose();
      files.stop();
    },
  };
}

/** OpenAI's key, which alone is used here, unless it was saved in the window, for an address of its own. */
function isGivenKey({ name, from }: SecretUse): boolean {
  return name === 'OPENAI_API_KEY' && from !== 'settings.json';
}

/** One line out for every line in, in order; a line that cannot be read gets an `error` and does not stop the rest. */
async function classifyLines(classifier: LabelSource, file: string): Promise<number> {
  const path = resolve(cwd, writtenPath(file));
  const input = file === '-' ? process.stdin : createReadStream(path);
  let code = 0;
  try {
    for await (const line of createInterface({ input })) {
      if (line.trim() === '') continue;
      const ticket = parseTicketLine(line);
      if ('text' in ticket) print({ id: ticket.id, ...(await classifier.classify(ticket.text)) });
      else {
        print({ id: ticket.id, ...unknown, error: ticket.error });
        code = 1;
      }
    }
  } catch (thrown) {
    console.error(`${path} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    code = 1;
  }
  return code;
}

const unknown = { label: null, confidence: null, probabilities: null, source: null, model: null, ms: null };

function print(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

process.exitCode = await main();
