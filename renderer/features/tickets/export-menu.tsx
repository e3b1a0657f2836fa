import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { Response } from '../../../shared/ipc.ts';
import type { TicketFilter } from '../../../shared/ticket-list.ts';
import { type Trouble, useAction } from '../../bridge/bridge.ts';

type Format = 'csv' | 'json';

export interface TicketExport {
  /** Asks where to, and writes what the filter lets through. */
  run(format: Format): Promise<void>;
  isRunning: boolean;
  /** What the last one wrote; null where it was dismissed, given up or failed. */
  saved: Response<'tickets:export'>;
  trouble: Trouble | null;
  dismiss(): void;
}

/** Writes the list into a file. */
export function useExport(filter: TicketFilter | null): TicketExport {
  const action = useAction('tickets:export');
  const [saved, setSaved] = useState<TicketExport['saved']>(null);
  async function run(format: Format): Promise<void> {
    if (filter === null) return;
    setSaved(null);
    const answer = await action.run({ filter, format });
    setSaved(answer?.value ?? null);
  }
  return { run, isRunning: action.isRunning, saved, trouble: action.trouble, dismiss: () => setSaved(null) };
}

export interface ExportMenuProps {
  /** Rows that the view holds now. */
  rows: number;
  exporting: TicketExport;
}

export function ExportMenu({ rows, exporting: { isRunning, run } }: ExportMenuProps) {
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button leftSection={<IconDownload size={14} aria-hidden />} disabled={rows === 0 || isRunning}>
          {isRunning ? 'Exporting…' : 'Export'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {rows === 1 ? 'The ticket of this view' : `The ${rows.toLocaleString()} tickets of this view`}
        </Menu.Label>
        <Menu.Item onClick={() => run('csv')}>As CSV, for spreadsheets</Menu.Item>
        <Menu.Item onClick={() => run('json')}>As JSON, for programs</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
