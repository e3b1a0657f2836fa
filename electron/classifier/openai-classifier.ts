import { beginningOf } from '../../shared/beginning.ts';
import { AppError } from '../../shared/errors.ts';
import { type Label, labels } from '../../shared/labels.ts';
import { normaliseLabel } from './normalise-label.ts';
import type { CloudSource } from './scoring/label-source.ts';
import { instruction } from './scoring/prompt.ts';

/** What a ticket is about stands in its first pages; no more than that leaves the machine. */
const longestText = 8_000;
export interface OpenAiClassifierOptions {
  apiKey: string;
  baseUrl: string;
  model: string;
  /** Told of a reply that was not exactly a label, but not its words: they may quote the ticket. */
  onNormalised?: (label: Label) => void;
}

/**
 * Classifies with OpenAI's chat completions, or another server that speaks them. The text leaves this machine,
 * so it may only be built where the user allowed that. Gives no probabilities. Its errors are `unauthorized`,
 * `forbidden`, `not_found`, `invalid_input`, `rate_limited`, `unavailable`, `unconfirmed` and `bad_response`.
 */
export function createOpenAiClassifier({
  apiKey,
  baseUrl,
  model,
  onNormalised = () => {},
}: OpenAiClassifierOptions): CloudSource {
  let connected: ReturnType<typeof connect> | null = null;
  async function connect() {
    const { openAiClient, toOpenAiError } = await import('./openai-client.ts');
    return { client: openAiClient(apiKey, baseUrl), toOpenAiError };
  }

  /** The beginning of the reply; empty where there is none. */
  async function ask(text: string): Promise<string> {
    connected ??= connect();
    const { client, toOpenAiError } = await connected;
    try {
      const completion = await client.chat.completions.create({
        model,
        temperature: 0,
        messages: [
          { role: 'system', content: instruction },
          { role: 'user', content: sentPart(text) },
        ],
        response_format: { type: 'json_schema', json_schema: { name: 'ticket_label', strict: true, schema } },
      });
      const reply: unknown = completion.choices?.[0]?.message?.content;
      return typeof reply === 'string' ? beginningOf(reply.trimStart()) : '';
    } catch (thrown) {
      throw toOpenAiError(thrown);
    }
  }

  return {
    whatIsSent: (text) => ({
      service: 'openai',
      model,
      bytes: Buffer.byteLength(sentPart(text)),
      at: new Date().toISOString(),
    }),

    async classify(text) {
      const started = performance.now();
      const reply = await ask(text);
      const label = normaliseLabel(reply);
      if (label === null) {
        throw new AppError('bad_response', 'OpenAI answered without one of the five labels. Try another OPENAI_MODEL.');
      }
      if (!isExact(reply, label)) onNormalised(label);
      const ms = performance.now() - started;
      return { label, confidence: null, probabilities: null, source: 'openai', model, ms };
    },
  };
}

function sentPart(text: string): string {
  return text.slice(0, longestText);
}

const schema = {
  type: 'object',
  properties: { label: { type: 'string', enum: [...labels] } },
  required: ['label'],
  additionalProperties: false,
};

/** Whether the reply is what the schema asks for. */
function isExact(reply: string, label: Label): boolean {
  try {
    return JSON.stringify(JSON.parse(reply)) === JSON.stringify({ label });
  } catch {
    return false;
  }
}
