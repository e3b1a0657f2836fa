import { Button, Input } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { webPages } from '../../shared/ipc.ts';
import { useAction } from '../bridge/bridge.ts';

/** Opens one of the known pages in the browser. */
export function WebPageButton({ page, children }: { page: keyof typeof webPages; children: string }) {
  const open = useAction('page:open');
  return (
    <div>
      <Button
        variant="subtle"
        rightSection={<IconExternalLink size={14} aria-hidden />}
        onClick={() => open.run({ page })}
      >
        {children}
      </Button>
      {open.trouble !== null && <Input.Error role="alert">{open.trouble.message}</Input.Error>}
    </div>
  );
}
