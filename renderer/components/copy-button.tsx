import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useAction } from '../bridge/bridge.ts';

/** Copies a text; main does it, since the page itself may not touch the clipboard. */
export function CopyButton({ text, children }: { text: string; children: string }) {
  const copy = useAction('clipboard:write');
  return (
    <Button
      leftSection={copy.isDone ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
      onClick={() => copy.run({ text })}
    >
      {copy.isDone ? 'Copied' : children}
    </Button>
  );
}
