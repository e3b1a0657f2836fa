import type { ChatHistoryItem, ChatWrapper, LlamaModel, LlamaText, Token } from 'node-llama-cpp';
import { promptFor, promptWithExamples } from '../scoring/prompt.ts';
import { isOutOfTime, withinTime } from './within-time.ts';

const [ticket, answer] = ['TICKET_GOES_HERE', 'ANSWER_GOES_HERE'];

export interface ChatPrompt {
  /** The tokens before the ticket, which never change. */
  before: Token[];
  /** The tokens between the ticket and the answer. */
  after: Token[];
  /** What the answer begins with, before the label: a space, or nothing. */
  lead: '' | ' ';
}

/** Milliseconds for a template, a program that anybody can have written; an honest one takes some. */
const templateLimitMs = 2_000;
/**
 * Milliseconds for the library, which makes a hundred texts of it to compare them; on a busy computer an honest one
 * takes seconds for that. One that takes longer is served by the template itself, too.
 */
const comparingLimitMs = 20_000;
/** Characters that a template may make of our message, which has some thousands. */
const longestPrompt = 100_000;

/**
 * The prompt as tokens around the place for the ticket: in the model's own chat template, or as plain text to go on
 * with for a model that has none. With worked examples where they leave at least half of `contextSize` for the ticket.
 * @throws Error where the template leaves the message out, makes far too much of it, or does not come to an end
 */
export async function chatPrompt(model: LlamaModel, contextSize: number): Promise<ChatPrompt> {
  const make = model.fileInfo.metadata.tokenizer.chat_template ? inTemplate : asPlainText;
  const full = await make(model, promptWithExamples(ticket));
  return full.before.length <= contextSize / 2 ? full : make(model, promptFor(ticket));
}

async function asPlainText(model: LlamaModel, prompt: string): Promise<ChatPrompt> {
  const [before = '', after = ''] = prompt.split(ticket);
  const { bos, shouldPrependBosToken } = model.tokens;
  return {
    before: [...(shouldPrependBosToken && bos !== null ? [bos] : []), ...model.tokenize(before, false)],
    after: model.tokenize(after || '\n\nLabel:', false, 'trimLeadingSpace'),
    lead: ' ',
  };
}

async function inTemplate(model: LlamaModel, prompt: string): Promise<ChatPrompt> {
  const { LlamaText, resolveChatWrapper } = await import('node-llama-cpp');
  // The library compares the template with each of its own, which holds up the process for up to a second. Only its
  // own tell how a model thinks; one that does not is served by the template itself.
  const thinks = /think|analysis/i.test(model.fileInfo.metadata.tokenizer.chat_template ?? '');
  // A model that thinks first is told that it has thought.
  const thought = { type: 'segment', segmentType: 'thought', text: '', ended: true } as const;

  function render(wrapper: ChatWrapper): LlamaText {
    const chatHistory: ChatHistoryItem[] = [
      { type: 'user', text: prompt },
      { type: 'model', response: wrapper.settings.segments?.thought ? [thought, answer] : [answer] },
    ];
    return wrapper.generateContextState({ chatHistory }).contextText;
  }

  function split(text: LlamaText, marker: string): [LlamaText, LlamaText] {
    for (const [index, value] of text.values.entries()) {
      const at = typeof value === 'string' ? value.indexOf(marker) : -1;
      if (typeof value !== 'string' || at < 0) continue;
      return [
        LlamaText([...text.values.slice(0, index), value.slice(0, at)]),
        LlamaText([value.slice(at + marker.length), ...text.values.slice(index + 1)]),
      ];
    }
    throw new Error('its chat template leaves out the message');
  }

  const wrapperOf = (type: 'jinjaTemplate' | 'auto') => resolveChatWrapper(model, { type, warningLogs: false });
  // Refused here where it does not come to an end.
  const itself = inTime(templateLimitMs, () => rendered(render(wrapperOf('jinjaTemplate'))));
  const text = thinks ? (inTimeOrNot(comparingLimitMs, () => rendered(render(wrapperOf('auto')))) ?? itself) : itself;
  const [before, rest] = split(text, ticket);
  const [after] = split(rest, answer);
  return {
    before: before.tokenize(model.tokenizer, 'trimLeadingSpace'),
    after: after.tokenize(model.tokenizer, 'trimLeadingSpace'),
    lead: '',
  };
}

/** @throws Error where it is far too much */
function rendered(text: LlamaText): LlamaText {
  const length = text.values.reduce<number>((sum, value) => sum + String(value).length, 0);
  if (length <= longestPrompt) return text;
  throw new Error(`its chat template makes ${length} characters of a short message`);
}

function inTime<Result>(limitMs: number, work: () => Result): Result {
  const result = inTimeOrNot(limitMs, work);
  if (result !== null) return result;
  throw new Error(`its chat template did not come to an end within ${limitMs / 1000} s`);
}

/** What `work` gives; null where it did not come to an end. */
function inTimeOrNot<Result>(limitMs: number, work: () => Result): Result | null {
  try {
    return withinTime(limitMs, work);
  } catch (thrown) {
    if (isOutOfTime(thrown)) return null;
    throw thrown;
  }
}
