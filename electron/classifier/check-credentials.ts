import type OpenAI from 'openai';
import { type AppError, toAppError } from '../../shared/errors.ts';
import type { CheckReport } from '../../shared/settings-view.ts';
import { openAiClient, toOpenAiError } from './openai-client.ts';

/** Asks OpenAI, or who speaks its language at `baseUrl`, whether the key may use the model. Sends no text. Never rejects. */
export async function checkOpenAi(options: {
  apiKey: string;
  baseUrl: string;
  model: string;
  allowed: boolean;
}): Promise<CheckReport['findings']> {
  const { apiKey, baseUrl, model, allowed } = options;
  const fault = keyFault(apiKey, baseUrl);
  if (fault !== null) return [{ level: 'problem', message: fault }];
  const failure = await failureOf(options);
  const result: CheckReport['findings'][number] =
    failure === null
      ? { level: 'ok', message: `The key works, and ${model} is there for it.` }
      : { level: 'problem', message: inWords(failure) };
  const sent = `Only the key and the model’s name went to ${new URL(baseUrl).host}; no ticket did.`;
  const off = 'OpenAI is off, so no ticket goes there until you allow it.';
  return [result, { level: 'ok', message: sent }, ...(allowed ? [] : [{ level: 'warning' as const, message: off }])];
}

/** The forms are those of OpenAI's own keys; other servers have others. */
function keyFault(key: string, baseUrl: string): string | null {
  if (new URL(baseUrl).hostname !== 'api.openai.com') return null;
  const advice = 'Copy a project’s key (sk-) from platform.openai.com, API keys.';
  if (key.startsWith('sk-admin-')) return `This is an admin key, which may not use models. ${advice}`;
  if (!key.startsWith('sk-')) return `OpenAI’s keys begin with sk-. ${advice}`;
  return /\.\.|\*/.test(key) ? `The key was not copied whole: OpenAI shows it once, when it is made. ${advice}` : null;
}

async function failureOf(options: { apiKey: string; baseUrl: string; model: string }): Promise<AppError | null> {
  try {
    const client = openAiClient(options.apiKey, options.baseUrl);
    await client.models.retrieve(options.model).catch((thrown) => findInList(client, options.model, thrown));
    return null;
  } catch (thrown) {
    return toAppError(thrown);
  }
}

/** Some servers that speak OpenAI's language list their models and do not show them one by one. */
async function findInList(client: OpenAI, model: string, thrown: unknown): Promise<void> {
  const error = toOpenAiError(thrown);
  if (error.code !== 'not_found') throw error;
  const listed = await client.models.list().catch(() => null);
  if (!listed?.data?.some(({ id }) => id === model)) throw error;
}

function inWords({ code, message }: AppError): string {
  if (code !== 'forbidden') return message;
  return `${message} Where the key is restricted, let it read models and write chat completions.`;
}
