import { useState } from 'react';
import type { TestTicket } from '../../../shared/settings-view.ts';
import { type Trouble, useAction } from '../../bridge/bridge.ts';

/** A test ticket's text and what became of it; both stay while the guide goes to other steps. */
export interface TestTicketRun {
  text: string;
  setText(text: string): void;
  file(): Promise<void>;
  isFiling: boolean;
  /** `ms`: from the button to Jira's last answer. */
  filed: { ticket: TestTicket; ms: number } | null;
  trouble: Trouble | null;
}

const sample = 'The app crashes when I save a report as PDF. It worked yesterday.';

export function useTestTicket(): TestTicketRun {
  const [text, setText] = useState(sample);
  const [filed, setFiled] = useState<TestTicketRun['filed']>(null);
  const test = useAction('guide:test-ticket');

  async function file() {
    const start = performance.now();
    const answer = await test.run({ text });
    setFiled(answer === null ? null : { ticket: answer.value, ms: performance.now() - start });
  }
  return { text, setText, file, isFiling: test.isRunning, filed, trouble: test.trouble };
}
