import { type FormEvent, useState } from 'react';
import type { DemoMessage } from '../../../shared/ipc.ts';
import { Notice } from '../../components/notice.tsx';
import { ask, useLive } from '../../desk.ts';

/** A small Slack channel, played on this machine. */
export function DemoPage() {
  const { value: messages, error } = useLive('demo:read', undefined, 'demo');
  const [line, setLine] = useState('/ticket ');
  const [trouble, setTrouble] = useState<string | null>(null);

  async function act(action: Promise<unknown>) {
    setTrouble(null);
    await action.catch((thrown: Error) => setTrouble(thrown.message));
  }

  function send(event: FormEvent) {
    event.preventDefault();
    void act(ask('demo:type', { line }));
    setLine('/ticket ');
  }

  return (
    <>
      {(trouble ?? error) !== null && <Notice tone="trouble">{trouble ?? error}</Notice>}
      <h2>#support</h2>
      {messages?.length === 0 && (
        <Notice tone="quiet">Nobody has written yet. Try: /ticket The VPN drops every ten minutes</Notice>
      )}
      <ol className="messages">
        {messages?.map((message) => (
          <Message
            key={message.ts}
            message={message}
            onClick={(actionId) => act(ask('demo:click', { ts: message.ts, actionId }))}
          />
        ))}
      </ol>
      <form onSubmit={send}>
        <label>
          Write to #support as alice
          <input type="text" value={line} onChange={(event) => setLine(event.target.value)} maxLength={12_000} />
        </label>
        <button type="submit">Send</button>
      </form>
    </>
  );
}

function Message({ message, onClick }: { message: DemoMessage; onClick: (actionId: string) => void }) {
  return (
    <li>
      <strong>{message.author}</strong> {message.onlyYou && <small>Only visible to you</small>}
      {message.lines.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines may repeat, and have no state of their own.
        <p key={index}>{text}</p>
      ))}
      {message.buttons.map(({ actionId, label }) => (
        <button key={actionId} type="button" onClick={() => onClick(actionId)}>
          {label}
        </button>
      ))}
    </li>
  );
}
