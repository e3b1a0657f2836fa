import type { ChatHistoryItem, LlamaModel, LlamaText, Token } from 'node-llama-cpp';
import { promptFor } from './prompt.ts';

/** The tokens before the ticket, which never change, and those between the ticket and the answer. */
export interface ChatPrompt {
  before: Token[];
  after: Token[];
}

/**
 * The prompt in the model's own chat template, as tokens around the place for the ticket.
 * @throws Error where the template leaves the message out
 */
export async function chatPrompt(model: LlamaModel): Promise<ChatPrompt> {
  const { LlamaText, resolveChatWrapper } = await import('node-llama-cpp');
  // The library compares the template with each of its own, which holds up the process for up to a second. Only its
  // own tell how a model thinks; one that does not is served by the template itself.
  const thinks = /think|analysis/i.test(model.fileInfo.metadata.tokenizer.chat_template ?? '');
  const wrapper = resolveChatWrapper(model, { type: thinks ? 'auto' : 'jinjaTemplate', warningLogs: false });
  const [ticket, answer] = ['TICKET_GOES_HERE', 'ANSWER_GOES_HERE'];
  // A model that thinks first is told that it has thought.
  const thought = { type: 'segment', segmentType: 'thought', text: '', ended: true } as const;
  const chatHistory: ChatHistoryItem[] = [
    { type: 'user', text: promptFor(ticket) },
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
  };
}
