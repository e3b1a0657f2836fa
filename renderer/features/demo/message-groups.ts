import type { DemoMessage } from '../../../shared/demo-view.ts';

/** Messages of one author in a row, below one name. */
export interface MessageGroup {
  author: string;
  isApp: boolean;
  onlyYou: boolean;
  /** Slack's timestamp of the first. */
  ts: string;
  messages: DemoMessage[];
}

/** Seconds after which the name is said again. */
const longestGap = 300;

/** Groups messages, which come oldest first. */
export function groupMessages(messages: DemoMessage[]): MessageGroup[] {
  const groups: MessageGroup[] = [];
  for (const message of messages) {
    const group = groups.at(-1);
    const last = group?.messages.at(-1);
    const goesOn =
      group !== undefined &&
      last !== undefined &&
      group.author === message.author &&
      group.isApp === message.isApp &&
      group.onlyYou === message.onlyYou &&
      Number(message.ts) - Number(last.ts) < longestGap;
    if (goesOn) group.messages.push(message);
    else {
      const { author, isApp, onlyYou, ts } = message;
      groups.push({ author, isApp, onlyYou, ts, messages: [message] });
    }
  }
  return groups;
}
