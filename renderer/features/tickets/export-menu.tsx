import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';

export interface ExportMenuProps {
  /** Rows that the view holds now. */
  rows: number;
  isRunning: boolean;
  onExport(format: 'csv' | 'json'): void;
}

export function ExportMenu({ rows, isRunning, onExport }: ExportMenuProps) {
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
        <Menu.Item onClick={() => onExport('csv')}>As CSV, for spreadsheets</Menu.Item>
        <Menu.Item onClick={() => onExport('json')}>As JSON, for programs</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
