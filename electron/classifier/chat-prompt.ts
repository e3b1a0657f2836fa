import type { ChatHistoryItem, LlamaModel, LlamaText, Token } from 'node-llama-cpp';
import { promptFor, promptWithExamples } from './prompt.ts';

const [ticket, answer] = ['TICKET_GOES_HERE', 'ANSWER_GOES_HERE'];

export interface ChatPrompt {
  /** The tokens before the ticket, which never change. */
  before: Token[];
  /** Those between the ticket and the answer. */
  after: Token[];
  /** What the answer begins with, before the label: a space, or nothing. */
  lead: '' | ' ';
}

/**
 * The prompt as tokens around the place for the ticket: in the model's own chat template, or as plain text to go on
 * with for a model that has none. With worked examples where they leave at least half of `contextSize` for the ticket.
 * @throws Error where the template leaves the message out
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
  const wrapper = resolveChatWrapper(model, { type: thinks ? 'auto' : 'jinjaTemplate', warningLogs: false });
  // A model that thinks first is told that it has thought.
  const thought = { type: 'segment', segmentType: 'thought', text: '', ended: true } as const;
  const chatHistory: ChatHistoryItem[] = [
    { type: 'user', text: prompt },
    { type: 'model', response: wrapper.settings.segments?.thought ? [thought, answer] : [answer] },
  ];

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

  const [before, rest] = split(wrapper.generateContextState({ chatHistory }).contextText, ticket);
  const [after] = split(rest, answer);
  return {
    before: before.tokenize(model.tokenizer, 'trimLeadingSpace'),
    after: after.tokenize(model.tokenizer, 'trimLeadingSpace'),
    lead: '',
  };
}
